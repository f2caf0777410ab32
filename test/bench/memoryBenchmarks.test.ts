import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { nightly } from '../size';

const root = path.resolve(__dirname, '../..');
const limitMs = 240_000;
const run = promisify(execFile);

const reading = z.object({ rssBytes: z.number().min(1e7), heapUsedBytes: z.number().min(1e6) });
const openLoad = z.object({
  turns: z.number().min(1),
  p50Ms: z.number().positive(),
  p99Ms: z.number().positive(),
});
const slope = z.object({ perUnit: z.number(), error: z.number().min(0) });
const outputs = {
  sockets: z.object({ customers: z.literal(20), before: reading, after: reading }),
  arrivals: z.object({
    alone: z.array(openLoad).length(1),
    besides: openLoad,
    hung: z.object({ turns: z.literal(2), longestMs: z.number().positive(), leftWaiting: z.number().min(2) }),
  }),
  sleeping: z.object({ steps: z.array(z.object({ stored: z.number(), memory: reading })).length(4) }),
  soak: z.object({ load: openLoad, rssKibPerMinute: slope, samples: z.array(reading).min(3) }),
};
const names = nightly ? (['sockets', 'arrivals', 'sleeping', 'soak'] as const) : (['sockets'] as const);

describe('benchmarks that run when they are asked for', () => {
  it.each(names)(
    'npm run bench -- %s measures our own server and ends',
    async (name) => {
      const { stdout } = await run(
        process.execPath,
        ['scripts/run.mjs', 'bench', '--json', '--quick', name],
        { cwd: root, timeout: limitMs, maxBuffer: 16 * 1024 * 1024 },
      );
      // A build may be announced before it.
      const { results } = JSON.parse(stdout.slice(stdout.indexOf('{')));

      expect(outputs[name].safeParse(results[name]).error).toBeUndefined();
    },
    limitMs,
  );
});
