import {
  directLineSecret,
  ScratchFolder,
  startAssistant,
  startBareServer,
  startEchoBot,
} from './assistantServer';
import type { Benchmark, BenchmarkOptions, BenchmarkResult } from './benchmark';
import { type Load, type LoadFigures, talkInLoop } from './closedLoop';
import { ConnectorPeer } from './connectorPeer';
import { startConnectorStandIn } from './connectorStandIn';
import type { Peer } from './conversation';
import { DirectLinePeer } from './directLinePeer';
import { plainQuestions } from './faqQuestions';
import { runRounds } from './rounds';
import { type Spread, spreadOf } from './statistics';
import { figure, spreadFigure, type Table } from './table';

const echoName = 'echo bot, connector';
const plan = {
  rounds: 6,
  warmUpTurns: 4,
  jitTurns: 500,
  loads: [
    { conversations: 1, turns: 200 },
    { conversations: 32, turns: 960 },
  ],
};
const quickPlan: typeof plan = {
  rounds: 1,
  warmUpTurns: 1,
  jitTurns: 2,
  loads: [
    { conversations: 1, turns: 4 },
    { conversations: 3, turns: 6 },
  ],
};
interface Measured {
  readonly conversations: number;
  readonly peer: string;
  readonly figures: LoadFigures;
}

/** FAQ turns a second of our server beside the plain echo bot, in alternation on the same machine. */
export const turnsBenchmark: Benchmark = {
  name: 'turns',
  purpose: 'an FAQ turn over Direct Line and over the Bot Connector, beside a plain echo bot',
  run: runTurns,
};

async function runTurns(options: BenchmarkOptions): Promise<BenchmarkResult> {
  const startedAtMs = performance.now();
  const { rounds, warmUpTurns, jitTurns, loads } = options.quick ? quickPlan : plan;
  const scratch = new ScratchFolder();
  const connector = await startConnectorStandIn();
  const echoBot = await startEchoBot(options.echoBot, scratch.path);
  const assistant = await startAssistant({ root: options.root, varDir: scratch.path });
  const bare = await startBareServer(options.bareServer, scratch.path);
  const directLine = new DirectLinePeer('ours, Direct Line', assistant.pid, assistant.url, directLineSecret);
  const viaConnector = new ConnectorPeer('ours, connector', assistant.pid, assistant.url, connector);
  const echo = new ConnectorPeer(echoName, echoBot.pid, echoBot.url, connector);
  const floor = new DirectLinePeer('no bot, HTTP and WebSocket', bare.pid, bare.url, 'none');
  const peers = [echo, directLine, viaConnector, floor];
  try {
    await checkAnswers(directLine);
    await checkAnswers(viaConnector);
    for (const peer of peers)
      await talkInLoop(peer, { conversations: 2, turns: jitTurns, warmUpTurns: 0, texts: plainQuestions });
    const measured: Measured[] = [];
    await runRounds(rounds, startedAtMs, async () => {
      for (const { conversations, turns } of loads) {
        const load: Load = { conversations, turns, warmUpTurns, texts: plainQuestions };
        for (const peer of peers) {
          measured.push({ conversations, peer: peer.name, figures: await talkInLoop(peer, load) });
        }
      }
    });
    return report(measured, loads, peers);
  } finally {
    await Promise.all([echoBot.stop(), bare.stop(), assistant.stop(), connector.close()]);
    scratch.remove();
  }
}

/**
 * An apology or a "did you mean" is quicker than an answer: make sure that answers are measured, and each as the answer
 * to its question.
 */
async function checkAnswers(peer: Peer): Promise<void> {
  const conversation = await peer.open();
  const ask = async () => {
    const answers: string[] = [];
    for (const question of plainQuestions) answers.push((await conversation.say(question)).words);
    return answers;
  };
  const first = await ask();
  const again = await ask();
  conversation.end();
  if (new Set(first).size < plainQuestions.length)
    throw new Error('the assistant does not tell the questions of this benchmark apart');
  if (again.some((answer, at) => answer !== first[at]))
    throw new Error('a question of this benchmark is answered with more than one message');
}

