import { spawn } from 'node:child_process';
import path from 'node:path';
import { z } from 'zod';

const root = path.resolve(__dirname, '../..');
const limitMs = 90_000;

/** Runs `npm run bench` as its script does, without npm in between. */
function bench(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['scripts/run.mjs', 'bench', ...args], {
      cwd: root,
      timeout: limitMs,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (text) => {
      stdout += text;
    });
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

const spread = z.object({ median: z.number(), min: z.number(), max: z.number() });
const turnFigures = z.object({ turnsPerSecond: spread, p50Ms: spread, p95Ms: spread, p99Ms: spread });
const output = z.object({
  machine: z.object({ cpu: z.string(), cores: z.number(), node: z.literal(process.version) }),
  results: z.object({
    turns: z.object({
      loads: z
        .array(
          z.object({
            conversations: z.number(),
            turns: z.number(),
            rounds: z.literal(1),
            peers: z.tuple([
              turnFigures.extend({ name: z.literal('echo bot, connector') }),
              turnFigures.extend({ name: z.literal('ours, Direct Line'), timesEcho: turnFigures }),
              turnFigures.extend({ name: z.literal('ours, connector'), timesEcho: turnFigures }),
              turnFigures.extend({ name: z.literal('no bot, HTTP and WebSocket'), timesEcho: turnFigures }),
            ]),
          }),
        )
        .length(2),
    }),
  }),
});

describe('npm run bench', () => {
  it(
    'measures turns of our server and of the echo bot in one run, as JSON',
    async () => {
      const { code, stdout, stderr } = await bench('--json', '--quick', 'turns');

      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      // A build may be announced before it.
      const { results } = output.parse(JSON.parse(stdout.slice(stdout.indexOf('{'))));
      for (const { peers } of results.turns.loads) {
        for (const { turnsPerSecond, p50Ms, p99Ms } of peers) {
          expect(turnsPerSecond.median).toBeGreaterThan(0);
          expect(p99Ms.median).toBeGreaterThanOrEqual(p50Ms.median);
        }
      }
    },
    limitMs,
  );

  it(
    'names the benchmarks there are when asked for another one',
    async () => {
      const { code, stderr } = await bench('speed');

      expect(code).toBe(1);
      expect(stderr).toBe(
        'There is no benchmark "speed"; there are: turns, startup, balance, understanding, widget, reminders, desk, stored, sockets, sleeping, arrivals, soak.\n',
      );
    },
    limitMs,
  );
});
