import Database from 'libsql';
import { GroupCommit, type TransactionConnection } from '../../store/embedded/groupCommit';

/** A real database whose transaction commands are noted. */
function aDatabase() {
  const db = new Database(':memory:');
  db.exec('PRAGMA foreign_keys = ON');
  db.exec('CREATE TABLE parent (id INTEGER PRIMARY KEY)');
  db.exec('CREATE TABLE note (text TEXT, parent REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)');
  const events: string[] = [];
  const connection: TransactionConnection = {
    exec(sql) {
      events.push(sql);
      return db.exec(sql);
    },
    get inTransaction() {
      return db.inTransaction;
    },
  };
  const insert = db.prepare('INSERT INTO note VALUES (?, ?)');
  const add = (text: string, parent: number | null = null) => insert.run([text, parent]).changes;
  const notes = () => db.prepare('SELECT text FROM note ORDER BY rowid').pluck().all([]);
  const count = (sql: string) => events.filter((event) => event === sql).length;
  return { db, connection, events, add, notes, count };
}

describe('group commit', () => {
  it('puts all writes of one tick into one transaction, in order', async () => {
    const { connection, add, notes, count } = aDatabase();
    const writes = new GroupCommit(connection);
    const names = Array.from({ length: 100 }, (_, index) => `n${index}`);

    const results = await Promise.all(names.map((name) => writes.run(() => add(name) && name)));

    expect(results).toEqual(names);
    expect(notes()).toEqual(names);
    expect([count('BEGIN IMMEDIATE'), count('SAVEPOINT one_write'), count('COMMIT')]).toEqual([1, 0, 1]);
  });

  it('acknowledges nothing before the commit', async () => {
    const { connection, add, events } = aDatabase();
    const writes = new GroupCommit(connection);

    await Promise.all(
      ['a', 'b'].map((name) => writes.run(() => add(name)).then(() => events.push(`${name} acknowledged`))),
    );

    expect(events.slice(-3)).toEqual(['COMMIT', 'a acknowledged', 'b acknowledged']);
  });

  it('starts another transaction for what comes later or is too much for one', async () => {
    const { connection, add, notes, count } = aDatabase();
    const writes = new GroupCommit(connection, { maxWrites: 4 });

    await Promise.all(Array.from({ length: 10 }, (_, index) => writes.run(() => add(`n${index}`))));
    expect(count('COMMIT')).toBe(3);
    await writes.run(() => add('later'));

    expect(count('COMMIT')).toBe(4);
    expect(notes()).toHaveLength(11);
  });

  it('undoes a write that fails, and only that one', async () => {
    const { connection, add, notes } = aDatabase();
    const writes = new GroupCommit(connection);

    const outcomes = await Promise.allSettled([
      writes.run(() => add('before')),
      writes.run(() => {
        add('half a write');
        throw new RangeError('no such ticket');
      }),
      writes.run(() => add('after')),
    ]);

    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({ reason: { message: 'no such ticket' } });
    expect(notes()).toEqual(['before', 'after']);
  });

  it('acknowledges none when the commit itself fails, and works again afterwards', async () => {
    const { connection, add, notes } = aDatabase();
    const health: (string | undefined)[] = [];
    const writes = new GroupCommit(connection, { onHealthChange: (failure) => health.push(failure?.code) });
    // A deferred foreign key lets the statement pass and the COMMIT fail.
    const doomed = () =>
      Promise.allSettled([writes.run(() => add('good')), writes.run(() => add('orphan', 404))]);

    for (const outcome of [...(await doomed()), ...(await doomed())]) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'StoreUnavailable' } });
    }
    expect(notes()).toEqual([]);

    await writes.run(() => add('next'));
    await writes.run(() => add('one more'));
    expect(notes()).toEqual(['next', 'one more']);
    expect(health).toEqual(['StoreUnavailable', undefined]);
  });

  it('acknowledges none when the database is full, and works again when there is room', async () => {
    const { db, connection, add, notes } = aDatabase();
    const writes = new GroupCommit(connection);
    db.pragma('max_page_count = 20');

    const outcomes = await Promise.allSettled(
      [100, 200_000, 100].map((size) => writes.run(() => add('x'.repeat(size)))),
    );

    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { code: 'StoreUnavailable', message: expect.stringContaining('SQLITE_FULL') },
      });
    }
    expect(notes()).toEqual([]);
    db.pragma('max_page_count = 1000');
    await writes.run(() => add('room again'));
    expect(notes()).toEqual(['room again']);
  });

  it('recovers from a rollback that failed, too', async () => {
    const { db, connection, add, notes } = aDatabase();
    let broken = true;
    const failing: TransactionConnection = {
      exec(sql) {
        if (broken && (sql === 'COMMIT' || sql === 'ROLLBACK')) throw new Error('disk I/O error');
        return connection.exec(sql);
      },
      get inTransaction() {
        return db.inTransaction;
      },
    };
    const writes = new GroupCommit(failing);
    await expect(writes.run(() => add('lost'))).rejects.toMatchObject({ code: 'StoreUnavailable' });
    await expect(writes.run(() => add('lost too'))).rejects.toMatchObject({ code: 'StoreUnavailable' });

    broken = false;
    await writes.run(() => add('kept'));

    expect(notes()).toEqual(['kept']);
  });

  it('finishes what it was given before it closes, and takes no more', async () => {
    const { connection, add, notes } = aDatabase();
    const writes = new GroupCommit(connection, { maxWrites: 2 });
    const given = ['a', 'b', 'c'].map((name) => writes.run(() => add(name)));

    await writes.close();

    expect(notes()).toEqual(['a', 'b', 'c']);
    await expect(Promise.all(given)).resolves.toEqual([1, 1, 1]);
    await expect(writes.run(() => add('d'))).rejects.toMatchObject({ code: 'StoreUnavailable' });
    expect(notes()).toHaveLength(3);
  });
});

