import { join } from 'node:path';
import type Database from 'libsql';
import { openConnection } from '../../store/embedded/connection';
import { EmbeddedTurnStore } from '../../store/embedded/embeddedTurnStore';
import { aCommit, aHead, anAccept, anActivity, HandSetClock, ticketOf } from '../contracts/turnStoreFixture';
import { aFolder } from './embeddedFixture';

const turn = () =>
  aCommit(1, {
    records: [{ key: 'state', expectedVersion: 0, change: { value: 'new' } }],
    outbox: [{ key: 'sms', kind: 'sms', payload: 'code', notBeforeMs: 0 }],
    replies: [anActivity('r1')],
  });

/** A connection whose transaction commands pass through `before`, which may throw or take its time. */
function disturbed(db: Database.Database, before: (sql: string) => void): Database.Database {
  return new Proxy(db, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      if (name !== 'exec') return member.bind(target);
      return (sql: string) => {
        before(sql);
        return target.exec(sql);
      };
    },
  });
}

async function loggedIds(store: EmbeddedTurnStore): Promise<string[]> {
  return (await store.readLog(aHead().key, 0, 10_000)).map(({ activity }) => activity.id);
}

/** What a turn writes is not there, and its message still waits. */
async function expectUntouched(store: EmbeddedTurnStore): Promise<void> {
  expect(await store.readRecord('state')).toEqual({ version: 0, value: undefined });
  expect(await loggedIds(store)).toEqual(['m1']);
  expect(await store.nextOutboxDueMs()).toBeUndefined();
  expect(await store.nextPending(aHead().key)).toMatchObject({ ticket: 1, activityId: 'm1' });
}

describe('F37: a disk that', () => {
  const folder = aFolder();
  const clock = new HandSetClock();
  let count = 0;
  let store: EmbeddedTurnStore;
  afterAll(folder.remove);
  afterEach(() => store.close());

  const aConnection = () => {
    count += 1;
    return openConnection(join(folder.path, `${count}.db`));
  };

  it('became read-only refuses messages and turns, loses neither, and takes them when it is writable again', async () => {
    const db = aConnection();
    store = new EmbeddedTurnStore(db, { clock });
    await store.accept(anAccept('m1'));
    // What SQLite answers (SQLITE_READONLY) when the file system was remounted read-only; reading goes on.
    db.pragma('query_only = ON');

    await expect(store.accept(anAccept('m2'))).rejects.toMatchObject({ code: 'StoreUnavailable' });
    await expect(store.commit(turn())).rejects.toMatchObject({ code: 'StoreUnavailable' });
    await expect(store.ping(clock.now())).rejects.toMatchObject({ code: 'StoreUnavailable' });
    await expectUntouched(store);

    db.pragma('query_only = OFF');
    expect(ticketOf(await store.accept(anAccept('m2')))).toBe(2);
    expect(await store.commit(turn())).toMatchObject({ status: 'committed' });
    expect(await loggedIds(store)).toEqual(['m1', 'm2', 'r1']);
  });

  it.each([
    ['BEGIN IMMEDIATE', 'alone'],
    ['COMMIT', 'alone'],
    // Savepoints are for a group in which one write is wrong.
    ['SAVEPOINT one_write', 'beside a wrong one'],
    ['RELEASE one_write', 'beside a wrong one'],
    ['ROLLBACK', 'beside a wrong one'],
    ['BEGIN IMMEDIATE', 'beside a wrong one'],
  ])(
    'fails once (EIO) at %s refuses what it was about to keep, %s, and nothing else',
    async (command, company) => {
      let fails = false;
      const db = disturbed(aConnection(), (sql) => {
        if (!fails || sql !== command) return;
        fails = false;
        throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR' });
      });
      store = new EmbeddedTurnStore(db, { clock });
      await store.accept(anAccept('m1'));
      const failing = async (write: () => Promise<unknown>) => {
        fails = true;
        const wrong = company === 'alone' ? [] : [store.commit(aCommit(99, {}))];
        const [outcome] = await Promise.allSettled([write(), ...wrong]);
        return outcome;
      };

      const refused = { status: 'rejected', reason: { code: 'StoreUnavailable' } };
      expect(await failing(() => store.accept(anAccept('m2')))).toMatchObject(refused);
      expect(await failing(() => store.commit(turn()))).toMatchObject(refused);
      await expectUntouched(store);

      expect(await store.commit(turn())).toMatchObject({ status: 'committed' });
      expect(await store.accept(anAccept('m2'))).toMatchObject({ status: 'accepted', ticket: 2 });
      expect(await loggedIds(store)).toEqual(['m1', 'r1', 'm2']);
    },
  );

  it('needs 200 ms for each flush keeps 100 messages with one of them, and acknowledges none before', async () => {
    const events: string[] = [];
    const db = disturbed(aConnection(), (sql) => {
      if (sql !== 'COMMIT') return;
      // The thread stands still, as it does in fsync.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
      events.push('flushed');
    });
    store = new EmbeddedTurnStore(db, { clock });
    const ids = Array.from({ length: 100 }, (_, index) => `m${index}`);

    const results = await Promise.all(
      ids.map(async (id) => {
        const result = await store.accept(anAccept(id));
        events.push('acknowledged');
        return result;
      }),
    );

    expect(events).toEqual(['flushed', ...ids.map(() => 'acknowledged')]);
    expect(results.map(ticketOf)).toEqual(ids.map((_, index) => index + 1));
    expect(await loggedIds(store)).toEqual(ids);
  });
});
