import type { Peer } from './conversation';
import { cpuMsOf } from './cpuTime';
import { percentile } from './statistics';

export interface Load {
  /** Conversations that talk at the same time, one message each in flight. */
  readonly conversations: number;
  /** Measured turns over all conversations. */
  readonly turns: number;
  /** Turns of each conversation before the clock starts. */
  readonly warmUpTurns: number;
  /** What is said, in turn. */
  readonly texts: readonly string[];
}

export interface LoadFigures {
  readonly turnsPerSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** CPU time of the bot's process for one turn, ms; undefined where the system does not tell. */
  readonly cpuMsPerTurn: number | undefined;
}

/** Talks to a bot in a closed loop: every conversation says the next thing as soon as it has its answer. */
export async function talkInLoop(peer: Peer, load: Load): Promise<LoadFigures> {
  const conversations = await Promise.all(Array.from({ length: load.conversations }, () => peer.open()));
  try {
    let next = 0;
    const text = () => {
      next += 1;
      return load.texts[next % load.texts.length] ?? '';
    };
    await Promise.all(
      conversations.map(async (conversation) => {
        for (let turn = 0; turn < load.warmUpTurns; turn += 1) await conversation.say(text());
      }),
    );
    const latenciesMs: number[] = [];
    let left = load.turns;
    const cpuBefore = cpuMsOf(peer.pid);
    const startedAtMs = performance.now();
    await Promise.all(
      conversations.map(async (conversation) => {
        while (left > 0) {
          left -= 1;
          latenciesMs.push((await conversation.say(text())).latencyMs);
        }
      }),
    );
    const seconds = (performance.now() - startedAtMs) / 1000;
    const cpuAfter = cpuMsOf(peer.pid);
    return {
      turnsPerSecond: latenciesMs.length / seconds,
      p50Ms: percentile(latenciesMs, 50),
      p95Ms: percentile(latenciesMs, 95),
      p99Ms: percentile(latenciesMs, 99),
      cpuMsPerTurn:
        cpuBefore === undefined || cpuAfter === undefined
          ? undefined
          : (cpuAfter - cpuBefore) / latenciesMs.length,
    };
  } finally {
    for (const conversation of conversations) conversation.end();
  }
}
