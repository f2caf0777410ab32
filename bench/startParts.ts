/**
 * Times the parts of our server's start in a fresh process and prints them as JSON, ms. A program of its own;
 * `bench/startup.ts` runs it with the folders of data and build as arguments.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
// Loaded for its cost alone: all modules of the server, none of it started.
import { compose } from '../bot/compose';
import { StaticFiles } from '../bot/http/staticFiles';
import { loadSecrets } from '../bot/secrets';
import { loadDemoLedger } from '../services/billing/demoLedger';
import { systemClock } from '../services/clock';
import { loadKnowledge } from '../services/faq/knowledge';
import { loadPublicHolidays } from '../services/faq/publicHolidays';
import { loadIntentRecognizer } from '../services/intent/loadIntentRecognizer';
import { openEmbeddedTurnStore } from '../store/embedded/embeddedTurnStore';

async function main(dataDir: string, distDir: string): Promise<void> {
  const loadedAtMs = performance.now();
  const nodeMs = performance.nodeTiming.bootstrapComplete;
  if (typeof compose !== 'function') throw new Error('the server is not there');

  const scratch = mkdtempSync(path.join(tmpdir(), 'bill-guide-bench-'));
  const recogniserMs = await timed(() =>
    loadIntentRecognizer(dataDir, path.join(distDir, 'intentModel.json')),
  );
  const contentMs = await timed(() => {
    loadKnowledge(dataDir);
    loadPublicHolidays(dataDir);
    loadDemoLedger(dataDir);
  });
  const pagesMs = await timed(() => StaticFiles.load(path.join(distDir, 'web')));
  const secretsMs = await timed(() => loadSecrets(scratch, { directLineSecret: undefined }));
  const storeMs = await timed(async () => {
    const store = openEmbeddedTurnStore({ file: path.join(scratch, 'assistant.db'), clock: systemClock });
    await store.ping(systemClock.now());
    await store.close();
  });
  rmSync(scratch, { recursive: true, force: true });
  console.log(
    JSON.stringify({
      nodeMs,
      modulesMs: loadedAtMs - nodeMs,
      recogniserMs,
      contentMs,
      pagesMs,
      secretsMs,
      storeMs,
    }),
  );
}

async function timed(work: () => unknown): Promise<number> {
  const startedAtMs = performance.now();
  await work();
  return performance.now() - startedAtMs;
}

const [, , dataDir = 'data', distDir = 'dist'] = process.argv;
main(dataDir, distDir).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
