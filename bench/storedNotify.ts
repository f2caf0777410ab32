import type { TurnStore } from '../services/turn/turnStore';
import { median, type Spread, spreadOf } from './statistics';
import type { StoredPostgres } from './storedPostgres';
import { runTurn } from './storedTurn';
import { Picks, type Subject, type Turns } from './storedTurnCost';

const warmUpTurns = 5;

/** First what the others are compared with: nothing is announced at all. Else nobody hears it, one replica, eight. */
const variants = [
  { name: 'no NOTIFY', announces: false, listeners: 0 },
  { name: 'NOTIFY, nobody listens', announces: true, listeners: 0 },
  { name: 'NOTIFY, 1 listens', announces: true, listeners: 1 },
  { name: 'NOTIFY, 8 listen', announces: true, listeners: 8 },
] as const;

export interface NotifyCost {
  readonly connections: number;
  readonly name: string;
  /** Of this variant in each round. A turn commits twice: what was said, and what was answered. */
  readonly commitsPerSecond: Spread;
  /** Of each round: how many times what the same round did without announcing. */
  readonly timesSilent: Spread;
  readonly cpuServerMicrosPerTurn: number | undefined;
}

/**
 * What NOTIFY costs a database in commits a second: PostgreSQL takes a lock of the whole cluster for it at every
 * commit. Without it means that, in this database, the function that announces does nothing.
 * @param seconds of each measurement
 */
export async function measureNotify(
  database: StoredPostgres,
  { turns, conversations }: Subject,
  plan: { readonly seconds: number; readonly rounds: number },
): Promise<NotifyCost[]> {
  const { rows } = await database.admin.query(
    "SELECT pg_get_functiondef('announce_v1'::regproc) AS definition",
  );
  const announces = String(Object(rows[0]).definition);
  const silent = announces.replace(/AS \$function\$[\s\S]*\$function\$/, 'AS $function$ SELECT $function$');
  if (silent === announces) throw new Error('the function that announces looks otherwise');
  const costs: NotifyCost[] = [];
  try {
    for (const connections of [1, 8]) {
      const store = await database.open(undefined, connections);
      try {
        const measured = variants.map((variant) => ({ variant, runs: [] as Run[] }));
        for (let round = 0; round < plan.rounds; round += 1) {
          for (const { variant, runs } of measured) {
            await database.admin.query(variant.announces ? announces : silent);
            const listeners = await listen(database, variant.listeners);
            runs.push(await commitFor(database, store, turns, { ...plan, connections, conversations }));
            await Promise.all(listeners.map((each) => each.close()));
          }
        }
        const [withoutIt] = measured;
        for (const { variant, runs } of measured)
          costs.push(costOf(connections, variant.name, runs, withoutIt?.runs ?? runs));
      } finally {
        await store.close();
      }
    }
  } finally {
    await database.admin.query(announces);
  }
  return costs;
}

interface Run {
  readonly commitsPerSecond: number;
  /** Of a turn. */
  readonly cpuServerMicros: number | undefined;
}

function costOf(connections: number, name: string, runs: readonly Run[], silent: readonly Run[]): NotifyCost {
  const cpu = runs.map(({ cpuServerMicros }) => cpuServerMicros).filter((micros) => micros !== undefined);
  const perSecond = runs.map(({ commitsPerSecond }) => commitsPerSecond);
  return {
    connections,
    name,
    commitsPerSecond: spreadOf(perSecond),
    timesSilent: spreadOf(perSecond.map((each, round) => each / (silent[round]?.commitsPerSecond ?? each))),
    cpuServerMicrosPerTurn: cpu.length === 0 ? undefined : median(cpu),
  };
}

/** Other replicas that follow what is announced; each has missed something, and so heard, before it counts. */
function listen(database: StoredPostgres, count: number): Promise<TurnStore[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const replica = await database.open(undefined, 1);
      await new Promise<void>((resolve) => {
        replica.watch(
          () => undefined,
          () => resolve(),
        );
      });
      return replica;
    }),
  );
}

/** Answers questions on so many connections for a while, each in conversations of its own. */
async function commitFor(
  database: StoredPostgres,
  store: TurnStore,
  turns: Turns,
  plan: { seconds: number; connections: number; conversations: number },
): Promise<Run> {
  const picks = new Picks(plan.conversations, plan.connections);
  for (let turn = 0; turn < warmUpTurns; turn += 1) await runTurn(store, turns.prepare('faq', picks.next()));
  const busy = new Set<number>();
  let done = 0;
  const before = (await database.cpu()).serverMs;
  const begunMs = performance.now();
  const endMs = begunMs + plan.seconds * 1_000;
  const answer = async () => {
    while (performance.now() < endMs) {
      let conversation = picks.next();
      while (busy.has(conversation)) conversation = picks.next();
      busy.add(conversation);
      await runTurn(store, turns.prepare('faq', conversation));
      busy.delete(conversation);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: plan.connections }, answer));
  const seconds = (performance.now() - begunMs) / 1_000;
  const after = (await database.cpu()).serverMs;
  const cpuMs = before === undefined || after === undefined ? undefined : after - before;
  return {
    commitsPerSecond: (2 * done) / seconds,
    cpuServerMicros: cpuMs === undefined ? undefined : (cpuMs * 1_000) / done,
  };
}
