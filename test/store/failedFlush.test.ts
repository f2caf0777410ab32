import { copyFileSync, fdatasyncSync, readFileSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openConnection } from '../../store/embedded/connection';
import { EmbeddedTurnStore } from '../../store/embedded/embeddedTurnStore';
import { type FlushingDisk, flushOfLog } from '../../store/embedded/logFlush';
import { aHead, anAccept, HandSetClock } from '../contracts/turnStoreFixture';
import { aFolder } from './embeddedFixture';

const pageBytes = 4_096;

/**
 * A disk under Linux: what it refuses stays readable and counts as written, so the next flush leaves it out
 * (https://lwn.net/Articles/752063/). The platter is what a power cut leaves of the log.
 */
class ForgetfulDisk implements FlushingDisk {
  refuses = 0;
  private platter = Buffer.alloc(0);
  /** The log as it was at the last flush, whether the disk took it or not. */
  private clean = Buffer.alloc(0);
  private readonly rewritten = new Set<number>();
  private readonly log: string;

  constructor(private readonly file: string) {
    this.log = `${file}-wal`;
  }

  nowMs = () => 0;
  readSync = readSync;
  fdatasync = () => {
    throw new Error('a clock that stands still never finds the disk slow');
  };
  writeSync = (file: number, from: Buffer, offset: number, length: number, position: number) => {
    for (let byte = position; byte < position + length; byte += 1)
      this.rewritten.add(Math.floor(byte / pageBytes));
    return writeSync(file, from, offset, length, position);
  };
  fdatasyncSync = (file: number) => {
    fdatasyncSync(file);
    const present = readFileSync(this.log);
    const refused = this.refuses > 0;
    if (refused) this.refuses -= 1;
    else this.take(present);
    this.clean = present;
    this.rewritten.clear();
    if (refused) throw Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' });
  };

  /** The database and its log as they lie on the platter, under a new name. */
  powerCut(file: string): string {
    copyFileSync(this.file, file);
    writeFileSync(`${file}-wal`, this.platter);
    return file;
  }

  private take(present: Buffer): void {
    const platter = Buffer.alloc(present.length);
    this.platter.copy(platter);
    for (let start = 0; start < present.length; start += pageBytes) {
      const end = Math.min(start + pageBytes, present.length);
      const dirty =
        this.rewritten.has(start / pageBytes) ||
        !present.subarray(start, end).equals(this.clean.subarray(start, end));
      if (dirty) present.copy(platter, start, start, end);
    }
    this.platter = platter;
  }
}

describe('F37: a flush that the disk refused', () => {
  const folder = aFolder();
  const clock = new HandSetClock();
  let databases = 0;
  afterAll(folder.remove);

  function aStore() {
    databases += 1;
    const file = join(folder.path, `live${databases}.db`);
    return { file, ...open(file, new ForgetfulDisk(file)) };
  }

  function open(file: string, disk: ForgetfulDisk) {
    const db = openConnection(file);
    db.pragma('synchronous = NORMAL');
    const store = new EmbeddedTurnStore(db, { clock }, flushOfLog(file, disk));
    const say = (id: string) =>
      store.accept(anAccept(id)).then(
        () => 'acknowledged' as const,
        () => 'refused' as const,
      );
    return { disk, store, say };
  }

  async function afterPowerCut(disk: ForgetfulDisk): Promise<string[]> {
    databases += 1;
    const opened = new EmbeddedTurnStore(
      openConnection(disk.powerCut(join(folder.path, `cut${databases}.db`))),
      { clock },
    );
    const log = await opened.readLog(aHead().key, 0, 1_000);
    await opened.close();
    return log.map(({ activity }) => activity.id);
  }

  it.each([1, 2, 3])(
    '%i times: what is acknowledged before and after it survives a power cut',
    async (refusals) => {
      const { disk, store, say } = aStore();
      const acknowledged: string[] = [];
      for (let message = 0; message < 12; message += 1) {
        if (message === 4) disk.refuses = refusals;
        if ((await say(`m${message}`)) === 'acknowledged') acknowledged.push(`m${message}`);
        expect(await afterPowerCut(disk)).toEqual(expect.arrayContaining(acknowledged));
      }
      await store.close();

      expect(acknowledged).toHaveLength(12 - refusals);
    },
  );

  it('goes on in order when the sender repeats what was refused', async () => {
    const { disk, store, say } = aStore();
    await say('first');
    disk.refuses = 1;
    expect([await say('second'), await say('second'), await say('third')]).toEqual([
      'refused',
      'acknowledged',
      'acknowledged',
    ]);
    expect(await afterPowerCut(disk)).toEqual(['first', 'second', 'third']);
    await store.close();
  });

  it('before a kill does not cost what the next process acknowledges', async () => {
    const { file, disk, store, say } = aStore();
    await say('first');
    disk.refuses = 1;
    await say('refused');
    const next = open(file, disk);
    expect(await next.say('second')).toBe('acknowledged');
    expect(await afterPowerCut(disk)).toEqual(['first', 'refused', 'second']);
    await next.store.close();
    await store.close();
  });

  it('writes the log again before it closes', async () => {
    const { disk, store, say } = aStore();
    await say('first');
    disk.refuses = 1;
    const [refused] = await Promise.all([say('second'), store.close()]);

    expect(refused).toBe('refused');
    expect(await afterPowerCut(disk)).toEqual(['first', 'second']);
  });
});
