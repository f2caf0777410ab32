import { poissonArrivals } from './arrivalsPlan';
import { waitedForCpuMsOf } from './arrivalsWait';
import type { Conversation, Peer } from './conversation';
import { cpuMsOf } from './cpuTime';
import { percentile } from './statistics';

export interface OpenLoad {
  /** Turns a second on average, whether the server keeps up or not. */
  readonly perSecond: number;
  readonly seconds: number;
  /** Customers who talk in turn; one who has no answer yet says nothing else meanwhile. */
  readonly conversations: number;
  /** A customer leaves after so many turns and a new one comes; without it they stay. */
  readonly turnsEach?: number;
  /** What is said, in turn. */
  readonly texts: readonly string[];
  readonly seed: number;
}

export interface OpenLoadFigures {
  readonly turns: number;
  readonly turnsPerSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly longestMs: number;
  /** CPU time of the bot's process for one turn, ms; undefined where the system does not tell. */
  readonly cpuMsPerTurn: number | undefined;
  /** Of each second, how long the bot was ready to run and other programs had the CPUs, ms. */
  readonly waitedMsPerSecond: number | undefined;
}

/**
 * Talks to a bot in an open loop: people come when they come. A turn's time counts from when its customer came, so
 * that a server that falls behind shows it (no coordinated omission).
 * @throws Error when a turn gets no answer
 */
export async function talkAsTheyCome(peer: Peer, load: OpenLoad): Promise<OpenLoadFigures> {
  const crowd = new Crowd(peer, load);
  await crowd.gather();
  try {
    const cpuBefore = cpuMsOf(peer.pid);
    const waitedBefore = waitedForCpuMsOf(peer.pid);
    const startedAtMs = performance.now();
    for (const afterMs of poissonArrivals(load.perSecond, load.seconds, load.seed)) {
      const dueAtMs = startedAtMs + afterMs;
      const earlyMs = dueAtMs - performance.now();
      if (earlyMs > 0) await new Promise((resolve) => setTimeout(resolve, earlyMs));
      crowd.come(dueAtMs);
      if (crowd.failure !== undefined) throw crowd.failure;
    }
    await crowd.answered();
    const seconds = (performance.now() - startedAtMs) / 1_000;
    const cpu = difference(cpuBefore, cpuMsOf(peer.pid));
    const waited = difference(waitedBefore, waitedForCpuMsOf(peer.pid));
    const { latenciesMs } = crowd;
    return {
      turns: latenciesMs.length,
      turnsPerSecond: latenciesMs.length / seconds,
      p50Ms: percentile(latenciesMs, 50),
      p95Ms: percentile(latenciesMs, 95),
      p99Ms: percentile(latenciesMs, 99),
      longestMs: percentile(latenciesMs, 100),
      cpuMsPerTurn: cpu === undefined ? undefined : cpu / latenciesMs.length,
      waitedMsPerSecond: waited === undefined ? undefined : waited / seconds,
    };
  } finally {
    crowd.leave();
  }
}

function difference(before: number | undefined, after: number | undefined): number | undefined {
  return before === undefined || after === undefined ? undefined : after - before;
}

interface Customer {
  conversation: Conversation;
  turns: number;
}

/** Customers and who of them is free. */
class Crowd {
  readonly latenciesMs: number[] = [];
  failure: Error | undefined;
  /** First come, first served: a connection rests equally long everywhere, and never so long that it is closed. */
  private readonly free: Customer[] = [];
  private readonly waiting: number[] = [];
  private readonly busy = new Set<Promise<void>>();
  private readonly all = new Set<Customer>();
  private said = 0;

  constructor(
    private readonly peer: Peer,
    private readonly load: OpenLoad,
  ) {}

  async gather(): Promise<void> {
    const inParallel = Math.min(16, this.load.conversations);
    await Promise.all(
      Array.from({ length: inParallel }, async () => {
        while (this.all.size < this.load.conversations) {
          const customer: Customer = { conversation: nobody, turns: 0 };
          this.all.add(customer);
          customer.conversation = await this.peer.open();
          this.free.push(customer);
        }
      }),
    );
  }

  come(dueAtMs: number): void {
    this.waiting.push(dueAtMs);
    this.next();
  }

  /** Resolves when everybody who came has an answer. @throws Error when one has not */
  async answered(): Promise<void> {
    while (this.busy.size > 0 && this.failure === undefined) await Promise.race(this.busy);
    if (this.failure !== undefined) throw this.failure;
  }

  leave(): void {
    for (const { conversation } of this.all) conversation.end();
  }

  private next(): void {
    const customer = this.waiting.length === 0 ? undefined : this.free.shift();
    const dueAtMs = customer === undefined ? undefined : this.waiting.shift();
    if (customer === undefined || dueAtMs === undefined) return;
    const turn = this.talk(customer, dueAtMs)
      .catch((error: unknown) => {
        this.failure ??= error instanceof Error ? error : new Error(String(error));
      })
      .finally(() => {
        this.busy.delete(turn);
        if (this.failure === undefined) this.next();
      });
    this.busy.add(turn);
  }

  private async talk(customer: Customer, dueAtMs: number): Promise<void> {
    const { texts, turnsEach = Number.POSITIVE_INFINITY } = this.load;
    this.said += 1;
    const waitedMs = performance.now() - dueAtMs;
    const { latencyMs } = await customer.conversation.say(texts[this.said % texts.length] ?? '');
    this.latenciesMs.push(waitedMs + latencyMs);
    customer.turns += 1;
    if (customer.turns >= turnsEach) {
      customer.conversation.end();
      customer.conversation = await this.peer.open();
      customer.turns = 0;
    }
    this.free.push(customer);
  }
}

const nobody: Conversation = {
  say: () => Promise.reject(new Error('the conversation has not begun')),
  end: () => undefined,
};
