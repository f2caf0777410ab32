import type { Clock } from '../services/clock';
import { ConversationErasedError, codeOf, QueueFullError, StoreUnavailableError } from '../services/errors';
import type { Randomness } from '../services/randomness';
import { beforeDeadline, deadlineIn } from '../services/resilience/turnDeadline';
import { detached, presentTrace } from '../services/trace/presentWork';
import { traced } from '../services/trace/traced';
import { IdTracer, type Tracer } from '../services/trace/tracer';
import type { InboundTurn, SubmittedTurn, TurnIntake } from '../services/turn/turnIntake';
import type {
  AcceptRequest,
  AcceptResult,
  LoggedActivity,
  PendingTurn,
  TurnCommit,
  TurnStore,
} from '../services/turn/turnStore';
import type { ActivityFeed } from './activityFeed';
import type { Log } from './log';
import { ReplicaWatch } from './replicaWatch';
import { RetryTimers } from './retryTimers';
import { type OpenedTurn, openOrStandIn, readTurn, type UnreadableTurnError } from './sealedTurn';
import type { Sealer } from './sealer';
import type { TurnAdapter } from './turnAdapter';
import { errorName, type Outcome, type Scene, sceneOf, TurnAttempts, type TurnLogic } from './turnAttempts';
import { type OutboxPut, outboxOf } from './turnOutbox';
import { turnRequest } from './turnRequest';
import { TurnWaiters } from './turnWaiters';
import { TurnWatch, type TurnWatchOptions } from './turnWatch';

export interface TurnRunnerOptions {
  readonly store: TurnStore;
  readonly adapter: TurnAdapter;
  readonly logic: TurnLogic;
  readonly feed: ActivityFeed;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
  /** Called after a commit that put something into the outbox: what, as far as that is known, and for whom. */
  readonly onOutbox: (put?: OutboxPut) => void;
  /** For how long the one who is told of entries may have them leased by the commit itself, ms. */
  readonly outboxLeaseMs?: () => number | undefined;
  /** Default: hands out ids alone. */
  readonly tracer?: Tracer;
  /** Told of every run of a turn. */
  readonly onTurn?: TurnWatchOptions['onTurn'];
  /** A turn that takes longer is given up with an apology. Default 10 s. */
  readonly turnTimeoutMs?: number;
  /** For all that a turn asks of back ends together; then it answers without. Default 4.5 s. */
  readonly askingMs?: number;
  /** How long a turn waits that the store would not let finish. Default 1 s. */
  readonly retryMs?: number;
}

/** A conversation whose turns run now. */
interface RunningConversation {
  /** There may be more than was looked for last. */
  again: boolean;
  next?: OpenedTurn;
  /** Unfinished turns after the one that committed last, where the store says so. */
  left?: number;
  ended: Promise<void>;
}

/** How often a turn runs that keeps losing its compare-and-set. */
const maxAttempts = 5;
/** How often the store may fail one and the same turn before its customer hears an apology instead. */
const maxFailures = 5;
/** Conversations taken up at a time after a restart; requests are served in between. */
const resumedAtOnce = 50;

/**
 * The turn is a transaction: an activity is durable before it is acknowledged; each conversation runs one
 * turn at a time in order of acceptance; state, log and outbox commit together; replies leave afterwards.
 * A turn that loses a compare-and-set runs again from fresh state.
 */
export class TurnRunner implements TurnIntake {
  private readonly running = new Map<string, RunningConversation>();
  private readonly waiters: TurnWaiters;
  private readonly replicas: ReplicaWatch;
  /** Conversations whose turn the store would not let finish. */
  private readonly postponed: RetryTimers;
  /** The turn that failed last in a conversation: it may have committed although the store said otherwise. */
  private readonly troubled = new Map<string, { ticket: number; failures: number }>();
  private readonly attempts: TurnAttempts;
  private readonly tracer: Tracer;
  private stopping = false;

  constructor(private readonly options: TurnRunnerOptions) {
    this.attempts = new TurnAttempts(options);
    this.waiters = new TurnWaiters(options.store);
    this.postponed = new RetryTimers(options.retryMs ?? 1_000, (key) => this.schedule(key));
    this.replicas = new ReplicaWatch({
      ...options,
      waiters: this.waiters,
      running: () => this.running.keys(),
      pickUp: (key) => this.schedule(key),
    });
    this.tracer = options.tracer ?? new IdTracer(options.randomness);
  }

  /** Picks up turns that were accepted but not finished before the last stop, and follows the other processes. */
  async resume(): Promise<void> {
    this.replicas.start();
    const keys = await this.options.store.pendingConversations();
    for (const [index, key] of keys.entries()) {
      if (index % resumedAtOnce === resumedAtOnce - 1) await new Promise((resolve) => setImmediate(resolve));
      this.schedule(key);
    }
  }

