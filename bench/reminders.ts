import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { OutboxEntry, TurnStore } from '../services/turn/turnStore';
import { openEmbeddedTurnStore } from '../store/embedded/embeddedTurnStore';
import { openPostgresTurnStore } from '../store/postgres/postgresTurnStore';
import { startPostgres } from '../test/postgres/postgresServer';
import type { Benchmark, BenchmarkOptions, BenchmarkResult } from './benchmark';
import { percentile, spreadOf } from './statistics';
import { figure, spreadFigure, type Table } from './table';

const startMs = Date.parse('2026-11-22T17:20:00+09:00');
const dayMs = 86_400_000;
/** As many as the outbox worker claims at a time. */
const claimed = 50;
const leaseMs = 15_000;
const entriesPerTurn = 500;

interface Row {
  readonly store: string;
  readonly notDue: number;
  /** Microseconds to store one. */
  readonly scheduleMicros: number;
  /** Milliseconds of a claim. */
  readonly ticks: readonly number[];
}

/**
 * What many stored reminders cost: writing one down, and the tick that claims 50 that are due beside many that are not.
 * The tick must take no more than 50 ms and must not grow with those that are not due.
 */
export const remindersBenchmark: Benchmark = {
  name: 'reminders',
  purpose: 'the claim of 50 due reminders beside many that are not due, and the cost of storing one',
  run: async ({ quick }: BenchmarkOptions): Promise<BenchmarkResult> => {
    const sizes = quick ? [0, 500] : [0, 10_000, 100_000];
    const rounds = quick ? 2 : 20;
    const rows = [...(await onSqlite(sizes, rounds)), ...(await onPostgres(sizes, rounds))];
    const figures = rows.map(({ store, notDue, scheduleMicros, ticks }) => ({
      store,
      notDue,
      scheduleMicros,
      tickMs: spreadOf(ticks),
      tickP95Ms: percentile(ticks, 95),
    }));
    const table: Table = {
      title: `Claim of ${claimed} due reminders, ms: median (min–max), 95th percentile; and storing one, µs`,
      header: ['Store', 'Not due', 'Tick', 'p95', 'Storing one'],
      rows: figures.map((one) => [
        one.store,
        String(one.notDue),
        spreadFigure(one.tickMs),
        figure(one.tickP95Ms),
        figure(one.scheduleMicros),
      ]),
    };
    return {
      figures: { rows: figures },
      tables: [table],
      notes: [`Reminders are stored ${entriesPerTurn} a commit; ${rounds} claims of each size.`],
    };
  },
};

async function onSqlite(sizes: readonly number[], rounds: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const notDue of sizes) {
    const folder = mkdtempSync(path.join(tmpdir(), 'reminders-'));
    const store = openEmbeddedTurnStore({
      file: path.join(folder, 'assistant.db'),
      clock: { now: () => startMs },
    });
    try {
      rows.push(await measure('SQLite', store, notDue, rounds));
    } finally {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return rows;
}

async function onPostgres(sizes: readonly number[], rounds: number): Promise<Row[]> {
  const server = await startPostgres();
  try {
    const rows: Row[] = [];
    for (const notDue of sizes) {
      const url = await server.newDatabase();
      const store = await openPostgresTurnStore({ url, connections: 4, clock: { now: () => startMs } });
      try {
        rows.push(await measure('PostgreSQL', store, notDue, rounds));
      } finally {
        await store.close();
      }
    }
    return rows;
  } finally {
    await server.stop();
  }
}

async function measure(name: string, store: TurnStore, notDue: number, rounds: number): Promise<Row> {
  const later = entries(notDue, 'later', (at) => startMs + dayMs + at * 1_000);
  const dueNow = entries(claimed * rounds, 'now', (at) => startMs - 60_000 + at);
  const before = performance.now();
  await put(store, later);
  const scheduleMicros = notDue === 0 ? Number.NaN : ((performance.now() - before) / notDue) * 1_000;
  await put(store, dueNow);
  const ticks: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    const got = await store.claimOutbox(startMs, claimed, leaseMs);
    ticks.push(performance.now() - begun);
    if (got.length !== claimed) throw new Error(`${got.length} entries were claimed, not ${claimed}`);
    for (const { id } of got) await store.completeOutbox(id, startMs);
  }
  return { store: name, notDue, scheduleMicros, ticks };
}

function entries(count: number, name: string, notBeforeMs: (at: number) => number): OutboxEntry[] {
  return Array.from({ length: count }, (_, at) => ({
    key: `reminder/${name}-${at}/1/1`,
    kind: 'reminder',
    payload: { conversationKey: `directline/${name}-${at}`, id: `${name}-${at}`, revision: 1, wake: 1 },
    notBeforeMs: notBeforeMs(at),
  }));
}

/** Turns of one conversation, many entries each: the store's own cost, and not that of as many turns. */
async function put(store: TurnStore, all: readonly OutboxEntry[]): Promise<void> {
  for (let from = 0; from < all.length; from += entriesPerTurn) {
    const outbox = all.slice(from, from + entriesPerTurn);
    const key = `bench/${outbox[0]?.key ?? ''}`;
    const accepted = await store.accept({
      conversation: {
        key,
        channelId: 'bench',
        conversationId: key,
        userId: '',
        reference: {},
        createdAtMs: startMs,
      },
      idempotencyKey: key,
      sealedActivity: Buffer.from('{}'),
      activityId: key,
      receivedAtMs: startMs,
    });
    if (accepted.status !== 'accepted') throw new Error(`not accepted: ${accepted.status}`);
    await store.commit({
      conversationKey: key,
      ticket: accepted.ticket,
      records: [],
      replies: [],
      outbox,
      committedAtMs: startMs,
    });
  }
}
