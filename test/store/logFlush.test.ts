import { readFileSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type FlushingDisk, flushOfLog } from '../../store/embedded/logFlush';
import { aFolder } from './embeddedFixture';

/** A disk whose flushes take as long as is said, on the event loop or beside it. */
class SetDisk implements FlushingDisk {
  readonly done: ('at once' | 'aside')[] = [];
  ms = 0;
  takesMs = 0.1;
  failure: Error | undefined;
  /** All of Node's threads are busy. */
  busy = false;

  nowMs = () => this.ms;
  readSync = readSync;
  writeSync = (file: number, from: Buffer, offset: number, length: number, position: number) =>
    // As little at a time as a disk may take.
    writeSync(file, from, offset, Math.min(length, 100_000), position);
  fdatasyncSync = () => {
    this.done.push('at once');
    this.ms += this.takesMs;
    if (this.failure !== undefined) throw this.failure;
  };
  fdatasync = (_file: number, done: (error: Error | null) => void) => {
    if (this.busy) return;
    this.done.push('aside');
    setImmediate(() => done(this.failure ?? null));
  };
}

describe('flushing the log', () => {
  const folder = aFolder();
  afterAll(folder.remove);
  const aFlush = () => {
    const disk = new SetDisk();
    const file = join(folder.path, 'assistant.db');
    writeFileSync(`${file}-wal`, '');
    const flush = flushOfLog(file, disk);
    return { disk, flush, log: `${file}-wal` };
  };

  it('waits for a quick disk, goes aside for five seconds after a slow one, and tries again', async () => {
    const { disk, flush } = aFlush();
    await flush.later();
    disk.takesMs = 200;
    await flush.later();
    await flush.later();
    disk.takesMs = 0.1;
    disk.ms += 4_999;
    await flush.later();
    disk.ms += 1;
    await flush.later();
    await flush.later();
    flush.close();

    expect(disk.done).toEqual(['at once', 'at once', 'aside', 'aside', 'at once', 'at once']);
  });

  it('says that it failed, on either side', async () => {
    const { disk, flush } = aFlush();
    disk.failure = new Error('EIO');
    await expect(flush.later()).rejects.toThrow('EIO');
    disk.failure = undefined;
    disk.takesMs = 3;
    await flush.later();
    disk.failure = new Error('EIO');
    await expect(flush.later()).rejects.toThrow('EIO');
    flush.close();
  });

  it('does it itself when no thread is free', async () => {
    const { disk, flush } = aFlush();
    disk.takesMs = 3;
    await flush.later();
    disk.busy = true;
    await flush.later();
    flush.close();

    expect(disk.done).toEqual(['at once', 'at once']);
  });

  it('writes all of the log again, byte for byte, and flushes that', () => {
    const { disk, flush, log } = aFlush();
    const bytes = Buffer.alloc(2_500_000, 'what was said');
    writeFileSync(log, bytes);
    flush.again();
    flush.close();

    expect(readFileSync(log).equals(bytes)).toBe(true);
    expect(disk.done).toEqual(['at once']);
  });
});
