import { existsSync, readFileSync } from 'node:fs';
import { auditHeadLine, parseAuditHeads, readAuditHeads } from '../../services/audit/auditHead';
import { AuditChain } from '../../services/audit/auditVerification';
import { systemClock } from '../../services/clock';
import { AppError, ConfigurationError } from '../../services/errors';
import { streamsOf } from '../../services/journal/journal';
import { journalsBeforeMs } from '../../services/journal/journalRetention';
import type { TurnStore } from '../../services/turn/turnStore';
import { loadConfig, readEnvironment } from '../config';
import { openStore } from '../openStore';

const usage = 'Usage: npm run audit -- verify [--heads FILE] | npm run audit -- heads';
const page = 1_000;

/**
 * `npm run audit -- heads` prints the head of every audit stream, to be kept away from the database.
 * `npm run audit -- verify [--heads FILE]` checks every row; FILE holds earlier heads, or log files that name them.
 */
async function audit(args: readonly string[]): Promise<void> {
  const [command, option, file] = args;
  const store = await openPresentStore();
  try {
    if (command === 'heads' && args.length === 1) {
      for (const head of await readAuditHeads(store)) console.log(auditHeadLine(head));
    } else if (command === 'verify' && (args.length === 1 || (option === '--heads' && args.length === 3))) {
      await verify(store, file);
    } else {
      throw new ConfigurationError(usage);
    }
  } finally {
    await store.close();
  }
}

async function verify(store: TurnStore, headsFile: string | undefined): Promise<void> {
  const heads = headsFile === undefined ? [] : parseAuditHeads(readText(headsFile));
  const keptSinceMs = journalsBeforeMs(systemClock.now()).audit;
  let rows = 0;
  let problems = 0;
  for (const stream of streamsOf('audit')) {
    const chain = new AuditChain(stream, heads, keptSinceMs);
    for (let after = 0; ; ) {
      const some = await store.readJournal(stream, after, page);
      for (const row of some) chain.add(row);
      rows += some.length;
      const last = some.at(-1);
      if (last === undefined || last.seq <= after) break;
      after = last.seq;
    }
    for (const { seq, problem } of chain.findings()) {
      problems += 1;
      console.log(`${stream} row ${seq}: ${problem}`);
    }
  }
  console.log(
    `${rows} rows, ${heads.length} heads, ${problems === 0 ? 'nothing was changed' : `${problems} problems`}`,
  );
  if (problems > 0) process.exitCode = 1;
}

/** Checking must not make an empty database where there is none. */
async function openPresentStore(): Promise<TurnStore> {
  const config = loadConfig(readEnvironment());
  const { store } = config;
  if (store.kind === 'sqlite' && !existsSync(store.path))
    throw new ConfigurationError(`STORE_URL: there is no database ${store.path}.`);
  return openStore(config, { clock: systemClock });
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ConfigurationError(`${file} cannot be read.`, { cause });
  }
}

audit(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof AppError ? error.message : error);
  process.exitCode = 1;
});
