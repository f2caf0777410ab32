import type { Activity, TurnContext } from 'botbuilder';
import type { Clock } from '../services/clock';
import { AppError, QueueFullError, StoreUnavailableError } from '../services/errors';
import type { Randomness } from '../services/randomness';
import type { InboundActivity } from '../services/turn/inboundActivity';
import {
  conversationKey,
  type InboundTurn,
  type SubmittedTurn,
  type TurnIntake,
} from '../services/turn/turnIntake';
import type { JsonActivity, LoggedActivity, PendingTurn, TurnStore } from '../services/turn/turnStore';
import type { TurnTransaction } from '../services/turn/turnTransaction';
import type { ActivityFeed } from './activityFeed';
import {
  conversationHead,
  echoOf,
  eraseResidentNumbersIn,
  idempotencyKeyOf,
  type SealedTurn,
  sdkActivity,
} from './inboundTurn';
import type { Log } from './log';
import { RecordTransaction } from './recordTransaction';
import type { Sealer } from './sealer';
import type { TurnAdapter } from './turnAdapter';

/** What a turn does with a message. `apologise` speaks for a turn that could not be finished. */
export interface TurnLogic {
  takeTurn(context: TurnContext, tx: TurnTransaction, facts: TurnFacts): Promise<void>;
  apologise(context: TurnContext, error: unknown): Promise<void>;
}

export interface TurnFacts {
  readonly activity: InboundActivity;
  /** A resident registration number was in the message; it was erased before anything was stored. */
  readonly residentNumberErased: boolean;
}

export interface TurnRunnerOptions {
  readonly store: TurnStore;
  readonly adapter: TurnAdapter;
  readonly logic: TurnLogic;
  readonly feed: ActivityFeed;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
  /** Called after a commit that put something into the outbox. */
  readonly onOutbox: () => void;
  /** A turn that takes longer is given up with an apology. Default 10 s. */
  readonly turnTimeoutMs?: number;
}

const maxAttempts = 5;

/**
 * The turn is a transaction: an activity is durable before it is acknowledged; each conversation runs one
 * turn at a time in order of acceptance; state, log and outbox commit together; replies leave afterwards.
 * A turn that loses a compare-and-set runs again from fresh state.
 */
export class TurnRunner implements TurnIntake {
  private readonly running = new Map<string, { again: boolean }>();
  private readonly waiting = new Map<string, ((replies: readonly JsonActivity[]) => void)[]>();
  private readonly retries = new Set<NodeJS.Timeout>();
  private stopping = false;
  private idle: (() => void) | undefined;

  constructor(private readonly options: TurnRunnerOptions) {}

  /** Picks up turns that were accepted but not finished before the last stop. */
  async resume(): Promise<void> {
    for (const key of await this.options.store.pendingConversations()) this.schedule(key);
  }

  async submit(inbound: InboundTurn): Promise<SubmittedTurn> {
    const { store, sealer, clock, randomness, feed } = this.options;
    const key = conversationKey(inbound.channelId, inbound.conversationId);
    const { activity, erased } = eraseResidentNumbersIn(inbound.activity);
    const activityId = randomness.uuid();
    const receivedAtMs = clock.now();
    const sealed: SealedTurn = {
      activity,
      residentNumberErased: erased,
      echo: inbound.echo,
      delivery: inbound.delivery,
    };
    const echo = inbound.echo ? echoOf(inbound.channelId, activity, activityId, receivedAtMs) : undefined;
    const accepted = await store.accept({
      conversation: conversationHead(key, inbound, receivedAtMs),
      idempotencyKey: idempotencyKeyOf(activity) ?? `own:${activityId}`,
      sealedActivity: sealer.seal(JSON.stringify(sealed)),
      activityId,
      echo,
      receivedAtMs,
    });
    if (accepted.status === 'queueFull')
      throw new QueueFullError('too many unfinished messages in this conversation');
    if (accepted.status === 'duplicate') {
      const replies = () => this.repliesOf(key, accepted.ticket, accepted.done);
      return { activityId: accepted.activityId, duplicate: true, replies };
    }
    if (echo !== undefined && accepted.echoSeq !== undefined) {
      feed.publish(key, [{ seq: accepted.echoSeq, ticket: accepted.ticket, activity: echo }]);
    }
    this.schedule(key);
    return { activityId, duplicate: false, replies: () => this.repliesOf(key, accepted.ticket, false) };
  }

  subscribe(key: string, listener: (entries: readonly LoggedActivity[]) => void): () => void {
    return this.options.feed.subscribe(key, listener);
  }

