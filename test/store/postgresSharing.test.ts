import pg from 'pg';
import type { TurnStore } from '../../services/turn/turnStore';
import { Database } from '../../store/postgres/database';
import { openPostgresTurnStore } from '../../store/postgres/postgresTurnStore';
import { acceptCall, commitCall } from '../../store/postgres/turnCall';
import { aCommit, aHead, anAccept, anActivity, HandSetClock, ticketOf } from '../contracts/turnStoreFixture';
import { type PostgresServer, startPostgres } from '../postgres/postgresServer';

jest.setTimeout(60_000);

const key = aHead().key;
const clock = new HandSetClock();

/** What a watcher was told, and a way to wait for it. */
function listenTo(store: TurnStore) {
  const changed: string[] = [];
  let missed = 0;
  let wake = () => {};
  const stop = store.watch(
    (conversationKey) => {
      changed.push(conversationKey);
      wake();
    },
    () => {
      missed += 1;
      wake();
    },
  );
  const until = async (enough: () => boolean) => {
    while (!enough())
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  };
  return { changed, missed: () => missed, until, stop };
}

describe('replicas on one PostgreSQL', () => {
  let server: PostgresServer;
  let url: string;
  const stores: TurnStore[] = [];
  const open = async (claimMs?: number) => {
    const store = await openPostgresTurnStore({ url, clock, ...(claimMs === undefined ? {} : { claimMs }) });
    stores.push(store);
    return store;
  };
  beforeAll(async () => {
    server = await startPostgres(['fsync=off']);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    url = await server.newDatabase();
  });
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
  });
  const query = async (sql: string, values: readonly unknown[] = []) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(sql, [...values])).rows;
    } finally {
      await client.end();
    }
  };

  it('hear of what the others commit and accept for the log, and of nothing that was not committed', async () => {
    const [one, other] = [await open(), await open()];
    const { changed, missed, until } = listenTo(other);
    await until(() => missed() === 1);

    const odd = 'directline/it\'s \\ "odd" 요금 😀';
    await one.accept(anAccept('m1'));
    const { echo: _, ...silent } = anAccept('m2');
    await one.accept(silent);
    await one.commit(
      aCommit(1, { records: [{ key: 'r', expectedVersion: 7, change: { value: 'conflict' } }] }),
    );
    await one.commit(aCommit(1));
    await one.commit(aCommit(1));
    await one.accept(anAccept('m1', { conversation: aHead({ key: odd }) }));
    await until(() => changed.includes(odd));

    // The echo of m1, the first turn, the odd one: no conflict, no repeat, no silent message.
    expect(changed).toEqual([key, key, odd]);
    expect(missed()).toBe(1);
  });

  it('are told that they may have missed something when the name is too long to be announced', async () => {
    const [one, other] = [await open(), await open()];
    const { changed, missed, until } = listenTo(other);
    await until(() => missed() === 1);

    await one.accept(anAccept('m1', { conversation: aHead({ key: `directline/${'x'.repeat(9_000)}` }) }));

    await until(() => missed() === 2);
    expect(changed).toEqual([]);
  });

  it('listen again after a lost connection, and say that something may have been missed', async () => {
    const [one, other] = [await open(), await open()];
    const { changed, missed, until } = listenTo(other);
    await until(() => missed() === 1);
    await query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'bill-guide listens'",
    );
    await until(() => missed() === 2);

    await one.accept(anAccept('m1'));

    await until(() => changed.length > 0);
    expect(changed).toEqual([key]);
  });

  it('leave a conversation to the one that has claimed it, until nothing of it is unfinished', async () => {
    const [one, other] = [await open(), await open()];
    await one.accept(anAccept('m1'));
    await other.accept(anAccept('m2'));

    expect((await one.nextPending(key))?.claim).toBeUndefined();
    expect(await other.nextPending(key)).toMatchObject({ ticket: 1, claim: 'other' });
    expect(await other.claimConversation(key)).toBe(false);
    expect(await other.claimPending(10)).toEqual([]);
    await one.commit(aCommit(1));
    expect(await other.nextPending(key)).toMatchObject({ ticket: 2, claim: 'other' });
    await one.commit(aCommit(2));

    await other.accept(anAccept('m3'));
    expect((await other.nextPending(key))?.claim).toBeUndefined();
    expect(await one.nextPending(key)).toMatchObject({ ticket: 3, claim: 'other' });
  });

  it('take over what a process left that is gone, each conversation one of them', async () => {
    const dead = await open(1);
    const others = [await open(), await open()];
    const ids = Array.from({ length: 30 }, (_, at) => `c${at}`);
    for (const conversationId of ids) await dead.accept(anAccept('m1', { conversationId }));
    const [row] = await query('SELECT max(claim_until_ms) AS until FROM conversation');
    while (BigInt((await query('SELECT clock_ms_v1() AS now'))[0].now) <= BigInt(row.until));

    const taken = await Promise.all(
      Array.from({ length: 10 }, (_, at) => (others[at % 2] ?? dead).claimPending(4)),
    );

    expect(taken.every((keys) => keys.length <= 4)).toBe(true);
    expect(taken.flat().sort()).toEqual(ids.map((id) => `directline/${id}`).sort());
    expect(await dead.claimConversation('directline/c0')).toBe(false);
  });

  it('keep a claim for as long as they say so, and lose what they do not', async () => {
    const [one, other] = [await open(60_000), await open(60_000)];
    await one.accept(anAccept('m1'));
    await query('UPDATE conversation SET claim_until_ms = 0');
    await one.keepClaims([key]);
    expect(await other.claimPending(10)).toEqual([]);
    await query('UPDATE conversation SET claim_until_ms = 0');
    expect(await other.claimPending(10)).toEqual([key]);
    await one.keepClaims([key]);
    expect(await one.nextPending(key)).toMatchObject({ claim: 'other' });
    // A turn counts whoever runs it: the claim only saves work.
    expect(await one.commit(aCommit(1))).toMatchObject({ status: 'committed' });
    expect(await other.commit(aCommit(1))).toEqual({ status: 'alreadyDone' });
  });

  it('serve beside a replica of the version before, on the new schema', async () => {
    const store = await open();
    const database = new Database({ url });
    const claimant = { owner: 'x', claimMs: 1 };
    const asOld = async (sql: string, values: readonly unknown[]) =>
      (await database.pool.query(sql, [...values])).rows[0];
    const places = (count: number) => Array.from({ length: count }, (_, at) => `$${at + 1}`).join(', ');
    const oldAccept = (id: string) =>
      asOld(`SELECT * FROM accept_v2(${places(13)})`, acceptCall(anAccept(id), 10, claimant).slice(0, 13));
    const oldCommit = (ticket: number, value: string, expectedVersion: number) => {
      const records = [{ key: 'shared/r', expectedVersion, change: { value } }];
      const turn = aCommit(ticket, { records, replies: [anActivity(`r${ticket}`)] });
      const call = commitCall(turn, clock.now(), claimant).slice(0, 22);
      return asOld(`SELECT * FROM commit_v1(${places(22)})`, call);
    };

    expect(await oldAccept('m1')).toMatchObject({ o_status: 'accepted', o_ticket: 1 });
    expect(await oldCommit(1, 'old', 0)).toMatchObject({ o_status: 'committed', o_first_seq: 2 });
    expect(await store.readRecord('shared/r')).toEqual({ version: 1, value: 'old' });
    const ticket = ticketOf(await store.accept(anAccept('m2')));
    const write = { key: 'shared/r', expectedVersion: 1, change: { value: 'new' } };
    await store.commit(aCommit(ticket, { records: [write], replies: [anActivity('r2')] }));
    expect(await store.listRecords('shared/', undefined, 10)).toEqual([
      { key: 'shared/r', version: 2, value: 'new' },
    ]);
    await oldAccept('m3');
    await oldCommit(3, 'old again', 2);

    // What the old one wrote over stays in the list; what it accepts and leaves is taken up.
    expect(await store.listRecords('shared/', undefined, 10)).toMatchObject([{ value: 'old again' }]);
    await oldAccept('m4');
    expect(await store.claimPending(10)).toEqual([key]);
    const log = await store.readLog(key, 0, 100);
    expect(log.map(({ activity }) => activity.id)).toEqual(['m1', 'r1', 'm2', 'r2', 'm3', 'r3', 'm4']);
    expect(log.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    await database.close();
  });

  it('find records by their prefix with an index, however many others there are', async () => {
    const store = await open();
    await query(`INSERT INTO record (key_hash, key, version, value)
      SELECT sha256(n::text::bytea), 'state/' || n, 1, '{}' FROM generate_series(1, 20000) AS n`);
    await query('ANALYZE record');
    await store.writeRecords([{ key: 'handoff/1', expectedVersion: 0, change: { value: 1 } }], 0);

    expect(await store.listRecords('handoff/', undefined, 10)).toHaveLength(1);
    expect(await store.listRecords('state/', 'state/5', 3)).toMatchObject([
      { key: 'state/50' },
      { key: 'state/500' },
      { key: 'state/5000' },
    ]);

    const plan = await query(
      `EXPLAIN SELECT key FROM record WHERE left(key, 500) >= 'handoff/' AND left(key, 500) <= 'handoff0'
         AND key >= 'handoff/' AND key < 'handoff0' ORDER BY left(key, 500), key LIMIT 10`,
    );
    expect(JSON.stringify(plan)).toContain('record_key');
  });
});
