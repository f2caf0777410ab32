import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { ScratchFolder, startAssistant, startEchoBot } from './assistantServer';
import type { Benchmark, BenchmarkOptions, BenchmarkResult } from './benchmark';
import { HttpClient } from './httpClient';
import { median, spreadOf } from './statistics';
import { figure, spreadFigure } from './table';

const partsShape = z.object({
  nodeMs: z.number(),
  modulesMs: z.number(),
  recogniserMs: z.number(),
  contentMs: z.number(),
  pagesMs: z.number(),
  secretsMs: z.number(),
  storeMs: z.number(),
});
type Parts = z.output<typeof partsShape>;

/** What the parts of our start are, in their order. */
const partNames: readonly (readonly [keyof Parts, string])[] = [
  ['nodeMs', 'Node itself'],
  ['modulesMs', 'loading the bundle'],
  ['recogniserMs', 'recogniser'],
  ['contentMs', 'knowledge, holidays, demo ledger'],
  ['pagesMs', 'pages into memory'],
  ['secretsMs', 'secrets (made anew)'],
  ['storeMs', 'store: open, write, read, close'],
];

/** From spawning `node scripts/start.mjs` to the printed address and the first healthy answer. */
export const startupBenchmark: Benchmark = {
  name: 'startup',
  purpose: 'a warm `npm start` to its printed address, beside the echo bot',
  run: runStartup,
};

async function runStartup({ root, echoBot, startParts, quick }: BenchmarkOptions): Promise<BenchmarkResult> {
  const runs = quick ? 1 : 5;
  const scratch = new ScratchFolder();
  try {
    // Not counted: the first start makes secrets and the database, and fills the system's file cache.
    await startOnce(root, scratch.path);
    await startEcho(echoBot, scratch.path);
    const ours: Awaited<ReturnType<typeof startOnce>>[] = [];
    const server: number[] = [];
    const echo: number[] = [];
    const parts: Parts[] = [];
    for (let run = 0; run < runs; run += 1) {
      ours.push(await startOnce(root, scratch.path));
      server.push((await startOnce(root, scratch.path, 'dist/main.cjs')).listeningMs);
      echo.push(await startEcho(echoBot, scratch.path));
      parts.push(await partsOf(startParts, root));
    }
    const listening = spreadOf(ours.map(({ listeningMs }) => listeningMs));
    const healthy = spreadOf(ours.map(({ healthyMs }) => healthyMs));
    const echoListening = spreadOf(echo);
    const serverListening = spreadOf(server);
    const partMedians = partNames.map(([part, name]) => ({
      name,
      ms: median(parts.map((one) => one[part])),
    }));
    return {
      figures: {
        runs,
        ours: { listeningMs: listening, healthyMs: healthy, serverAloneListeningMs: serverListening },
        echoBot: { listeningMs: echoListening },
        timesEcho: listening.median / echoListening.median,
        parts: partMedians,
      },
      tables: [
        {
          title: `Start, ${runs} runs`,
          header: ['', 'listening after ms', 'healthy after ms', 'x echo'],
          rows: [
            ['echo bot', spreadFigure(echoListening), '-', '1'],
            [
              'ours, node dist/main.cjs',
              spreadFigure(serverListening),
              '-',
              figure(serverListening.median / echoListening.median),
            ],
            [
              'ours, node scripts/start.mjs',
              spreadFigure(listening),
              spreadFigure(healthy),
              figure(listening.median / echoListening.median),
            ],
          ],
        },
        {
          title: 'Where our time goes, each part measured alone',
          header: ['', 'ms'],
          rows: partMedians.map(({ name, ms }) => [name, figure(ms)]),
        },
      ],
      notes: ['Medians, lowest and highest in brackets. Both bots are one bundled file.'],
    };
  } finally {
    scratch.remove();
  }
}

async function startOnce(
  root: string,
  varDir: string,
  script = 'scripts/start.mjs',
): Promise<{ listeningMs: number; healthyMs: number }> {
  const spawnedAtMs = performance.now();
  const server = await startAssistant({ root, varDir, script });
  const http = new HttpClient(server.url);
  try {
    await http.get('/healthz');
    return { listeningMs: server.listeningAfterMs, healthyMs: performance.now() - spawnedAtMs };
  } finally {
    http.close();
    await server.stop();
  }
}

async function startEcho(echoBot: string, cwd: string): Promise<number> {
  const server = await startEchoBot(echoBot, cwd);
  await server.stop();
  return server.listeningAfterMs;
}

async function partsOf(startParts: string, root: string): Promise<Parts> {
  const args = [startParts, path.join(root, 'data'), path.join(root, 'dist')];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 20_000 });
  return partsShape.parse(JSON.parse(stdout));
}
