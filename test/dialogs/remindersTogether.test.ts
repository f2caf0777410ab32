import { randomUUID } from 'node:crypto';
import { StoreUnavailableError } from '../../services/errors';
import { streamsPerJournal } from '../../services/journal/journal';
import type { TurnStore } from '../../services/turn/turnStore';
import { openEmbeddedTurnStore } from '../../store/embedded/embeddedTurnStore';
import { openPostgresTurnStore } from '../../store/postgres/postgresTurnStore';
import { TestAssistant, type TestCustomer, words } from '../assistant';
import { type PostgresServer, startPostgres } from '../postgres/postgresServer';
import { nightly, sized } from '../size';
import { aFolder } from '../store/embeddedFixture';

jest.setTimeout(sized(120_000, 1_800_000));

const seoul = (text: string) => Date.parse(`${text}+09:00`);
/** As many a second as the processes let through together. */
const perSecond = sized(40, 200);

/** Customers who all want to be told at the same moment. */
async function customersAt(test: TestAssistant, count: number, wish: string): Promise<TestCustomer[]> {
  const customers = Array.from({ length: count }, () => test.customer());
  for (let from = 0; from < count; from += 20) {
    const some = customers.slice(from, from + 20);
    await Promise.all(some.map((customer) => customer.say(wish)));
  }
  return customers;
}

async function toldTo(store: TurnStore, customer: TestCustomer): Promise<string[]> {
  const log = await store.readLog(customer.key, 2, 100);
  return words(log.map(({ activity }) => activity)).filter((text) => text.startsWith('[요금 알림]'));
}

/** A store that is very busy says so after some seconds; the outbox asks again then, and so does this. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
    }
  }
}

/** Some at a time: a store has few connections, and lets nobody wait for one for ever. */
async function notToldYet(store: TurnStore, customers: readonly TestCustomer[]): Promise<TestCustomer[]> {
  const left: TestCustomer[] = [];
  for (let from = 0; from < customers.length; from += 20) {
    const some = customers.slice(from, from + 20);
    const told = await patiently(() => Promise.all(some.map((customer) => toldTo(store, customer))));
    left.push(...some.filter((_, index) => told[index]?.length === 0));
  }
  return left;
}

/** Counts what the audit log says was sent since it was asked last. */
function sentCounter(store: TurnStore): () => Promise<number> {
  const places = Array.from({ length: streamsPerJournal }, (_, at) => ({ stream: `audit/${at}`, seq: 0 }));
  return async () => {
    let sent = 0;
    for (const place of places)
      for (;;) {
        const rows = await patiently(() => store.readJournal(place.stream, place.seq, 500));
        sent += rows.filter(({ body }) => Object(body).what === 'sent').length;
        place.seq = rows.at(-1)?.seq ?? place.seq;
        if (rows.length < 500) break;
      }
    return sent;
  };
}

/** Moves the clocks second by second until so many were told. @returns how many were told in each second */
async function passSeconds(
  replicas: readonly TestAssistant[],
  { sent, left, from, seconds }: { sent: () => Promise<number>; left: number; from: number; seconds: number },
): Promise<number[]> {
  const counts: number[] = [];
  let told = 0;
  for (let second = 0; told < left && second < seconds; second += 1) {
    for (const replica of replicas) replica.nowMs = from + second * 1_000;
    await Promise.all(replicas.map((replica) => patiently(() => replica.delivered())));
    const now = await sent();
    counts.push(now);
    told += now;
  }
  return counts;
}

