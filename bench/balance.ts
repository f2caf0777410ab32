import path from 'node:path';
import { directLineSecret, ScratchFolder, startAssistant, startEchoBot } from './assistantServer';
import { codeOnHandset, type Line, longScript, type Played, play, shortScript } from './balanceScript';
import { writeBenchData } from './benchLedger';
import type { Benchmark, BenchmarkOptions, BenchmarkResult } from './benchmark';
import { ConnectorPeer } from './connectorPeer';
import { startConnectorStandIn } from './connectorStandIn';
import type { Peer } from './conversation';
import { cpuMsOf } from './cpuTime';
import { DirectLinePeer } from './directLinePeer';
import { HttpClient } from './httpClient';
import { runRounds } from './rounds';
import { median, percentile, type Spread, spreadOf } from './statistics';
import { figure, spreadFigure } from './table';

const scripts: readonly (readonly [string, readonly Line[]])[] = [
  ['balance in 3 turns', shortScript],
  ['balance in 8 turns', longScript],
];
const plan = { rounds: 4, conversations: 40, warmUp: 60 };
const quickPlan: typeof plan = { rounds: 1, conversations: 2, warmUp: 1 };

interface Round {
  readonly conversationsPerSecond: number;
  readonly msPerTurn: number;
  readonly cpuMsPerTurn: number | undefined;
  readonly played: readonly Played[];
}

/** Verified-balance conversations over Direct Line, one after the other, beside as many turns of the echo bot. */
export const balanceBenchmark: Benchmark = {
  name: 'balance',
  purpose: 'a verified-balance conversation over Direct Line, beside as many turns of the echo bot',
  run: runBalance,
};

async function runBalance(options: BenchmarkOptions): Promise<BenchmarkResult> {
  const startedAtMs = performance.now();
  const { rounds, conversations, warmUp } = options.quick ? quickPlan : plan;
  const scratch = new ScratchFolder();
  const dataDir = path.join(scratch.path, 'data');
  const needed = (rounds * conversations + warmUp) * scripts.length;
  const phones = writeBenchData(path.join(options.root, 'data'), dataDir, needed).values();
  const connector = await startConnectorStandIn();
  const echoBot = await startEchoBot(options.echoBot, scratch.path);
  const assistant = await startAssistant({ root: options.root, varDir: scratch.path, dataDir });
  const ours = new DirectLinePeer('ours, Direct Line', assistant.pid, assistant.url, directLineSecret);
  const echo = new ConnectorPeer('echo bot, connector', echoBot.pid, echoBot.url, connector);

  async function ourRound(script: readonly Line[], count: number): Promise<Round> {
    return playMany(ours, count, async (conversation) => {
      const phone = phones.next().value ?? '';
      const played = await play(conversation, script, phone, async (number) => {
        const http = new HttpClient(assistant.url);
        try {
          return await codeOnHandset(http, number);
        } finally {
          http.close();
        }
      });
      // The card names the line by its last digits; anything else would be an apology.
      if (!played.answer.includes(phone.slice(-4)))
        throw new Error(`no balance card came, but: ${played.answer.slice(0, 200)}`);
      return played;
    });
  }
  const echoRound = (script: readonly Line[], count: number) =>
    playMany(echo, count, (conversation) => play(conversation, script, '01000001001', async () => '123456'));

  try {
    for (const [, script] of scripts) {
      await ourRound(script, warmUp);
      await echoRound(script, warmUp);
    }
    const measured = scripts.map(([name, script]) => ({
      name,
      script,
      ours: [] as Round[],
      echo: [] as Round[],
    }));
    await runRounds(rounds, startedAtMs, async () => {
      for (const one of measured) {
        one.ours.push(await ourRound(one.script, conversations));
        one.echo.push(await echoRound(one.script, conversations));
      }
    });
    return report(measured, conversations);
  } finally {
    await Promise.all([echoBot.stop(), assistant.stop(), connector.close()]);
    scratch.remove();
  }
}

