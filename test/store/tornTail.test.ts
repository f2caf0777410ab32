import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openConnection } from '../../store/embedded/connection';
import { EmbeddedTurnStore } from '../../store/embedded/embeddedTurnStore';
import { aHead, anAccept, HandSetClock } from '../contracts/turnStoreFixture';
import { sized } from '../size';
import { aFolder } from './embeddedFixture';

const messages = 20;
const cuts = sized(40, 400);
/** Of SQLite's write-ahead log: pages that were never, or only half, written come last. */
const walHeaderBytes = 32;

describe('F36: a database whose last writes were torn', () => {
  const folder = aFolder();
  const clock = new HandSetClock();
  const live = join(folder.path, 'live.db');
  const ids = Array.from({ length: messages }, (_, index) => `m${index}`);
  /** Length of the write-ahead log after each message was acknowledged. */
  const lengths: number[] = [];
  let copies = 0;
  let store: EmbeddedTurnStore;

  beforeAll(async () => {
    store = new EmbeddedTurnStore(openConnection(live), { clock });
    for (const id of ids) {
      await store.accept(anAccept(id));
      lengths.push(readFileSync(`${live}-wal`).length);
    }
  });
  afterAll(async () => {
    await store.close();
    folder.remove();
  });

  /** What is left, opened again, of files that were harmed as they lay. */
  async function survivors(harm: (wal: string) => void): Promise<string[]> {
    copies += 1;
    const file = join(folder.path, `copy${copies}.db`);
    copyFileSync(live, file);
    copyFileSync(`${live}-wal`, `${file}-wal`);
    harm(`${file}-wal`);
    const opened = new EmbeddedTurnStore(openConnection(file), { clock });
    const log = await opened.readLog(aHead().key, 0, 1_000);
    await opened.close();
    return log.map(({ activity }) => activity.id);
  }

  /** Messages whose every byte was on the disk before this place. */
  const wholeBefore = (bytes: number) => ids.slice(0, lengths.filter((length) => length <= bytes).length);

  it(`cut at any of ${cuts} places keeps exactly what was whole before the cut`, async () => {
    const whole = readFileSync(`${live}-wal`).length;
    const first = lengths[0] ?? 0;
    for (let cut = 0; cut < cuts; cut += 1) {
      const bytes = Math.round(first + ((whole - first) * cut) / (cuts - 1));
      expect(await survivors((wal) => truncateSync(wal, bytes))).toEqual(wholeBefore(bytes));
    }
  });

  it('with a flipped bit in it ends before that bit, by its checksums', async () => {
    for (const place of [5, 10, 15]) {
      const at = (lengths[place - 1] ?? 0) + walHeaderBytes + 500;
      const seen = await survivors((wal) => {
        const bytes = readFileSync(wal);
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        writeFileSync(wal, bytes);
      });
      expect(seen).toEqual(wholeBefore(at));
    }
  });
});
