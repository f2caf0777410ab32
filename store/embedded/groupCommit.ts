import { StoreUnavailableError } from '../../services/errors';
import type { Flush } from './logFlush';
import { storeUnavailable } from './preparedStatement';

/** The part of a SQLite connection that transactions need. */
export interface TransactionConnection {
  exec(sql: string): unknown;
  readonly inTransaction: boolean;
}

export interface GroupCommitOptions {
  /** More writes than this wait for the next transaction, so that one flush does not hold the event loop long. */
  readonly maxWrites?: number;
  /** Absent: the COMMIT itself comes back only when the disk has it. */
  readonly flush?: Pick<Flush, 'later' | 'now' | 'again'>;
  /** Called once when transactions begin to fail, and once when they work again. */
  readonly onHealthChange?: (failure: StoreUnavailableError | undefined) => void;
}

interface WaitingWrite {
  /** Runs the write and returns what resolves its promise. */
  readonly execute: () => () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One durable transaction for many writes: a commit costs a disk flush, whatever its size. Writes that arrive
 * in one turn of the event loop, and while the group before is flushed, run in order of arrival inside one transaction,
 * and their promises settle when the COMMIT is on the disk.
 *
 * A write that throws loses only itself: the group then runs a second time, each write in a savepoint of its own. So a
 * write changes the database and nothing else. When the transaction is lost (full disk, I/O error), every write of it
 * rejects with StoreUnavailableError and none is acknowledged; the next group starts afresh. When only the flush
 * fails they reject as well, although they may have been kept; nothing more is acknowledged until all of the log has
 * been written again.
 */
export class GroupCommit {
  private waiting: WaitingWrite[] = [];
  private scheduled = false;
  private flushing: Promise<void> = Promise.resolve();
  private closed = false;
  private failing = false;
  /** What the log holds may be in memory only: a flush failed, here or in a process that was killed. */
  private doubtful = true;
  private readonly maxWrites: number;

  constructor(
    private readonly connection: TransactionConnection,
    private readonly options: GroupCommitOptions = {},
  ) {
    this.maxWrites = options.maxWrites ?? 256;
  }

  /**
   * Runs a synchronous write with the next group. Resolves with its result once that is durable.
   * @throws StoreUnavailableError nothing was written; or what `write` itself threw
   */
  run<T>(write: () => T): Promise<T> {
    if (this.closed) return Promise.reject(new StoreUnavailableError('the store is closed'));
    return new Promise<T>((resolve, reject) => {
      const execute = () => {
        const result = write();
        return () => resolve(result);
      };
      this.waiting.push({ execute, reject });
      this.schedule();
    });
  }

  /** Writes what waits, and takes no more. */
  async close(): Promise<void> {
    this.closed = true;
    await this.flushing;
    while (this.waiting.length > 0) {
      const group = this.waiting.splice(0, this.maxWrites);
      const settle = this.commit(group);
      if (settle !== undefined) this.acknowledge(group, settle, () => this.options.flush?.now());
    }
    // What follows brings the log into the database: it must not rest on pages that only memory has.
    if (this.doubtful) this.commit([]);
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.flushing = this.writeGroup().finally(() => {
        this.scheduled = false;
        if (this.waiting.length > 0) this.schedule();
      });
    });
  }

  private async writeGroup(): Promise<void> {
    const group = this.waiting.splice(0, this.maxWrites);
    const settle = group.length === 0 ? undefined : this.commit(group);
    if (settle === undefined) return;
    if (this.options.flush === undefined) return this.acknowledge(group, settle);
    const failure = await this.options.flush.later().then(
      () => undefined,
      (cause: unknown) => ({ cause }),
    );
    this.acknowledge(group, settle, () => {
      if (failure !== undefined) throw failure.cause;
    });
  }

  /** @param flushed throws when the disk has not taken it */
  private acknowledge(group: readonly WaitingWrite[], settle: () => void, flushed = () => {}): void {
    try {
      flushed();
    } catch (cause) {
      this.doubtful = true;
      this.refuse(group, cause);
      return;
    }
    this.reportHealth(undefined);
    settle();
  }

  private refuse(group: readonly WaitingWrite[], cause: unknown): void {
    const failure = storeUnavailable(cause);
    this.reportHealth(failure);
    for (const write of group) write.reject(failure);
  }

  /** @returns what settles the promises; undefined when the group was lost and all of it refused */
  private commit(group: readonly WaitingWrite[]): (() => void) | undefined {
    let settlements: readonly (() => void)[];
    try {
      // Left open when an earlier ROLLBACK failed as well.
      if (this.connection.inTransaction) this.connection.exec('ROLLBACK');
      this.connection.exec('BEGIN IMMEDIATE');
      if (this.doubtful) this.options.flush?.again();
      this.doubtful = false;
      settlements = this.together(group) ?? group.map((write) => this.apart(write));
      this.connection.exec('COMMIT');
    } catch (cause) {
      this.rollBack();
      this.refuse(group, cause);
      return undefined;
    }
    return () => {
      for (const settle of settlements) settle();
    };
  }

  /** @returns undefined, and a transaction begun afresh, when one of the writes threw */
  private together(group: readonly WaitingWrite[]): (() => void)[] | undefined {
    try {
      return group.map((write) => write.execute());
    } catch (error) {
      // On a full disk or an I/O error SQLite may have rolled back by itself.
      if (!this.connection.inTransaction) throw error;
      this.connection.exec('ROLLBACK');
      this.connection.exec('BEGIN IMMEDIATE');
      return undefined;
    }
  }

  private apart(write: WaitingWrite): () => void {
    this.connection.exec('SAVEPOINT one_write');
    let settle: () => void;
    try {
      settle = write.execute();
    } catch (error) {
      // On a full disk or an I/O error SQLite may have rolled back everybody's writes, not only this one's.
      if (!this.connection.inTransaction) throw error;
      this.connection.exec('ROLLBACK TO one_write');
      this.connection.exec('RELEASE one_write');
      return () => write.reject(error);
    }
    // When this fails it is the disk, not the write: all of the group is refused.
    this.connection.exec('RELEASE one_write');
    return settle;
  }

  private rollBack(): void {
    try {
      if (this.connection.inTransaction) this.connection.exec('ROLLBACK');
    } catch {
      // The next group tries again before its BEGIN; this one already fails with the first cause.
    }
  }

  private reportHealth(failure: StoreUnavailableError | undefined): void {
    const failing = failure !== undefined;
    if (failing === this.failing) return;
    this.failing = failing;
    this.options.onHealthChange?.(failure);
  }
}
