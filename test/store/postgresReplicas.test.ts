import pg from 'pg';
import type { TurnStore } from '../../services/turn/turnStore';
import { Database } from '../../store/postgres/database';
import { migrate } from '../../store/postgres/migrations';
import { openPostgresTurnStore } from '../../store/postgres/postgresTurnStore';
import { aCommit, aHead, anAccept, anActivity, HandSetClock, ticketOf } from '../contracts/turnStoreFixture';
import { type PostgresServer, startPostgres } from '../postgres/postgresServer';

jest.setTimeout(60_000);

const clock = new HandSetClock();
const key = aHead().key;

describe('two processes on one PostgreSQL', () => {
  let server: PostgresServer;
  let url: string;
  let stores: TurnStore[];
  const open = async (count: number) => {
    stores = await Promise.all(Array.from({ length: count }, () => openPostgresTurnStore({ url, clock })));
    return stores as [TurnStore, TurnStore, ...TurnStore[]];
  };
  beforeAll(async () => {
    server = await startPostgres(['fsync=off']);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    url = await server.newDatabase();
    stores = [];
  });
  afterEach(() => Promise.all(stores.map((store) => store.close())));

  it('bring a new database to the present schema once, however many start together', async () => {
    const all = await open(6);

    await all[0].accept(anAccept('m1'));

    for (const store of all) expect(await store.nextPending(key)).toMatchObject({ ticket: 1 });
  });

  it('are refused by a database that a newer version wrote', async () => {
    const [store] = await open(1);
    await store.accept(anAccept('m1'));
    const database = new Database({ url });
    await database.pool.query('UPDATE schema_step SET steps = 99');

    await expect(openPostgresTurnStore({ url, clock })).rejects.toMatchObject({ code: 'Configuration' });

    await database.close();
    expect(await store.nextPending(key)).toMatchObject({ ticket: 1 });
  });

  it('take the steps of the schema they have not had, all or none', async () => {
    const database = new Database({ url });
    const client = await database.pool.connect();
    await migrate(client, ['CREATE TABLE one (id INTEGER)']);
    await expect(
      migrate(client, ['CREATE TABLE one (id INTEGER)', 'CREATE TABLE two (id INTEGER); SELECT nonsense']),
    ).rejects.toThrow();
    await expect(client.query('SELECT * FROM two')).rejects.toThrow();
    await migrate(client, ['CREATE TABLE one (id INTEGER)', 'CREATE TABLE two (id INTEGER)']);
    expect((await client.query('SELECT * FROM two')).rows).toEqual([]);
    client.release();
    await database.close();
  });

  it('number the messages of a conversation without gaps, and take each once', async () => {
    const [one, other] = await open(2);
    const ids = Array.from({ length: 80 }, (_, at) => `m${at % 40}`);

    const results = await Promise.all(ids.map((id, at) => (at % 2 === 0 ? one : other).accept(anAccept(id))));

    const accepted = results.filter(({ status }) => status === 'accepted').map(ticketOf);
    expect(accepted.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
    expect((await one.readLog(key, 0, 100)).map(({ seq }) => seq)).toEqual(
      Array.from({ length: 40 }, (_, at) => at + 1),
    );
  });

  it('commit a turn once when both have run it', async () => {
    const [one, other] = await open(2);
    for (let round = 0; round < 30; round += 1) {
      const ticket = ticketOf(await one.accept(anAccept(`m${round}`)));
      const outbox = [{ key: `sms ${round}`, kind: 'sms', payload: 1, notBeforeMs: 0 }];
      const run = (store: TurnStore, who: string) =>
        store.commit(aCommit(ticket, { replies: [anActivity(`${who} ${round}`)], outbox }));

      const statuses = (await Promise.all([run(one, 'one'), run(other, 'other')])).map(
        ({ status }) => status,
      );

      expect(statuses.sort()).toEqual(['alreadyDone', 'committed']);
      expect(await one.repliesOf(key, ticket)).toHaveLength(1);
    }
    expect(await one.claimOutbox(1, 100, 1_000)).toHaveLength(30);
  });

  it('lose no update of a record that many conversations share, absent at first', async () => {
    const replicas = await open(2);
    const turns = Array.from({ length: 24 }, async (_, at) => {
      const store = replicas[at % 2] as TurnStore;
      const conversationKey = aHead({ conversationId: `c${at}` }).key;
      await store.accept(anAccept('m1', { conversationId: `c${at}` }));
      for (let attempt = 0; ; attempt += 1) {
        const { version, value } = await store.readRecord('shared');
        const change = { value: Number(value ?? 0) + 1 };
        const records = [
          { key: 'shared', expectedVersion: version, change },
          { key: `own ${at}`, expectedVersion: 0, change: { value: at } },
        ];
        const { status } = await store.commit(aCommit(1, { conversationKey, records }));
        if (status === 'committed') return attempt;
      }
    });

    await Promise.all(turns);

    expect((await replicas[0].readRecord('shared')).value).toBe(24);
  });

  it('do not wait for each other for ever when they change the same records in different orders', async () => {
    const replicas = await open(2);
    const names = ['a', 'b', 'c', 'd', 'e'];
    const rounds = Array.from({ length: 40 }, async (_, at) => {
      const store = replicas[at % 2] as TurnStore;
      const conversationKey = aHead({ conversationId: `c${at}` }).key;
      await store.accept(anAccept('m1', { conversationId: `c${at}` }));
      const order = at % 2 === 0 ? names : [...names].reverse();
      const records = await Promise.all(
        order.map(async (name) => ({
          key: name,
          expectedVersion: (await store.readRecord(name)).version,
          change: at % 3 === 0 ? ('checkOnly' as const) : { value: at },
        })),
      );
      const journal = order.map((name) => ({ stream: name, body: at }));
      return (await store.commit(aCommit(1, { conversationKey, records, journal }))).status;
    });

    expect(new Set(await Promise.all(rounds))).toEqual(new Set(['committed', 'conflict']));
  });

  it('share the outbox: each entry to one of them, those of a lane one after another', async () => {
    const [one, other] = await open(2);
    const ticket = ticketOf(await one.accept(anAccept('m1')));
    const entry = (name: string, lane?: string) => ({
      key: name,
      kind: 'sms',
      payload: name,
      notBeforeMs: 0,
      lane,
    });
    const free = Array.from({ length: 40 }, (_, at) => entry(`free ${at}`));
    await one.commit(aCommit(ticket, { outbox: [entry('first', 'lane'), entry('second', 'lane'), ...free] }));

    const claims = await Promise.all(
      Array.from({ length: 10 }, (_, at) => (at % 2 === 0 ? one : other).claimOutbox(1, 6, 60_000)),
    );

    const keys = claims.flat().map((claimed) => claimed.key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toHaveLength(41);
    expect(keys).not.toContain('second');
    const first = claims.flat().find((claimed) => claimed.key === 'first');
    await other.completeOutbox(first?.id ?? 0, 2);
    expect((await one.claimOutbox(3, 10, 60_000)).map((claimed) => claimed.key)).toEqual(['second']);
  });

  it('go on after all their connections were cut', async () => {
    const [one] = await open(1);
    await one.accept(anAccept('m1'));
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    await admin.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await admin.end();

    // A call on a connection that has just died may fail, and says so; the next ones are served.
    const outcomes = await Promise.allSettled([one.ping(1), one.ping(2)]);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'StoreUnavailable' });
    }
    await expect(one.ping(3)).resolves.toBeUndefined();
    expect(await one.nextPending(key)).toMatchObject({ ticket: 1 });
  });
});

