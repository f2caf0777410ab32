import { loadavg } from 'node:os';
import path from 'node:path';
import { startHangingCarrier } from './arrivalsCarrier';
import { type OpenLoadFigures, talkAsTheyCome } from './arrivalsLoad';
import { directLineSecret, ScratchFolder, startAssistant } from './assistantServer';
import { codeOnHandset, play, shortScript } from './balanceScript';
import { writeBenchData } from './benchLedger';
import type { Benchmark, BenchmarkOptions, BenchmarkResult } from './benchmark';
import type { Peer } from './conversation';
import { DirectLinePeer } from './directLinePeer';
import { questions } from './faqQuestions';
import { HttpClient } from './httpClient';
import { percentile } from './statistics';
import { figure } from './table';

const plan = { perSecond: 300, warmUpSeconds: 8, seconds: 15, rounds: 5, conversations: 150, owing: 40 };
const quickPlan: typeof plan = {
  perSecond: 20,
  warmUpSeconds: 0.3,
  seconds: 0.5,
  rounds: 1,
  conversations: 5,
  owing: 2,
};

const typingMs = 500;

/** FAQ turns that come when they come, alone and while the billing system behind us hangs. */
export const arrivalsBenchmark: Benchmark = {
  name: 'arrivals',
  purpose:
    'FAQ turns over Direct Line that come at 300 a second, and turns whose billing system hangs meanwhile',
  timeLimitMs: 300_000,
  onlyByName: true,
  run: runArrivals,
};

async function runArrivals(options: BenchmarkOptions): Promise<BenchmarkResult> {
  const { perSecond, warmUpSeconds, seconds, rounds, conversations, owing } = options.quick
    ? quickPlan
    : plan;
  const scratch = new ScratchFolder();
  const dataDir = path.join(scratch.path, 'data');
  const phones = writeBenchData(path.join(options.root, 'data'), dataDir, owing);
  const carrier = await startHangingCarrier(dataDir);
  const server = await startAssistant({
    root: options.root,
    varDir: scratch.path,
    dataDir,
    settings: { BILLING_PROVIDER: 'tmf678', TMF_BASE_URL: carrier.url },
  });
  const peer = new DirectLinePeer('ours, Direct Line', server.pid, server.url, directLineSecret);
  const load = { perSecond, seconds, conversations, texts: questions };
  try {
    await talkAsTheyCome(peer, { ...load, seconds: warmUpSeconds, seed: 0 });
    const alone: OpenLoadFigures[] = [];
    for (let round = 1; round <= rounds; round += 1)
      alone.push(await talkAsTheyCome(peer, { ...load, seed: round }));
    const [hung, besides] = await Promise.all([
      askForBalances(peer, server.url, phones, (seconds * 1_000) / owing),
      talkAsTheyCome(peer, { ...load, seed: rounds + 1 }),
    ]);
    return report({ perSecond, alone, besides, hung, leftWaiting: carrier.leftWaiting() });
  } finally {
    await Promise.all([server.stop(), carrier.close()]);
    scratch.remove();
  }
}

/**
 * Customers who verify their line, one after the other at even distances, and ask what they owe.
 * @returns how long each waited for the answer to the code, ms
 */
async function askForBalances(
  peer: Peer,
  url: string,
  phones: readonly string[],
  apartMs: number,
): Promise<number[]> {
  return Promise.all(
    phones.map(async (phone, place) => {
      await new Promise((resolve) => setTimeout(resolve, place * apartMs));
      const conversation = await peer.open();
      const http = new HttpClient(url);
      try {
        const played = await play(conversation, shortScript, phone, async (number) => {
          // People take a while, too: a handset that is looked at all the time would be a load of its own.
          await new Promise((resolve) => setTimeout(resolve, typingMs));
          return codeOnHandset(http, number);
        });
        if (!played.answer.includes('불러올 수 없어요'))
          throw new Error(`the billing system hangs, and the answer was: ${played.answer.slice(0, 200)}`);
        return played.latenciesMs.at(-1) ?? Number.NaN;
      } finally {
        http.close();
        conversation.end();
      }
    }),
  );
}

function report(measured: {
  readonly perSecond: number;
  readonly alone: readonly OpenLoadFigures[];
  readonly besides: OpenLoadFigures;
  readonly hung: readonly number[];
  readonly leftWaiting: number;
}): BenchmarkResult {
  const { perSecond, alone, besides, hung, leftWaiting } = measured;
  const hungMs = { p50Ms: percentile(hung, 50), p95Ms: percentile(hung, 95), longestMs: Math.max(...hung) };
  const cells = (name: string, one: OpenLoadFigures) => [
    name,
    figure(one.turnsPerSecond),
    figure(one.p50Ms),
    figure(one.p95Ms),
    figure(one.p99Ms),
    figure(one.longestMs),
    figure(one.cpuMsPerTurn),
    figure(one.waitedMsPerSecond),
  ];
  return {
    figures: { perSecond, alone, besides, hung: { turns: hung.length, ...hungMs, leftWaiting } },
    tables: [
      {
        title: `FAQ turns at ${perSecond} a second, as a Poisson process`,
        header: ['', 'turns/s', 'p50 ms', 'p95 ms', 'p99 ms', 'longest ms', 'CPU ms/turn', 'waited ms/s'],
        rows: [
          ...alone.map((one, round) => cells(`round ${round + 1}`, one)),
          cells('while billing hangs', besides),
        ],
      },
      {
        title: 'Turns that ask the hanging billing system',
        header: ['', 'turns', 'p50 ms', 'p95 ms', 'longest ms'],
        rows: [
          [
            'the answer to the code',
            String(hung.length),
            figure(hungMs.p50Ms),
            figure(hungMs.p95Ms),
            figure(hungMs.longestMs),
          ],
        ],
      },
    ],
    notes: [
      'A turn counts from when its customer came, waiting for a free customer included; the load generator is on the same machine.',
      'Waited: how long of each second the server was ready to run while other programs had the CPUs; what it waits, its customers wait.',
      `${leftWaiting} questions reached the hanging system; after some, the circuit answers for it.`,
      `Load average of the machine at the end: ${loadavg()
        .map((load) => load.toFixed(1))
        .join(', ')}.`,
    ],
  };
}
