import type { Clock } from '../services/clock';
import { codeOf } from '../services/errors';
import type { JournalEntry } from '../services/journal/journal';
import { type PresentWork, spend, within, workIn } from '../services/trace/presentWork';
import { parseTraceparent } from '../services/trace/traceContext';
import type { Span, Tracer } from '../services/trace/tracer';
import type { PendingTurn } from '../services/turn/turnStore';
import type { SealedTurn } from './inboundTurn';
import type { Log } from './log';

/** How one run of a turn ended. Only counts and names from the code: no text, no ids. */
export interface TurnObservation {
  readonly channelId: string;
  /** 'doneElsewhere': another process had finished it. 'postponed': the store failed; it runs again. */
  readonly outcome: 'answered' | 'apologised' | 'doneElsewhere' | 'postponed';
  /** Milliseconds: waiting since acceptance, understanding, all else of the logic, writing. */
  readonly ms: {
    readonly queued: number;
    readonly recognise: number;
    readonly dialog: number;
    readonly commit: number;
  };
  /** What the turn wrote into journals, audit events among it. */
  readonly journal: readonly JournalEntry[];
}

export interface TurnWatchOptions {
  readonly tracer: Tracer;
  readonly clock: Clock;
  readonly log: Log;
  readonly onTurn?: (turn: TurnObservation) => void;
}

/** Follows one run of a turn: its place in the message's trace, where its time goes, how it ends. */
export class TurnWatch {
  private readonly span: Span;
  private readonly work: PresentWork;
  private readonly queuedMs: number;
  private ended = false;

  constructor(
    private readonly options: TurnWatchOptions,
    private readonly pending: PendingTurn,
    turn: Pick<SealedTurn, 'traceparent'>,
  ) {
    this.queuedMs = Math.max(0, options.clock.now() - pending.receivedAtMs);
    this.span = options.tracer.begin('turn', 'consumer', parseTraceparent(turn.traceparent));
    this.work = workIn(this.span.trace);
  }

  /** One part of the turn: a span of its own, and a share of its time. */
  async phase<T>(name: 'dialog' | 'commit', run: () => Promise<T>): Promise<T> {
    const span = this.options.tracer.begin(name, 'internal', this.span.trace);
    try {
      const result = await spend(name, run);
      span.end();
      return result;
    } catch (error) {
      span.end({}, codeOf(error));
      throw error;
    }
  }

  /** Runs the turn within its trace. What it throws is thrown on. */
  async run(work: () => Promise<void>): Promise<void> {
    await within(this.work, async () => {
      try {
        await work();
      } catch (error) {
        this.end('postponed', [], codeOf(error));
        throw error;
      }
    });
  }

  /** The turn's commit is over. */
  end(outcome: TurnObservation['outcome'], journal: readonly JournalEntry[], failure?: string): void {
    if (this.ended) return;
    this.ended = true;
    const { conversation, ticket } = this.pending;
    const spent = (phase: string) => this.work.spentMs.get(phase) ?? 0;
    const recognise = spent('recognise');
    const ms = {
      queued: this.queuedMs,
      recognise: rounded(recognise),
      dialog: rounded(Math.max(0, spent('dialog') - recognise)),
      commit: rounded(spent('commit')),
    };
    this.span.end({ outcome, channel: conversation.channelId, queuedMs: ms.queued }, failure);
    this.options.onTurn?.({ channelId: conversation.channelId, outcome, ms, journal });
    const facts = { conversation: conversation.key, ticket, outcome, ms };
    if (failure === undefined) this.options.log.info(facts, 'turn done');
    else this.options.log.info({ ...facts, code: failure }, 'turn not finished; it will be tried again');
  }
}

/** Microseconds are enough. */
function rounded(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}
