import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs';

/** Makes what was committed so far survive a power cut. */
export interface Flush {
  /** Resolves when all that was committed before the call is on the disk. Never called twice at a time. */
  later(): Promise<void>;
  /** The same, at once: everything else waits meanwhile. */
  now(): void;
  close(): void;
}

/**
 * Node's threads do this beside name lookups and password hashes. When those keep all of them busy, nobody's message
 * waits longer than this for a free one.
 */
const patienceMs = 250;

/**
 * Flushes the write-ahead log of a database on another thread, while the event loop goes on. For a connection with
 * `synchronous = NORMAL`, which flushes the log before each checkpoint and leaves it to us after a commit
 * (https://www.sqlite.org/pragma.html#pragma_synchronous). Opening and closing the log releases no lock of SQLite's:
 * those are on the database and its shared memory.
 * @param file the database; its log is there from the first transaction on
 */
export function flushOfLog(file: string): Flush {
  const log = openSync(`${file}-wal`, 'r+');
  return {
    later: () =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          try {
            fdatasyncSync(log);
            resolve();
          } catch (error) {
            reject(error);
          }
        }, patienceMs);
        fdatasync(log, (error) => {
          clearTimeout(timer);
          if (error === null) resolve();
          else reject(error);
        });
      }),
    now: () => fdatasyncSync(log),
    close: () => closeSync(log),
  };
}