async function playMany(
  peer: Peer,
  count: number,
  converse: (conversation: Awaited<ReturnType<Peer['open']>>) => Promise<Played>,
): Promise<Round> {
  const played: Played[] = [];
  const cpuBefore = cpuMsOf(peer.pid);
  const startedAtMs = performance.now();
  for (let index = 0; index < count; index += 1) {
    const conversation = await peer.open();
    played.push(await converse(conversation));
    conversation.end();
  }
  const elapsedMs = performance.now() - startedAtMs;
  const cpuAfter = cpuMsOf(peer.pid);
  const latencies = played.flatMap(({ latenciesMs }) => latenciesMs);
  return {
    conversationsPerSecond: (count * 1000) / elapsedMs,
    msPerTurn: latencies.reduce((sum, ms) => sum + ms, 0) / latencies.length,
    cpuMsPerTurn:
      cpuBefore === undefined || cpuAfter === undefined
        ? undefined
        : (cpuAfter - cpuBefore) / latencies.length,
    played,
  };
}

function report(
  measured: readonly {
    name: string;
    script: readonly Line[];
    ours: readonly Round[];
    echo: readonly Round[];
  }[],
  conversations: number,
): BenchmarkResult {
  const scriptsMeasured = measured.map(({ name, script, ours, echo }) => ({
    name,
    turns: script.length,
    rounds: ours.length,
    conversations,
    ours: {
      ...summaryOf(ours),
      smsMs: median(ours.flatMap(({ played }) => played.map(({ smsMs }) => smsMs))),
    },
    echoBot: summaryOf(echo),
    /** How many times quicker a turn of ours is; below 1 it is slower. */
    timesEcho: spreadOf(
      ours.map(({ msPerTurn }, round) => (echo[round]?.msPerTurn ?? Number.NaN) / msPerTurn),
    ),
    steps: script.map((line, index) => {
      const latencies = ours.flatMap(({ played }) =>
        played.map(({ latenciesMs }) => latenciesMs[index] ?? 0),
      );
      return {
        step: 'say' in line ? line.say : line.give,
        p50Ms: percentile(latencies, 50),
        p99Ms: percentile(latencies, 99),
      };
    }),
  }));
  return {
    figures: { scripts: scriptsMeasured },
    tables: [
      ...scriptsMeasured.map(({ name, rounds, ours, echoBot, timesEcho }) => ({
        title: `${name}, ${rounds} x ${conversations} conversations one after the other`,
        header: ['', 'conversations/s', 'ms/turn', 'CPU ms/turn', 'SMS ms', 'turn speed x echo'],
        rows: [
          [
            'echo bot, connector',
            spreadFigure(echoBot.conversationsPerSecond),
            spreadFigure(echoBot.msPerTurn),
            spreadFigure(echoBot.cpuMsPerTurn),
            '-',
            '1',
          ],
          [
            'ours, Direct Line',
            spreadFigure(ours.conversationsPerSecond),
            spreadFigure(ours.msPerTurn),
            spreadFigure(ours.cpuMsPerTurn),
            figure(ours.smsMs),
            spreadFigure(timesEcho),
          ],
        ],
      })),
      ...scriptsMeasured.map(({ name, steps }) => ({
        title: `${name}, turn by turn`,
        header: ['', 'p50 ms', 'p99 ms'],
        rows: steps.map(({ step, p50Ms, p99Ms }) => [step, figure(p50Ms), figure(p99Ms)]),
      })),
    ],
    notes: [
      'Conversations/s and CPU include opening the conversation, its welcome and reading the code; ms/turn does not.',
      'The echo bot gets the same texts and verifies nobody.',
    ],
  };
}

function summaryOf(rounds: readonly Round[]): {
  conversationsPerSecond: Spread;
  msPerTurn: Spread;
  cpuMsPerTurn: Spread | undefined;
} {
  const cpu = rounds.map(({ cpuMsPerTurn }) => cpuMsPerTurn).filter((value) => value !== undefined);
  return {
    conversationsPerSecond: spreadOf(rounds.map(({ conversationsPerSecond }) => conversationsPerSecond)),
    msPerTurn: spreadOf(rounds.map(({ msPerTurn }) => msPerTurn)),
    cpuMsPerTurn: cpu.length === 0 ? undefined : spreadOf(cpu),
  };
}