  submit(inbound: InboundTurn): Promise<SubmittedTurn> {
    const span = { name: 'accept', kind: 'internal', parent: presentTrace() } as const;
    return traced(this.tracer, span, () => this.take(inbound));
  }

  private async take(inbound: InboundTurn): Promise<SubmittedTurn> {
    const { request, plain } = await turnRequest(inbound, this.options);
    const { conversation, activityId, echo, receivedAtMs, sealedActivity } = request;
    const { key } = conversation;
    const accepted = await this.accept(request);
    if (accepted.status === 'queueFull')
      throw new QueueFullError('too many unfinished messages in this conversation');
    if (accepted.status === 'erased') throw new ConversationErasedError('this conversation has been erased');
    const { ticket } = accepted;
    this.options.log.debug({ conversation: key, ticket, status: accepted.status }, 'message accepted');
    if (accepted.status === 'duplicate') {
      // The first one may have been accepted by a process that died, or without our hearing of it.
      if (!accepted.done) this.schedule(key);
      const replies = () => this.waiters.repliesOf(key, ticket, accepted.done);
      return { ticket, activityId: accepted.activityId, duplicate: true, replies };
    }
    if (echo !== undefined && accepted.echoSeq !== undefined)
      this.options.feed.publish(key, [{ seq: accepted.echoSeq, ticket, activity: echo }]);
    const pending = { ticket, activityId, sealedActivity, receivedAtMs, conversation };
    this.schedule(key, accepted.alone === true ? { pending, turn: readTurn(plain) } : undefined);
    const replies = () => this.waiters.repliesOf(key, ticket, false);
    return { ticket, activityId, duplicate: false, replies };
  }

  subscribe(key: string, listener: (entries: readonly LoggedActivity[]) => void): () => void {
    return this.options.feed.subscribe(key, listener);
  }