function report(
  measured: readonly Measured[],
  loads: readonly { conversations: number; turns: number }[],
  peers: readonly Peer[],
): BenchmarkResult {
  const perLoad = loads.map(({ conversations, turns }) => {
    const of = (peer: string) =>
      measured
        .filter((one) => one.conversations === conversations && one.peer === peer)
        .map(({ figures }) => figures);
    const echo = of(echoName);
    return {
      conversations,
      turns,
      rounds: echo.length,
      peers: peers.map(({ name }) => ({
        name,
        ...summaryOf(of(name)),
        timesEcho: name === echoName ? undefined : ratiosOf(of(name), echo),
      })),
    };
  });
  return {
    figures: { loads: perLoad },
    tables: perLoad.map(tableOf),
    notes: [
      'Medians over the rounds, lowest and highest in brackets; the rounds alternate between the bots.',
      'Ours recognises, answers from the knowledge base and commits to disk before it replies; the echo bot does none of it.',
      'No bot: what restify and a WebSocket reach that answer at once with a fixed text and keep nothing.',
      'x echo compares within a round: turns a second (higher is better), p99 and CPU (lower is better).',
    ],
  };
}

type Metric = keyof LoadFigures;
const metrics: readonly Metric[] = ['turnsPerSecond', 'p50Ms', 'p95Ms', 'p99Ms', 'cpuMsPerTurn'];
type Summary = Readonly<Record<Metric, Spread | undefined>>;

function summaryOf(runs: readonly LoadFigures[]): Summary {
  return over((metric) => runs.map((run) => run[metric]));
}

/** Round by round, so that what slows the whole machine for a while cancels out. */
function ratiosOf(runs: readonly LoadFigures[], echo: readonly LoadFigures[]): Summary {
  return over((metric) =>
    runs.map((run, round) => {
      const [mine, theirs] = [run[metric], echo[round]?.[metric]];
      return mine === undefined || theirs === undefined || theirs === 0 ? undefined : mine / theirs;
    }),
  );
}

function over(valuesOf: (metric: Metric) => readonly (number | undefined)[]): Summary {
  const spread = (metric: Metric) => {
    const values = valuesOf(metric).filter((value) => value !== undefined);
    return values.length === 0 ? undefined : spreadOf(values);
  };
  const [turnsPerSecond, p50Ms, p95Ms, p99Ms, cpuMsPerTurn] = metrics.map(spread);
  return { turnsPerSecond, p50Ms, p95Ms, p99Ms, cpuMsPerTurn };
}

function tableOf({
  conversations,
  turns,
  rounds,
  peers,
}: {
  conversations: number;
  turns: number;
  rounds: number;
  peers: readonly (Summary & { name: string; timesEcho: Summary | undefined })[];
}): Table {
  const many = conversations === 1 ? '1 conversation' : `${conversations} conversations in parallel`;
  return {
    title: `FAQ turns, ${many}, ${rounds} x ${turns} turns`,
    header: [
      '',
      'turns/s',
      'p50 ms',
      'p95 ms',
      'p99 ms',
      'CPU ms/turn',
      'turns/s x echo',
      'p99 x echo',
      'CPU x echo',
    ],
    rows: peers.map(({ name, timesEcho, ...own }) => [
      name,
      spreadFigure(own.turnsPerSecond),
      figure(own.p50Ms?.median),
      figure(own.p95Ms?.median),
      spreadFigure(own.p99Ms),
      spreadFigure(own.cpuMsPerTurn),
      ...(timesEcho === undefined
        ? ['1', '1', '1']
        : [timesEcho.turnsPerSecond, timesEcho.p99Ms, timesEcho.cpuMsPerTurn].map(spreadFigure)),
    ]),
  };
}
