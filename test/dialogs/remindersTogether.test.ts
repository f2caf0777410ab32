import { randomUUID } from 'node:crypto';
import { StoreUnavailableError } from '../../services/errors';
import type { TurnStore } from '../../services/turn/turnStore';
import { openEmbeddedTurnStore } from '../../store/embedded/embeddedTurnStore';
import { openPostgresTurnStore } from '../../store/postgres/postgresTurnStore';
import { TestAssistant, type TestCustomer, words } from '../assistant';
import { type PostgresServer, startPostgres } from '../postgres/postgresServer';
import { sized } from '../size';
import { aFolder } from '../store/embeddedFixture';

jest.setTimeout(sized(120_000, 1_800_000));

const seoul = (text: string) => Date.parse(`${text}+09:00`);
/** As many a second as the processes let through together. */
const perSecond = 40;

/** Customers who all want to be told at the same moment. */
async function customersAt(test: TestAssistant, count: number, wish: string): Promise<TestCustomer[]> {
  const customers = Array.from({ length: count }, () => test.customer());
  for (let from = 0; from < count; from += 50) {
    const some = customers.slice(from, from + 50);
    await Promise.all(some.map((customer) => customer.say(wish)));
  }
  return customers;
}

async function toldTo(store: TurnStore, customer: TestCustomer): Promise<string[]> {
  const log = await store.readLog(customer.key, 2, 100);
  return words(log.map(({ activity }) => activity)).filter((text) => text.startsWith('[요금 알림]'));
}

/** Moves the clocks second by second until everybody was told. @returns how many were told in each second */
async function passSeconds(
  replicas: readonly TestAssistant[],
  customers: readonly TestCustomer[],
  from: number,
  seconds: number,
): Promise<number[]> {
  const [first] = replicas;
  if (first === undefined) throw new Error('nobody is there');
  const counts: number[] = [];
  let told = 0;
  for (let second = 0; told < customers.length && second < seconds; second += 1) {
    for (const replica of replicas) replica.nowMs = from + second * 1_000;
    await Promise.all(replicas.map((replica) => replica.delivered()));
    const now = (await Promise.all(customers.map((customer) => toldTo(first.store, customer)))).flat().length;
    counts.push(now - told);
    told = now;
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
      await openPostgresTurnStore({ url, connections: 4, clock }),
      await openPostgresTurnStore({ url, connections: 4, clock }),
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
    const counts = await passSeconds(replicas, late, seoul('2026-11-23T20:59:57'), 8);
    // 20:59:59 is the last second; who was not told by then hears of it at 08:00.
    const beforeNight = counts.slice(0, 3).reduce((sum, each) => sum + each, 0);
    const told = await Promise.all(late.map((customer) => toldTo(one.store, customer)));
    expect(told.flat().length).toBe(beforeNight);
    expect(beforeNight).toBeGreaterThan(0);
    expect(beforeNight).toBeLessThan(count);
    const inTheMorning = await passSeconds(
      replicas,
      late,
      seoul('2026-11-24T08:00:00'),
      30 + (count / perSecond) * 4,
    );
    for (const each of [...counts, ...inTheMorning.slice(1)]) expect(each).toBeLessThanOrEqual(perSecond + 4);
    for (const customer of late) expect(await toldTo(one.store, customer)).toHaveLength(1);
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
