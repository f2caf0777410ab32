import type { TurnStore } from '../services/turn/turnStore';
import { median, percentile } from './statistics';
import type { StoredDatabase } from './storedDatabase';
import { firstFilled } from './storedFilling';
import type { StoredScript, StoredTurn } from './storedScript';
import { conversationIdOf, runTurn, turnFor } from './storedTurn';

/** Turns of each kind before the clock starts. */
const unmeasured = 30;
const blockTurns = 40;

export const kinds = ['faq', 'number', 'code'] as const;
export type Kind = (typeof kinds)[number];

/** The cost of one kind of turn; all but the first two are means, of all turns together. */
export interface TurnCost {
  readonly medianMicros: number;
  readonly p95Micros: number;
  readonly cpuHereMicros: number;
  readonly cpuServerMicros: number | undefined;
  readonly walBytes: number | undefined;
  /** What the database's files grow by. */
  readonly storedBytes: number;
}

/** A kind of turn in the database that grows, and beside it, in the same seconds, in a small one. */
export interface ComparedCost extends TurnCost {
  readonly beside: TurnCost;
  /** How many times the small one's. */
  readonly timesMedian: number;
  readonly timesCpu: number;
}

/** Picks conversations all over, the same ones in every run. */
export class Picks {
  private state: bigint;

  /** @param conversations how many there are */
  constructor(
    private readonly conversations: number,
    seed: number,
  ) {
    this.state = BigInt(seed) + 1n;
  }

  next(): number {
    // A linear congruential generator of 64 bits, of which the high ones are good (Knuth's MMIX).
    this.state = BigInt.asUintN(64, this.state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n);
    return firstFilled + Number((this.state >> 33n) % BigInt(this.conversations));
  }
}

/** Runs turns; no two share a serial. */
export class Turns {
  private serial = 1_000;

  constructor(private readonly script: StoredScript) {}

  prepare(kind: Kind, conversation: number) {
    this.serial += 1;
    return turnFor(this.script, this.script[kind], conversationIdOf(conversation), this.serial);
  }

  /** What somebody said whose turn has not run. */
  question(conversation: number): StoredTurn['accept'] {
    return this.prepare('faq', conversation).accept;
  }
}

/** A database that turns are measured in. */
export interface Subject {
  readonly database: StoredDatabase;
  /** Numbered from `firstFilled`. */
  readonly conversations: number;
  readonly turns: Turns;
}

/** A subject with a store on it, and the conversations that take turns. */
export interface Side extends Subject {
  readonly store: TurnStore;
  readonly chosen: readonly number[];
}

export function sideOf(subject: Subject, store: TurnStore, count: number): Side {
  const picks = new Picks(subject.conversations, subject.conversations);
  return { ...subject, store, chosen: Array.from({ length: unmeasured + count }, () => picks.next()) };
}

/** Runs turns until the program has compiled what it runs often: else the first size would pay for that. */
export async function warmUp(subject: Subject, count: number): Promise<void> {
  const store = await subject.database.open();
  try {
    const { chosen } = sideOf(subject, store, count);
    for (const kind of kinds)
      for (const conversation of chosen) await runTurn(store, subject.turns.prepare(kind, conversation));
  } finally {
    await store.close();
  }
}

/** A block of turns in the one, a block in the other: whatever else the machine does falls on both. */
export async function compare([small, grown]: readonly [Side, Side], kind: Kind): Promise<ComparedCost> {
  const one = await TurnMeter.start(small, kind);
  const other = await TurnMeter.start(grown, kind);
  for (let blocks = 0; one.left || other.left; blocks += 1) {
    // What the first of two leaves to be flushed, the second waits for.
    const order = blocks % 2 === 0 ? [one, other] : [other, one];
    for (const meter of order) await meter.block();
  }
  const beside = await one.cost();
  const cost = await other.cost();
  const cpu = ({ cpuHereMicros, cpuServerMicros = 0 }: TurnCost) => cpuHereMicros + cpuServerMicros;
  return {
    ...cost,
    beside,
    timesMedian: cost.medianMicros / beside.medianMicros,
    timesCpu: cpu(cost) / cpu(beside),
  };
}

/** Runs one kind of turn in blocks and adds up what they cost. */
class TurnMeter {
  private readonly micros: number[] = [];
  private hereMs = 0;
  private serverMs: number | undefined = 0;
  private walBytes: number | undefined = 0;

  private constructor(
    private readonly side: Side,
    private readonly prepared: StoredTurn[],
    private readonly bytesBefore: number,
  ) {}

  static async start(side: Side, kind: Kind): Promise<TurnMeter> {
    const prepared = side.chosen.map((conversation) => side.turns.prepare(kind, conversation));
    for (const turn of prepared.splice(0, unmeasured)) await runTurn(side.store, turn);
    return new TurnMeter(side, prepared, await side.database.bytes());
  }

  get left(): boolean {
    return this.prepared.length > 0;
  }

  async block(): Promise<void> {
    const { database, store } = this.side;
    const walBefore = await database.walBytes();
    const before = await database.cpu();
    for (const turn of this.prepared.splice(0, blockTurns)) {
      const begunMs = performance.now();
      await runTurn(store, turn);
      this.micros.push((performance.now() - begunMs) * 1_000);
    }
    const after = await database.cpu();
    this.hereMs += after.hereMs - before.hereMs;
    this.serverMs = added(this.serverMs, before.serverMs, after.serverMs);
    this.walBytes = added(this.walBytes, walBefore, await database.walBytes());
  }

  async cost(): Promise<TurnCost> {
    const turns = this.micros.length;
    const grownBy = (await this.side.database.bytes()) - this.bytesBefore;
    return {
      medianMicros: median(this.micros),
      p95Micros: percentile(this.micros, 95),
      cpuHereMicros: (this.hereMs * 1_000) / turns,
      cpuServerMicros: this.serverMs === undefined ? undefined : (this.serverMs * 1_000) / turns,
      walBytes: this.walBytes === undefined ? undefined : this.walBytes / turns,
      storedBytes: grownBy / turns,
    };
  }
}

function added(sum: number | undefined, from: number | undefined, to: number | undefined) {
  return sum === undefined || from === undefined || to === undefined ? undefined : sum + to - from;
}