describe.each(['SQLite', 'PostgreSQL'])('many reminders of one moment, on %s', (database) => {
  let server: PostgresServer | undefined;
  const folder = aFolder();
  let stores: TurnStore[] = [];
  const replicas: TestAssistant[] = [];

  beforeAll(async () => {
    const clock = { now: () => replicas[0]?.nowMs ?? seoul('2026-11-22T17:20:00') };
    if (database === 'SQLite') {
      const store = openEmbeddedTurnStore({ file: `${folder.path}/assistant.db`, clock });
      stores = [store, store];
      return;
    }
    server = await startPostgres();
    const url = await server.newDatabase();
    stores = [
      await openPostgresTurnStore({ url, connections: sized(4, 10), clock }),
      await openPostgresTurnStore({ url, connections: sized(4, 10), clock }),
    ];
  });
  afterAll(async () => {
    await Promise.all(replicas.map((replica) => replica.assistant.stop()));
    for (const store of new Set(stores)) await store.close();
    await server?.stop();
    folder.remove();
  });

  it('F42: go out once each from two processes, at the set rate, and none at night', async () => {
    for (const store of stores)
      replicas.push(new TestAssistant({ store, remindersPerSecond: perSecond / 2 }));
    const [one] = replicas;
    if (one === undefined) throw new Error('nobody is there');
    const count = sized(database === 'SQLite' ? 200 : 100, 10_000);
    const late = await customersAt(one, count, '내일 저녁 8시 59분에 알려줘');
    const startedMs = performance.now();
    const sent = sentCounter(one.store);
    expect(await sent()).toBe(0);
    const evening = seoul('2026-11-23T20:59:57');
    const counts = await passSeconds(replicas, { sent, left: count, from: evening, seconds: 8 });
    // 20:59:59 is the last second; who was not told by then hears of it at 08:00.
    const beforeNight = counts.slice(0, 3).reduce((sum, each) => sum + each, 0);
    expect((await notToldYet(one.store, late)).length).toBe(count - beforeNight);
    expect(beforeNight).toBeGreaterThan(0);
    expect(beforeNight).toBeLessThan(count);
    const inTheMorning = await passSeconds(replicas, {
      sent,
      left: count - beforeNight,
      from: seoul('2026-11-24T08:00:00'),
      // A turn that the store was too busy for is tried again a minute later, and then ever less often.
      seconds: 3_600,
    });
    for (const each of [...counts, ...inTheMorning.slice(1)]) expect(each).toBeLessThanOrEqual(perSecond + 4);
    const seconds = (performance.now() - startedMs) / 1_000;
    for (const customer of late) expect(await patiently(() => toldTo(one.store, customer))).toHaveLength(1);
    if (nightly)
      process.stdout.write(
        `${database}: ${count} reminders due at once, each told once, in ${seconds.toFixed(1)} s of work (${(count / seconds).toFixed(0)} a second)\n`,
      );
  });
});

describe('a process that dies in the middle', () => {
  it.each([1, 5, 9, 14, 22, 35, 60])(
    'F42: loses none and doubles none: after %d calls of the store',
    async (calls) => {
      const folder = aFolder();
      const clock = { now: () => seoul('2026-11-23T09:00:00') };
      const store = openEmbeddedTurnStore({ file: `${folder.path}/${randomUUID()}.db`, clock });
      let left = Number.POSITIVE_INFINITY;
      // After its death a process writes nothing any more, whatever it still tries.
      const mortal = new Proxy(store, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name);
          if (typeof value !== 'function') return value;
          return (...args: unknown[]) => {
            if (left <= 0) return Promise.reject(new StoreUnavailableError('dead'));
            left -= 1;
            return Reflect.apply(value, target, args);
          };
        },
      });
      const first = new TestAssistant({ store: mortal });
      const customers = await customersAt(first, 12, '내일 아침 9시에 알려줘');
      first.nowMs = seoul('2026-11-23T09:00:00');
      left = calls;
      await first.delivered().catch(() => {});
      left = 0;
      await first.assistant.stop();

      const second = new TestAssistant({ store, nowMs: first.nowMs });
      await second.assistant.start();
      for (const seconds of [0, 16, 90]) {
        second.nowMs = first.nowMs + seconds * 1_000;
        await second.delivered();
      }
      for (const customer of customers) expect(await toldTo(store, customer)).toHaveLength(1);
      await second.assistant.stop();
      await store.close();
      folder.remove();
    },
  );
});

describe('a turn that fails', () => {
  it('is tried again until the reminder has come', async () => {
    let failing = 2;
    const test = new TestAssistant({
      dues: {
        dueStatus: async () => {
          failing -= 1;
          if (failing >= 0 && failing < 2) throw new Error('broken');
          return { anythingDue: true, dueDates: ['2026-11-25'], settled: true };
        },
        isAnswering: async () => true,
      },
    });
    failing = 3;
    const customer = test.customer();
    await customer.verify('01000001001');
    await customer.say('납부일 하루 전에 알려줘');
    const told = async () => (await customer.log()).match(/\[납부 알림\]/g)?.length ?? 0;
    test.nowMs = seoul('2026-11-24T09:00:00');
    await test.delivered();
    expect(await told()).toBe(0);
    for (let minute = 1; minute <= 4; minute += 1) {
      test.nowMs += 61_000;
      await test.delivered();
    }
    // Its text stands in the message and in what is read aloud.
    expect(await told()).toBe(2);
    await test.stop();
  });
});