  /** Finishes the turns that run now; what is still queued stays in the inbox for the next start. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const timer of this.retries) clearTimeout(timer);
    if (this.running.size > 0)
      await new Promise<void>((resolve) => {
        this.idle = resolve;
      });
  }

  private async repliesOf(key: string, ticket: number, done: boolean): Promise<readonly JsonActivity[]> {
    // Listen first, then look: the turn may commit between the two.
    const id = `${key}#${ticket}`;
    let waiter: ((replies: readonly JsonActivity[]) => void) | undefined;
    const later = new Promise<readonly JsonActivity[]>((resolve) => {
      waiter = resolve;
      this.waiting.set(id, [...(this.waiting.get(id) ?? []), resolve]);
    });
    if (!done && (await this.isPending(key, ticket))) return later;
    const others = (this.waiting.get(id) ?? []).filter((other) => other !== waiter);
    if (others.length > 0) this.waiting.set(id, others);
    else this.waiting.delete(id);
    return (await this.options.store.repliesOf(key, ticket)).map((entry) => entry.activity);
  }

  private async isPending(key: string, ticket: number): Promise<boolean> {
    const next = await this.options.store.nextPending(key);
    return next !== undefined && next.ticket <= ticket;
  }

  private schedule(key: string): void {
    if (this.stopping) return;
    const state = this.running.get(key);
    if (state !== undefined) {
      state.again = true;
      return;
    }
    const fresh = { again: false };
    this.running.set(key, fresh);
    this.drain(key, fresh)
      .catch((error: unknown) => this.retryLater(key, error))
      .finally(() => {
        this.running.delete(key);
        if (fresh.again) this.schedule(key);
        if (this.running.size === 0) this.idle?.();
      });
  }

  private async drain(key: string, state: { again: boolean }): Promise<void> {
    while (!this.stopping) {
      state.again = false;
      const pending = await this.options.store.nextPending(key);
      if (pending === undefined) {
        if (state.again) continue;
        return;
      }
      await this.runTurn(key, pending);
    }
  }

  /** The store is down: the turn stays in the inbox and is tried again. */
  private retryLater(key: string, error: unknown): void {
    this.options.log.error({ conversation: key, code: codeOf(error) }, 'turn postponed: store unavailable');
    const timer = setTimeout(() => {
      this.retries.delete(timer);
      this.schedule(key);
    }, 1_000);
    timer.unref();
    this.retries.add(timer);
  }

  private async runTurn(key: string, pending: PendingTurn): Promise<void> {
    const { store, sealer, clock, feed, log } = this.options;
    const turn: SealedTurn = JSON.parse(sealer.open(pending.sealedActivity));
    const activity = sdkActivity(pending, turn.activity);
    const replyToId = turn.echo || turn.delivery === 'connector' ? pending.activityId : undefined;
    for (let attempt = 1; ; attempt += 1) {
      const { replies, tx } = await this.attempt(key, activity, replyToId, turn, attempt > maxAttempts);
      if (turn.delivery === 'connector' && replies.length > 0) {
        const payload = { conversationKey: key, ticket: pending.ticket };
        tx.enqueue({ key: `connector/${key}/${pending.ticket}`, kind: 'connector', payload });
      }
      const result = await store.commit({
        conversationKey: key,
        ticket: pending.ticket,
        records: tx.recordWrites(),
        replies,
        outbox: tx.outbox(),
        committedAtMs: clock.now(),
      });
      if (result.status === 'conflict') {
        log.info({ conversation: key, attempt }, 'turn lost a compare-and-set, running it again');
        continue;
      }
      const { ticket } = pending;
      if (result.status === 'committed') {
        feed.publish(
          key,
          replies.map((reply, index) => ({ seq: result.seqs[index] ?? 0, ticket, activity: reply })),
        );
        if (tx.outbox().length > 0) this.options.onOutbox();
      }
      this.settle(key, ticket, replies);
      return;
    }
  }

  /** Runs the logic once on a fresh transaction; a failure turns into an apology that changes nothing else. */
  private async attempt(
    key: string,
    activity: Partial<Activity>,
    replyToId: string | undefined,
    turn: SealedTurn,
    exhausted: boolean,
  ): Promise<{ replies: JsonActivity[]; tx: RecordTransaction }> {
    const { store, adapter, logic, clock, log } = this.options;
    const tx = new RecordTransaction(store, clock.now());
    try {
      if (exhausted) throw new StoreUnavailableError('the turn kept losing its compare-and-set');
      const facts = { activity: turn.activity, residentNumberErased: turn.residentNumberErased };
      const run = adapter.run(activity, replyToId, (context) => logic.takeTurn(context, tx, facts));
      return { replies: await this.withinTime(run), tx };
    } catch (error) {
      if (error instanceof StoreUnavailableError && !exhausted) throw error;
      log.error({ conversation: key, code: codeOf(error), err: errorName(error) }, 'turn failed');
      const replies = await adapter.run(activity, replyToId, (context) => logic.apologise(context, error));
      return { replies, tx: new RecordTransaction(store, clock.now()) };
    }
  }

  private async withinTime<T>(work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new TurnTimeoutError('the turn took too long')),
        this.options.turnTimeoutMs ?? 10_000,
      );
    });
    try {
      return await Promise.race([work, limit]);
    } finally {
      clearTimeout(timer);
    }
  }

  private settle(key: string, ticket: number, replies: readonly JsonActivity[]): void {
    const id = `${key}#${ticket}`;
    for (const resolve of this.waiting.get(id) ?? []) resolve(replies);
    this.waiting.delete(id);
  }
}

class TurnTimeoutError extends AppError {
  readonly code = 'TurnTimeout';
}

function codeOf(error: unknown): string {
  return error instanceof AppError ? error.code : 'Unexpected';
}

/** Class and place of an error, without its message: that may quote what the customer typed. */
function errorName(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const place = error.stack?.split('\n').find((line) => line.trim().startsWith('at '));
  return `${error.name} ${place?.trim() ?? ''}`;
}