describe('group commit with a flush of its own', () => {
  /** A disk that takes what was committed when it is told to. */
  function aDisk() {
    const flushes: { done(): void; fail(): void }[] = [];
    const events: string[] = [];
    const later = () =>
      new Promise<void>((resolve, reject) => {
        events.push('flush');
        flushes.push({ done: resolve, fail: () => reject(new Error('EIO')) });
      });
    const now = () => void events.push('flush now');
    return { flushes, events, flush: { later, now, again: () => void events.push('flush again') } };
  }
  const immediately = () => new Promise((resolve) => setImmediate(resolve));

  it('acknowledges nothing before it, and puts what comes meanwhile into one transaction', async () => {
    const { connection, add, count } = aDatabase();
    const { flush, flushes, events } = aDisk();
    const writes = new GroupCommit(connection, { flush });
    const write = (name: string) => writes.run(() => add(name)).then(() => events.push(name));

    const first = write('a');
    await immediately();
    const rest = ['b', 'c', 'd'].map(write);
    await immediately();
    await immediately();
    expect([count('COMMIT'), events]).toEqual([1, ['flush again', 'flush']]);

    flushes[0]?.done();
    await first;
    await immediately();
    expect([count('COMMIT'), events]).toEqual([2, ['flush again', 'flush', 'a', 'flush']]);
    flushes[1]?.done();
    await Promise.all(rest);
    expect(events).toEqual(['flush again', 'flush', 'a', 'flush', 'b', 'c', 'd']);
  });

  it('acknowledges none of a group whose flush fails, and goes on', async () => {
    const { connection, add } = aDatabase();
    const { flush, flushes, events } = aDisk();
    const health: (string | undefined)[] = [];
    const onHealthChange = (failure?: { code: string }) => void health.push(failure?.code);
    const writes = new GroupCommit(connection, { flush, onHealthChange });

    const lost = Promise.allSettled(['a', 'b'].map((name) => writes.run(() => add(name))));
    await immediately();
    flushes[0]?.fail();
    for (const outcome of await lost)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'StoreUnavailable' } });

    const next = writes.run(() => add('c'));
    await immediately();
    flushes[1]?.done();
    expect(await next).toBe(1);
    expect(health).toEqual(['StoreUnavailable', undefined]);
    expect(events).toEqual(['flush again', 'flush', 'flush again', 'flush']);
  });

  it('waits for the flush under way when it closes, and does the rest at once', async () => {
    const { connection, add } = aDatabase();
    const { flush, flushes, events } = aDisk();
    const writes = new GroupCommit(connection, { flush });
    const write = (name: string) => writes.run(() => add(name)).then(() => events.push(name));

    const first = write('a');
    await immediately();
    const second = write('b');
    const closed = writes.close();
    await immediately();
    expect(events).toEqual(['flush again', 'flush']);
    flushes[0]?.done();
    await Promise.all([closed, first, second]);

    expect(events).toEqual(['flush again', 'flush', 'a', 'flush now', 'b']);
  });
});
