import path from 'node:path';
import { directLineSecret, ScratchFolder, startAssistant } from './assistantServer';
import type { Benchmark, BenchmarkOptions, BenchmarkResult } from './benchmark';
import type { Peer } from './conversation';
import { DirectLinePeer } from './directLinePeer';
import { questions } from './faqQuestions';
import { buildProbe, type Reading, ServerMemory, withProbe } from './serverMemory';
import { fillWithSleeping } from './sleepingStore';
import { mib } from './socketsFigures';

const plan = { few: 1_000, many: 100_000, warmUp: 300, live: [1_000, 2_000, 2_000] };
const quickPlan: typeof plan = { few: 10, many: 50, warmUp: 4, live: [4, 4] };
const inParallel = 16;

interface Step {
  readonly what: string;
  /** Conversations in the database. */
  readonly stored: number;
  readonly memory: Reading;
}

/** Memory of the server by the number of conversations that nobody talks in any more. */
export const sleepingBenchmark: Benchmark = {
  name: 'sleeping',
  purpose: 'memory of the server by the number of conversations that sleep in its database',
  timeLimitMs: 600_000,
  onlyByName: true,
  run: runSleeping,
};

async function runSleeping(options: BenchmarkOptions): Promise<BenchmarkResult> {
  const { few, many, warmUp, live } = options.quick ? quickPlan : plan;
  const probe = await buildProbe(options.root);
  const steps: Step[] = [];
  for (const stored of [few, many]) {
    const scratch = new ScratchFolder();
    try {
      await fillWithSleeping(path.join(scratch.path, 'assistant.db'), stored);
      const server = await startAssistant({
        root: options.root,
        varDir: scratch.path,
        settings: withProbe(probe),
      });
      try {
        const memory = new ServerMemory(scratch.path);
        const peer = new DirectLinePeer('ours', server.pid, server.url, directLineSecret);
        await haveTurns(peer, warmUp);
        steps.push({ what: `started on ${stored}, ${warmUp} turns`, stored, memory: await memory.settled() });
        if (stored !== many) continue;
        let had = stored;
        for (const count of live) {
          await haveTurns(peer, count);
          had += count;
          steps.push({ what: `then ${count} more, live`, stored: had, memory: await memory.settled() });
        }
      } finally {
        await server.stop();
      }
    } finally {
      scratch.remove();
    }
  }
  return report(steps);
}

/** Conversations that open, ask one thing, hear the answer, and go. */
async function haveTurns(peer: Peer, count: number): Promise<void> {
  let begun = 0;
  await Promise.all(
    Array.from({ length: inParallel }, async () => {
      while (begun < count) {
        begun += 1;
        const conversation = await peer.open();
        await conversation.say(questions[begun % questions.length] ?? '');
        conversation.end();
      }
    }),
  );
}

function report(steps: readonly Step[]): BenchmarkResult {
  const [few, many] = steps;
  const last = steps.at(-1);
  const before = steps.at(-2);
  const each = (from: Step | undefined, to: Step | undefined) =>
    from === undefined || to === undefined
      ? undefined
      : {
          heapBytes: (to.memory.heapUsedBytes - from.memory.heapUsedBytes) / (to.stored - from.stored),
          rssBytes: (to.memory.rssBytes - from.memory.rssBytes) / (to.stored - from.stored),
        };
  const perStored = each(few, many);
  const perLive = each(before, last);
  return {
    figures: { steps, perStored, perLive },
    tables: [
      {
        title: 'Memory after garbage has been collected',
        header: ['', 'conversations', 'RSS MiB', 'heap MiB', 'buffers MiB'],
        rows: steps.map(({ what, stored, memory }) => [
          what,
          String(stored),
          mib(memory.rssBytes),
          mib(memory.heapUsedBytes),
          mib(memory.externalBytes),
        ]),
      },
    ],
    notes: [
      `One more sleeping conversation: ${bytes(perStored?.heapBytes)} of heap, ${bytes(perStored?.rssBytes)} resident; of the last that were live: ${bytes(perLive?.heapBytes)} of heap.`,
      "Resident memory holds SQLite's page cache, 16 MB at most, which a larger database fills sooner.",
      'Tables with a bound (10,000 checked tokens, say) fill with the first thousands of live conversations.',
    ],
  };
}

function bytes(value: number | undefined): string {
  return value === undefined ? '-' : `${Math.round(value)} bytes`;
}