  /**
   * Finishes the turns that run now; what is still queued stays in the inbox for the next start.
   * @param graceMs turns that take longer are left unfinished: nothing of them has been committed
   */
  async stop(graceMs = 12_000): Promise<void> {
    this.stopping = true;
    this.replicas.stop();
    this.postponed.stop();
    let patience: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => {
      patience = setTimeout(resolve, graceMs);
    });
    await Promise.race([Promise.all([...this.running.values()].map(({ ended }) => ended)), limit]);
    clearTimeout(patience);
  }

  private async accept(request: AcceptRequest): Promise<AcceptResult> {
    try {
      return await this.options.store.accept(request);
    } catch (error) {
      // It may have been stored although the answer did not arrive: then nobody else would run it.
      this.tryLater(request.conversation.key);
      throw error;
    }
  }

  /** @param next what is known to be the conversation's next turn: it need not be fetched and opened */
  private schedule(key: string, next?: OpenedTurn): void {
    if (this.stopping) return;
    const state = this.running.get(key);
    if (state !== undefined) {
      state.again = true;
      return;
    }
    const fresh: RunningConversation = { again: false, next, ended: Promise.resolve() };
    this.running.set(key, fresh);
    // What is queued outlives the request that set it off, and has a trace of its own.
    fresh.ended = detached(() => this.drain(key, fresh))
      .catch((error: unknown) => this.postpone(key, error))
      .then(() => {
        this.running.delete(key);
        if (fresh.again) this.schedule(key);
      });
  }

  private async drain(key: string, state: RunningConversation): Promise<void> {
    while (!this.stopping) {
      const { next } = state;
      Object.assign(state, { again: false, next: undefined, left: undefined });
      const pending = next?.pending ?? (await this.options.store.nextPending(key));
      await this.settleTroubled(key, pending);
      if (pending === undefined) {
        if (state.again) continue;
        return this.waiters.settleDone(key);
      }
      if (pending.claim !== undefined && !(await this.isClaimed(key, pending.claim))) return;
      await this.runTurn(key, next ?? { pending, ...openOrStandIn(this.options.sealer, pending) });
      if (state.left === 0 && !state.again) return this.waiters.settleDone(key);
    }
  }

  /** What another process runs is left to it; should it die, the claim ends and `ReplicaWatch` sees to it. */
  private async isClaimed(key: string, claim: 'other' | 'none'): Promise<boolean> {
    return claim === 'none' && (await this.options.store.claimConversation(key));
  }

  /** The store is down: the turn stays in the inbox and is tried again. */
  private postpone(key: string, error: unknown): void {
    const { log } = this.options;
    const failures = this.troubled.get(key)?.failures ?? 0;
    log.error({ conversation: key, failures, code: codeOf(error) }, 'turn postponed: store unavailable');
    this.tryLater(key);
  }

  private tryLater(key: string): void {
    if (!this.stopping) this.postponed.later(key);
  }

  /** A turn whose commit seemed to fail and that is not pending any more did commit: tell those who wait. */
  private async settleTroubled(key: string, pending: PendingTurn | undefined): Promise<void> {
    const troubled = this.troubled.get(key);
    if (troubled === undefined || pending?.ticket === troubled.ticket) return;
    const entries = await this.options.store.repliesOf(key, troubled.ticket);
    this.troubled.delete(key);
    this.announce(key, troubled.ticket, entries);
    this.options.onOutbox();
  }

  private async runTurn(key: string, { pending, turn, unreadable }: OpenedTurn): Promise<void> {
    const watch = new TurnWatch({ ...this.options, tracer: this.tracer }, pending, turn);
    await watch.run(() => this.tryTurn(sceneOf(key, pending, turn, watch), unreadable));
  }

  private async tryTurn(scene: Scene, unreadable: UnreadableTurnError | undefined): Promise<void> {
    const { key, pending } = scene;
    const { ticket } = pending;
    try {
      if (unreadable !== undefined) throw unreadable;
      await this.finish(scene);
    } catch (error) {
      const earlier = this.troubled.get(key);
      const failures = (earlier?.ticket === ticket ? earlier.failures : 0) + 1;
      this.troubled.set(key, { ticket, failures });
      if (unreadable === undefined && failures < maxFailures) throw error;
      // Everything later in this conversation waits for this turn. If the store takes not even an apology, it
      // is down for all, and the turn goes on waiting.
      const facts = { conversation: key, ticket, failures, code: codeOf(error), err: errorName(error) };
      this.options.log.error(facts, 'turn given up');
      await this.giveUp(scene, error);
    }
    this.troubled.delete(key);
  }

  /** Runs the turn until it commits. */
  private async finish(scene: Scene): Promise<void> {
    const { log, askingMs = 4_500 } = this.options;
    const deadline = deadlineIn(askingMs);
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
      // Not around the commit: what it wakes, the outbox among it, outlives the turn.
      const outcome = await beforeDeadline(deadline, () => this.attempts.run(scene));
      if (await this.commit(scene, outcome)) return;
      log.info({ conversation: scene.key, attempt }, 'turn lost a compare-and-set, running it again');
    }
    const error = new StoreUnavailableError('the turn kept losing its compare-and-set');
    log.error({ conversation: scene.key, code: error.code }, 'turn failed');
    await this.giveUp(scene, error);
  }

  /** Ends a turn with an apology that changes nothing else. */
  private async giveUp(scene: Scene, error: unknown): Promise<void> {
    await this.commit(scene, await this.attempts.apologise(scene, error));
  }

  /** @returns false when something that the turn had read has changed meanwhile */
  private async commit(scene: Scene, outcome: Outcome): Promise<boolean> {
    const { store, clock } = this.options;
    const { key, pending, watch } = scene;
    const { replies, tx, apology } = outcome;
    const { ticket } = pending;
    const outbox = outboxOf(scene, outcome, clock.now());
    const work: TurnCommit = {
      conversationKey: key,
      ticket,
      records: tx.recordWrites(),
      replies,
      outbox,
      ...(outbox.length > 0 ? { leaseOutboxMs: this.options.outboxLeaseMs?.() } : {}),
      journal: tx.journal(),
      committedAtMs: clock.now(),
    };
    const result = await watch.phase('commit', () => store.commit(work));
    if (result.status === 'conflict') return false;
    if (result.status === 'alreadyDone') watch.end('doneElsewhere', []);
    else watch.end(apology ? 'apologised' : 'answered', tx.journal());
    // Another process finished it first: its replies are the ones that count.
    if (result.status === 'alreadyDone') this.announce(key, ticket, await store.repliesOf(key, ticket));
    else {
      const state = this.running.get(key);
      if (state !== undefined) state.left = result.pending;
      const seqOf = (index: number) => result.seqs[index] ?? 0;
      this.announce(
        key,
        ticket,
        replies.map((activity, index) => ({ seq: seqOf(index), ticket, activity })),
      );
      if (outbox.length > 0) {
        const put = { entries: outbox, leased: result.leased ?? [], replies };
        detached(() => this.options.onOutbox({ ...put, conversation: pending.conversation, ticket }));
      }
    }
    return true;
  }

  private announce(key: string, ticket: number, entries: readonly LoggedActivity[]): void {
    this.waiters.settle(
      key,
      ticket,
      entries.map(({ activity }) => activity),
    );
    this.options.feed.publish(key, entries);
  }
}