describe('a PostgreSQL that crashes', () => {
  it('F35: has lost nothing that was acknowledged, and is used again when it is back', async () => {
    const server = await startPostgres();
    const store = await openPostgresTurnStore({ url: await server.newDatabase(), clock });
    const acknowledged: string[] = [];
    let stop = false;
    const customers = Array.from({ length: 8 }, async (_, customer) => {
      for (let at = 0; !stop; at += 1) {
        const id = `${customer}-${at}`;
        try {
          const accepted = await store.accept(anAccept(id, { conversationId: `c${customer}` }));
          if (accepted.status === 'accepted' || accepted.status === 'duplicate') acknowledged.push(id);
        } catch (error) {
          expect(error).toMatchObject({ code: 'StoreUnavailable' });
          at -= 1;
          await new Promise((resolve) => setImmediate(resolve));
        }
      }
    });
    const enough = async (count: number) => {
      while (acknowledged.length < count) await new Promise((resolve) => setImmediate(resolve));
    };

    await enough(100);
    await server.crashAndRestart();
    await enough(acknowledged.length + 100);
    stop = true;
    await Promise.all(customers);

    const kept = new Set<string>();
    for (let customer = 0; customer < 8; customer += 1) {
      const log = await store.readLog(`directline/c${customer}`, 0, 100_000);
      expect(log.map(({ seq }) => seq)).toEqual(log.map((_, at) => at + 1));
      for (const { activity } of log) {
        expect(kept.has(activity.id)).toBe(false);
        kept.add(activity.id);
      }
    }
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
    await store.close();
    await server.stop();
  });
});
