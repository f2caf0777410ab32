import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildSync } from 'esbuild';
import { openEmbeddedTurnStore } from '../../store/embedded/embeddedTurnStore';
import { HandSetClock } from '../contracts/turnStoreFixture';
import { sized } from '../size';
import { aFolder } from './embeddedFixture';
import type { Acknowledgement, TurnLoadOrder } from './turnLoad';
import { TurnLoadLedger } from './turnLoadLedger';

/** With the 20 kills of the whole server (`test/server/serverKill.test.ts`) 200 a run, 10,000 a night. */
const DATABASES = sized(6, 333);
const LIVES = 30;
/** Databases that live and die beside each other: most of a life is waiting for the disk, or for the moment to die. */
const TOGETHER = 3;
/** Every sixth life ends early: while it starts, recovers the file, or says its first words. */
const EARLY = 6;
const CONVERSATIONS = 5;
const root = join(__dirname, '..', '..');

describe('kill -9 under load', () => {
  const folder = aFolder();
  afterAll(folder.remove);
  const script = join(folder.path, 'turnLoad.js');
  const seed = randomInt(2 ** 31);

  it(
    `F35: loses nothing that was acknowledged and doubles nothing, ${DATABASES} × ${LIVES} times (seed ${seed})`,
    async () => {
      buildSync({
        entryPoints: [join(__dirname, 'turnLoad.ts')],
        outfile: script,
        bundle: true,
        platform: 'node',
        external: ['libsql'],
        logLevel: 'error',
      });
      const sum = { accepted: 0, committed: 0, delivered: 0 };
      let killedUnderLoad = 0;
      let next = 0;
      const oneAfterAnother = async () => {
        while (next < DATABASES) {
          const n = next;
          next += 1;
          const ledger = new TurnLoadLedger(CONVERSATIONS);
          const file = join(folder.path, `assistant${n}.db`);
          const killed = await liveAndDie(file, ledger, randomNumbers(seed + n));
          killedUnderLoad += killed;
          const { accepted, committed, delivered } = ledger.totals();
          sum.accepted += accepted;
          sum.committed += committed;
          sum.delivered += delivered;
        }
      };
      await Promise.all(Array.from({ length: TOGETHER }, oneAfterAnother));
      expect(killedUnderLoad).toBeGreaterThanOrEqual(DATABASES * 20);
      for (const total of Object.values(sum)) expect(total).toBeGreaterThan(DATABASES * 100);
    },
    sized(300_000, 4 * 3_600_000),
  );

  /** @returns how many of a database's lives ended after their first acknowledgement */
  async function liveAndDie(
    file: string,
    ledger: TurnLoadLedger,
    random: (exclusiveMax: number) => number,
  ): Promise<number> {
    let killedUnderLoad = 0;
    for (let life = 0; life < LIVES; life += 1) {
      const nextMessage = ledger.resumeFrom(random(8));
      const early = life % EARLY === 0;
      const kill = early ? { thenMs: random(120) } : { afterLines: random(80), thenMs: random(12) };
      const death = await live({ file, nextMessage, drain: false }, (said) => ledger.note(said), kill);
      expect(death).toEqual({ code: null, signal: 'SIGKILL', stderr: '', lines: expect.any(Number) });
      if (death.lines > 0) killedUnderLoad += 1;
      await check(ledger, file);
    }
    const rest = await live({ file, nextMessage: ledger.resumeFrom(0), drain: true }, (said) =>
      ledger.note(said),
    );
    expect(rest).toMatchObject({ code: 0, stderr: '' });
    await check(ledger, file);
    return killedUnderLoad;
  }

  async function check(ledger: TurnLoadLedger, file: string): Promise<void> {
    const store = openEmbeddedTurnStore({ file, clock: new HandSetClock() });
    await ledger.check(store, file);
    await store.close();
  }

  /** One life of a load process, from its birth to its end or its killing. */
  async function live(
    order: TurnLoadOrder,
    hear: (said: Acknowledgement) => void,
    kill?: { afterLines?: number; thenMs: number },
  ) {
    const child = spawn(process.execPath, [script, JSON.stringify(order)], {
      env: { ...process.env, NODE_PATH: join(root, 'node_modules') },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process that hangs ends by SIGTERM, and fails the test.
      timeout: 30_000,
    });
    const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve({ code, signal }));
    });
    const killSoon = () => setTimeout(() => child.kill('SIGKILL'), kill?.thenMs);
    if (kill !== undefined && kill.afterLines === undefined) killSoon();
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    let lines = 0;
    const failures: unknown[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines += 1;
      if (kill?.afterLines === lines - 1) killSoon();
      if (!line.endsWith('}')) return; // cut off by the kill
      try {
        hear(JSON.parse(line));
      } catch (error) {
        failures.push(error);
      }
    });
    const end = await ended;
    if (failures.length > 0) throw failures[0];
    return { ...end, stderr, lines };
  }
});

/** A small repeatable generator (mulberry32): whole numbers below a limit. */
function randomNumbers(seed: number): (exclusiveMax: number) => number {
  let state = seed;
  return (exclusiveMax) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % exclusiveMax;
  };
}
