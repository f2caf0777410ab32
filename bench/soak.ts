import { type OpenLoadFigures, talkAsTheyCome } from './arrivalsLoad';
import { directLineSecret, ScratchFolder, startAssistant } from './assistantServer';
import type { Benchmark, BenchmarkOptions, BenchmarkResult } from './benchmark';
import { DirectLinePeer } from './directLinePeer';
import { questions } from './faqQuestions';
import { buildProbe, type Reading, ServerMemory, withProbe } from './serverMemory';
import { type Slope, slopeOf } from './soakSlope';
import { mib } from './socketsFigures';
import { figure } from './table';

/** Customers leave after some turns and others come, as over a day; tables with a bound are full after the warm-up. */
const plan = {
  perSecond: 100,
  conversations: 100,
  turnsEach: 20,
  minutes: 8,
  warmUpShare: 0.25,
  everyMs: 5_000,
};
const quickPlan: typeof plan = { ...plan, perSecond: 20, conversations: 4, minutes: 1 / 60, everyMs: 100 };
const longestMinutes = 24 * 60;

interface Sample extends Reading {
  /** Since the load began. */
  readonly minute: number;
}

/** Memory of the server under constant load for minutes or hours: `npm run bench -- soak 90` for 90 of them. */
export const soakBenchmark: Benchmark = {
  name: 'soak',
  purpose: 'memory of the server under a constant load for minutes, or for hours',
  timeLimitMs: (longestMinutes + 10) * 60_000,
  onlyByName: true,
  run: runSoak,
};

async function runSoak(options: BenchmarkOptions): Promise<BenchmarkResult> {
  const { perSecond, conversations, turnsEach, warmUpShare, everyMs, ...usual } = options.quick
    ? quickPlan
    : plan;
  const minutes = Math.min(longestMinutes, options.minutes ?? usual.minutes);
  const scratch = new ScratchFolder();
  const settings = withProbe(await buildProbe(options.root));
  const server = await startAssistant({ root: options.root, varDir: scratch.path, settings });
  const memory = new ServerMemory(scratch.path);
  const samples: Sample[] = [];
  let timer: NodeJS.Timeout | undefined;
  try {
    const peer = new DirectLinePeer('ours, Direct Line', server.pid, server.url, directLineSecret);
    const load = { perSecond, conversations, turnsEach, texts: questions };
    const warmUpMinutes = minutes * warmUpShare;
    await talkAsTheyCome(peer, { ...load, seconds: warmUpMinutes * 60, seed: 1 });
    const settledBefore = await memory.settled();
    const startedAtMs = performance.now();
    const minute = () => (performance.now() - startedAtMs) / 60_000;
    let looking: Promise<void> = Promise.resolve();
    timer = setInterval(() => {
      looking = memory.now().then(
        (reading) => void samples.push({ minute: minute(), ...reading }),
        // The load itself fails when the server is gone.
        () => undefined,
      );
    }, everyMs);
    const figures = await talkAsTheyCome(peer, {
      ...load,
      seconds: (minutes - warmUpMinutes) * 60,
      seed: 2,
    });
    clearInterval(timer);
    await looking;
    const settled = { before: settledBefore, after: await memory.settled(), minutes: minute() };
    return report(figures, samples, settled);
  } finally {
    clearInterval(timer);
    await server.stop();
    scratch.remove();
  }
}

function report(
  load: OpenLoadFigures,
  samples: readonly Sample[],
  settled: { readonly before: Reading; readonly after: Reading; readonly minutes: number },
): BenchmarkResult {
  const kibPerMinute = (bytesOf: (sample: Sample) => number): Slope =>
    slopeOf(samples.map((sample) => ({ x: sample.minute, y: bytesOf(sample) / 1024 })));
  const rss = kibPerMinute(({ rssBytes }) => rssBytes);
  const heap = kibPerMinute(({ heapUsedBytes }) => heapUsedBytes);
  const heapSettled = (settled.after.heapUsedBytes - settled.before.heapUsedBytes) / 1024 / settled.minutes;
  const row = (name: string, of: (reading: Reading) => number, slope: Slope) => {
    const values = samples.map(of);
    return [
      name,
      mib(Math.min(...values)),
      mib(Math.max(...values)),
      slope.perUnit.toFixed(0),
      `± ${(2 * slope.error).toFixed(0)}`,
    ];
  };
  return {
    figures: {
      load,
      rssKibPerMinute: rss,
      heapKibPerMinute: heap,
      heapSettledKibPerMinute: heapSettled,
      settled,
      samples,
    },
    tables: [
      {
        title: `${load.turns} turns, ${figure(load.turnsPerSecond)} a second; ${samples.length} samples`,
        header: ['', 'least MiB', 'most MiB', 'slope KiB/min', '95 %'],
        rows: [
          row('resident', ({ rssBytes }) => rssBytes, rss),
          row('heap, garbage included', ({ heapUsedBytes }) => heapUsedBytes, heap),
        ],
      },
    ],
    notes: [
      `Heap after garbage was collected: ${mib(settled.before.heapUsedBytes)} MiB after the warm-up, ${mib(settled.after.heapUsedBytes)} MiB at the end: ${heapSettled.toFixed(0)} KiB a minute; resident then: ${mib(settled.before.rssBytes)} and ${mib(settled.after.rssBytes)} MiB.`,
      `Turns: p50 ${figure(load.p50Ms)} ms, p99 ${figure(load.p99Ms)} ms, longest ${figure(load.longestMs)} ms, ${figure(load.cpuMsPerTurn)} ms of CPU each.`,
    ],
  };
}
