import type { Benchmark, BenchmarkOptions, BenchmarkResult } from './benchmark';
import type { StoredDatabase } from './storedDatabase';
import { firstFilled } from './storedFilling';
import { measureFlush } from './storedFlush';
import { measureSize, overdue, overdueAgeMs, overdueFrom, type SizeCost } from './storedMeasure';
import { measureNotify } from './storedNotify';
import { StoredPostgres } from './storedPostgres';
import { recordScript, type StoredScript } from './storedScript';
import { StoredSqlite } from './storedSqlite';
import { bytesTable, notifyTable, sizeTables } from './storedTables';
import { writeTemplates } from './storedTemplates';
import { type Subject, Turns, warmUp } from './storedTurnCost';

interface Plan {
  readonly sizes: readonly number[];
  /** Measured turns of each kind, at each size. */
  readonly turns: number;
  readonly notify: { readonly seconds: number; readonly rounds: number };
}

const plan: Plan = {
  sizes: [1_000, 10_000, 100_000, 1_000_000],
  turns: 240,
  notify: { seconds: 1, rounds: 7 },
};
const quickPlan: Plan = { sizes: [100, 1_000], turns: 20, notify: { seconds: 0.2, rounds: 1 } };

/** What a turn costs the store beside 1,000, 10,000, 100,000 and 1,000,000 conversations that it holds already. */
export const storedBenchmark: Benchmark = {
  name: 'stored',
  purpose: 'the store’s cost of a turn beside 1,000 to 1,000,000 stored conversations, and of NOTIFY',
  timeLimitMs: 15 * 60_000,
  onlyByName: true,
  run: async ({ root, quick }: BenchmarkOptions): Promise<BenchmarkResult> => {
    const chosen = quick ? quickPlan : plan;
    const script = await recordScript(root);
    const embedded = await withDatabase(new StoredSqlite(), (database) => grow(database, script, chosen));
    const shared = await withDatabase(await StoredPostgres.start(), async (database) => {
      const sizes = await grow(database, script, chosen);
      const tables = await database.tableBytes();
      const small = await database.beside();
      const notify = await withDatabase(small, async () => {
        const subject = await smallSubject(small, script, chosen);
        const flushMs = measureFlush(small.folder);
        return { flushMs, variants: await measureNotify(small, subject, chosen.notify) };
      });
      return { sizes, tables, notify };
    });
    const stores = [
      { store: 'SQLite', sizes: embedded },
      { store: 'PostgreSQL', sizes: shared.sizes },
    ];
    return {
      figures: { stores, tables: shared.tables, notify: shared.notify },
      tables: [
        ...sizeTables(stores),
        bytesTable(shared.tables, chosen.sizes.at(-1)),
        notifyTable(shared.notify.variants, shared.notify.flushMs),
      ],
      notes: [
        'A turn is what bot/turnRunner.ts asks of a store: accept, nextPending, the records, commit, nextPending; one at a time.',
        `${chosen.turns} turns of each kind, in conversations all over; most of a turn's time is the flush of its two commits.`,
        `"x": how many times the cost in a store of ${chosen.sizes[0]} conversations, measured in turn with it in the same seconds.`,
        'One conversation in twenty saw its balance, the others said hello; "bytes each" is their mean, indexes included.',
        'PostgreSQL flushes (fsync, full_page_writes, synchronous_commit on; shared_buffers 512 MB), just after VACUUM and a checkpoint.',
        'Its log after a checkpoint holds whole pages: the more pages turns touch for the first time, the more there is of it.',
      ],
    };
  },
};

async function withDatabase<D extends StoredDatabase, T>(
  database: D,
  measure: (database: D) => Promise<T>,
): Promise<T> {
  try {
    return await measure(database);
  } finally {
    await database.remove();
  }
}

/** Fills a database to one size after the other, and measures each beside one that stays small. */
function grow(database: StoredDatabase, script: StoredScript, chosen: Plan): Promise<SizeCost[]> {
  return database.beside().then((smallDatabase) =>
    withDatabase(smallDatabase, async () => {
      const small = await smallSubject(smallDatabase, script, chosen);
      const turns = new Turns(script);
      await writeTemplates(database, script);
      await warmUp(small, chosen.turns);
      const measured: SizeCost[] = [];
      let filled = 0;
      for (const size of chosen.sizes) {
        await database.fill({ from: firstFilled + filled, count: size - filled, balances: true });
        filled = size;
        await database.fill({ from: overdueFrom, count: overdue, ageMs: overdueAgeMs, balances: false });
        measured.push(await measureSize({ database, conversations: size, turns }, small, chosen.turns));
      }
      return measured;
    }),
  );
}

/** A database of the smallest size. */
async function smallSubject(
  database: StoredDatabase,
  script: StoredScript,
  { sizes: [conversations = 0] }: Plan,
): Promise<Subject> {
  await writeTemplates(database, script);
  await database.fill({ from: firstFilled, count: conversations, balances: true });
  return { database, conversations, turns: new Turns(script) };
}
