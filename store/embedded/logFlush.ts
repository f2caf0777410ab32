import { closeSync, fdatasync, fdatasyncSync, openSync, readSync, writeSync } from 'node:fs';

/** Makes what was committed so far survive a power cut. */
export interface Flush {
  /** Resolves when all that was committed before the call is on the disk. Never called twice at a time. */
  later(): Promise<void>;
  /** The same, at once: everything else waits meanwhile. */
  now(): void;
  /**
   * After a flush that failed: writes all of the log once more, and flushes that. Linux keeps what a disk refused as if
   * it had been written, so a flush alone would say "done" (https://lwn.net/Articles/752063/). Whoever calls holds the database's write lock:
   * another process may not append meanwhile.
   */
  again(): void;
  close(): void;
}

/** The part of `node:fs` that flushes a file, and a clock that is never set, ms. Tests have a slow disk. */
export interface FlushingDisk {
  fdatasync(file: number, done: (error: Error | null) => void): void;
  fdatasyncSync(file: number): void;
  readSync(file: number, into: Buffer, offset: number, length: number, position: number): number;
  writeSync(file: number, from: Buffer, offset: number, length: number, position: number): number;
  nowMs(): number;
}

const thisDisk: FlushingDisk = {
  fdatasync,
  fdatasyncSync,
  readSync,
  writeSync,
  nowMs: () => performance.now(),
};

/** To another thread and back takes a good part of a millisecond: a quick disk is waited for. */
const slowMs = 2;
/** So long a disk that was slow is not waited for; then it may have become quick again. */
const asideMs = 5_000;
/**
 * Node's threads do this beside name lookups and password hashes. When those keep all of them busy, nobody's message
 * waits longer than this for a free one.
 */
const patienceMs = 250;
/** So much of the log is in memory while it is written again. */
const portionBytes = 1024 * 1024;

/**
 * Flushes the write-ahead log of a database; when the disk is slow, on another thread, while the event loop goes on. For
 * a connection with `synchronous = NORMAL`, which flushes the log before each checkpoint and leaves it to us after a
 * commit (https://www.sqlite.org/pragma.html#pragma_synchronous). Opening and closing the log releases no lock of
 * SQLite's: those are on the database and its shared memory.
 * @param file the database; its log is there from the first transaction on
 */
export function flushOfLog(file: string, disk: FlushingDisk = thisDisk): Flush {
  const log = openSync(`${file}-wal`, 'r+');
  // A failure is told once to each opening of a file: the flush that nobody waits for any more must not take it away.
  const besides = openSync(`${file}-wal`, 'r+');
  let asideUntilMs = Number.NEGATIVE_INFINITY;
  const now = () => {
    const startedAtMs = disk.nowMs();
    disk.fdatasyncSync(log);
    const endedAtMs = disk.nowMs();
    if (endedAtMs - startedAtMs > slowMs) asideUntilMs = endedAtMs + asideMs;
  };
  const aside = () =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        try {
          disk.fdatasyncSync(besides);
          resolve();
        } catch (error) {
          reject(error);
        }
      }, patienceMs);
      disk.fdatasync(log, (error) => {
        clearTimeout(timer);
        if (error === null) resolve();
        else reject(error);
      });
    });
  const again = () => {
    const portion = Buffer.alloc(portionBytes);
    let position = 0;
    for (;;) {
      const length = disk.readSync(log, portion, 0, portionBytes, position);
      if (length === 0) break;
      let written = 0;
      while (written < length)
        written += disk.writeSync(log, portion, written, length - written, position + written);
      position += length;
    }
    now();
  };
  return {
    later: async () => (disk.nowMs() < asideUntilMs ? aside() : now()),
    now,
    again,
    close: () => {
      closeSync(log);
      closeSync(besides);
    },
  };
}
