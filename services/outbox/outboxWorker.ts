import type { Clock } from '../clock';
import { AppError, DeliveryPostponedError, DeliveryRefusedError, DeliveryUnavailableError } from '../errors';
import { systemRandomness } from '../randomness';
import { takeTrace } from '../trace/carriedTrace';
import { within, workIn } from '../trace/presentWork';
import { IdTracer, type Tracer } from '../trace/tracer';
import type { ClaimedOutboxEntry, JsonValue, OutboxEntry, TurnStore } from '../turn/turnStore';

/** Delivers one entry. Called again with the same `key` after a crash, so the key is the receiver's guard. */
export type OutboxSink = (payload: JsonValue, key: string) => Promise<void>;

export interface OutboxWorkerOptions {
  readonly store: Pick<TurnStore, 'claimOutbox' | 'completeOutbox' | 'failOutbox' | 'nextOutboxDueMs'>;
  /** By `OutboxEntry.kind`. */
  readonly sinks: Readonly<Record<string, OutboxSink>>;
  readonly clock: Clock;
  readonly onError: (facts: { kind: string; attempt: number; code: string; givenUp: boolean }) => void;
  /** Kinds that a customer waits for at the screen: they pass everything else that is due. */
  readonly urgent?: readonly string[];
  /** Told of every entry that was taken. `lagMs`: how long after its time, ms. */
  readonly onDelivered?: (facts: { kind: string; attempt: number; lagMs: number }) => void;
  /** Default: hands out ids alone. */
  readonly tracer?: Tracer;
  /** A delivery that takes longer has failed. Default 10 s: shorter than the lease, or it would go out twice. */
  readonly deliveryTimeoutMs?: number;
}

/** Longer than a delivery may take; what a killed process had in hand goes out this much later. */
const leaseMs = 15_000;
const batch = 50;
/** Deliveries that may be under way at once: receivers that hang hold up none of the others. */
const mostInFlight = 500;
/** Of each urgent kind so many more: those of another kind that hang leave them room. */
const mostUrgent = 50;
/** Waits after the first, second, … failure; after the last one the entry is given up. */
const backoffMs = [1_000, 2_000, 5_000, 15_000, 30_000, 60_000, 120_000];
/** Other processes put entries in too, and may die before they deliver them. */
const longestSleepMs = 5_000;
/** How often a busy worker looks for more without having been told. */
const busySleepMs = 1_000;

/** A delivery under way. */
interface Flight {
  readonly kind: string;
  readonly delivery: Promise<void>;
  /** Of an entry that its turn's commit leased to this worker. */
  readonly own?: { readonly lane: string | undefined };
  /** Something in the store waits for its lane. */
  isAwaited: boolean;
}

/** What came of a delivery. 'unknown': the store did not take the outcome. */
type Ending = 'complete' | 'failed' | 'unknown';

/** Takes due entries from the store and hands them to their sinks: at least once, after the commit. */
export class OutboxWorker {
  private timer: NodeJS.Timeout | undefined;
  private claiming: Promise<void> | undefined;
  private readonly inFlight = new Map<number, Flight>();
  /** Ids of own entries in flight, by lane. */
  private readonly ownLanes = new Map<string, number>();
  /** Something due was left in the store for want of room. */
  private isFull = false;
  private again = false;
  /** A turn has put something in since urgent entries were looked for. */
  private isNew = false;
  private stopped = false;

  private readonly tracer: Tracer;

  constructor(private readonly options: OutboxWorkerOptions) {
    this.tracer = options.tracer ?? new IdTracer(systemRandomness);
  }

  /** Something may be due now. */
  kick(): void {
    this.isNew = true;
    this.goOn();
  }

  /** For how long a turn that commits now may lease its entries to this worker, ms; undefined: not at all. */
  leaseMs(): number | undefined {
    return this.stopped || this.inFlight.size >= mostInFlight ? undefined : leaseMs;
  }

  /**
   * A turn has put entries in.
   * @param leased those that its commit leased to this worker
   */
  enqueued(entries: readonly OutboxEntry[], leased: readonly ClaimedOutboxEntry[]): void {
    if (this.stopped) {
      void this.giveBack(leased.map(({ id }) => id));
      return;
    }
    const lanes = new Map(entries.map(({ key, lane }) => [key, lane]));
    for (const entry of leased) {
      this.take(entry, { lane: lanes.get(entry.key) });
      lanes.delete(entry.key);
    }
    let isDue = false;
    for (const lane of lanes.values()) {
      const ahead = this.inFlight.get((lane === undefined ? undefined : this.ownLanes.get(lane)) ?? -1);
      // The end of that one sets it free.
      if (ahead !== undefined) ahead.isAwaited = true;
      else isDue = true;
    }
    if (isDue) this.kick();
  }

  private goOn(): void {
    if (this.stopped) return;
    if (this.claiming !== undefined) {
      this.again = true;
      return;
    }
    clearTimeout(this.timer);
    this.claiming = this.claim().finally(() => {
      this.claiming = undefined;
      if (this.again) {
        this.again = false;
        this.goOn();
      }
    });
  }

  /** Resolves when nothing that was due is left to deliver. */
  async settled(): Promise<void> {
    while (this.claiming !== undefined || this.inFlight.size > 0) {
      await Promise.all([this.claiming, ...[...this.inFlight.values()].map(({ delivery }) => delivery)]);
    }
  }

  /**
   * Lets deliveries that run now finish; the rest stays in the store.
   * @param graceMs those that take longer are left to be delivered again at the next start
   */
  async stop(graceMs = 10_000): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    let patience: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => {
      patience = setTimeout(resolve, graceMs);
    });
    await Promise.race([this.settled(), limit]);
    clearTimeout(patience);
    // Given back at once, so that the next start does not have to wait for the lease to end.
    await this.giveBack([...this.inFlight.keys()]);
  }

  private async giveBack(ids: readonly number[]): Promise<void> {
    const { store, clock } = this.options;
    await Promise.allSettled(ids.map((id) => store.failOutbox(id, 'Stopped', clock.now())));
  }

  private async claim(): Promise<void> {
    const { store, clock } = this.options;
    let sleepMs = longestSleepMs;
    this.isFull = false;
    try {
      for (let claims = 0; !this.stopped; claims += 1) {
        const room = Math.min(batch, mostInFlight - this.inFlight.size);
        // More is due than can be taken at once: whoever waits at the screen does not wait for all of that.
        if (this.isNew && (claims > 0 || room <= 0)) await this.claimUrgent();
        this.isFull = room <= 0;
        if (this.isFull) break;
        const claimed = await store.claimOutbox(clock.now(), room, leaseMs);
        const fresh = claimed.filter((entry) => !this.inFlight.has(entry.id));
        for (const entry of fresh) this.take(entry);
        if (fresh.length < room) break;
      }
      if (this.inFlight.size > 0) {
        sleepMs = busySleepMs;
      } else {
        const due = await store.nextOutboxDueMs();
        if (due !== undefined) sleepMs = Math.min(longestSleepMs, Math.max(50, due - clock.now()));
      }
    } catch {
      // The store is down: it says so at the readiness check, and the entries are still there later.
      sleepMs = busySleepMs;
    }
    if (this.stopped) return;
    this.timer = setTimeout(() => this.kick(), sleepMs);
    this.timer.unref();
  }

  private async claimUrgent(): Promise<void> {
    const { store, clock, urgent = [] } = this.options;
    this.isNew = false;
    for (const kind of urgent) {
      const ofKind = [...this.inFlight.values()].filter((other) => other.kind === kind).length;
      const room = Math.min(batch, mostUrgent - ofKind);
      if (room <= 0) continue;
      for (const entry of await store.claimOutbox(clock.now(), room, leaseMs, kind))
        if (!this.inFlight.has(entry.id)) this.take(entry);
    }
  }

  private take(entry: ClaimedOutboxEntry, own?: Flight['own']): void {
    const { id, kind } = entry;
    const delivery = this.deliver(entry).then(
      (ending) => this.forget(id, ending),
      // The entry comes back when its lease ends.
      () => this.forget(id, 'unknown'),
    );
    this.inFlight.set(id, { kind, delivery, own, isAwaited: false });
    if (own?.lane !== undefined) this.ownLanes.set(own.lane, id);
  }

  /** What waited for this one, or for room, may go now. */
  private forget(id: number, ending: Ending): void {
    const flight = this.inFlight.get(id);
    this.inFlight.delete(id);
    const lane = flight?.own?.lane;
    if (lane !== undefined && this.ownLanes.get(lane) === id) this.ownLanes.delete(lane);
    if (ending === 'unknown') return;
    // Behind an entry that another process put in there may be more that nobody told of.
    const isLast = flight?.own !== undefined && !flight.isAwaited && !this.isFull;
    if (ending === 'failed' || !isLast) this.goOn();
  }

  /** Hands an entry over within the trace of the turn that wrote it. */
  private async deliver(claimed: ClaimedOutboxEntry): Promise<Ending> {
    const { kind, attempt } = claimed;
    const { payload, trace } = takeTrace(claimed.payload);
    const span = this.tracer.begin(`deliver ${kind}`, 'consumer', trace);
    let failure: string | undefined = 'StoreUnavailable';
    try {
      const result = await within(workIn(span.trace), () => this.handOver({ ...claimed, payload }));
      failure = result.failure;
      return result.ending;
    } finally {
      span.end({ kind, attempt }, failure);
    }
  }

  /** @returns with the code of what went wrong, if anything did */
  private async handOver(entry: ClaimedOutboxEntry): Promise<{ ending: Ending; failure?: string }> {
    const { store, sinks, clock, onError, onDelivered } = this.options;
    try {
      const sink = sinks[entry.kind];
      if (sink === undefined) throw new NoSinkError('no sink for this kind');
      await this.withinTime(sink(entry.payload, entry.key));
    } catch (error) {
      if (error instanceof DeliveryPostponedError) {
        await store.failOutbox(entry.id, error.code, clock.now() + error.laterMs);
        return { ending: 'failed' };
      }
      const wait = waitAfter(error, entry.attempt);
      const code = error instanceof AppError ? error.code : 'DeliveryFailed';
      onError({ kind: entry.kind, attempt: entry.attempt, code, givenUp: wait === undefined });
      await store.failOutbox(entry.id, code, wait === undefined ? undefined : clock.now() + wait);
      return { ending: 'failed', failure: code };
    }
    await store.completeOutbox(entry.id, clock.now());
    const lagMs = Math.max(0, clock.now() - entry.notBeforeMs);
    onDelivered?.({ kind: entry.kind, attempt: entry.attempt, lagMs });
    return { ending: 'complete' };
  }

  private async withinTime(work: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      const tooSlow = () => reject(new DeliveryTimeoutError('the delivery took too long'));
      timer = setTimeout(tooSlow, this.options.deliveryTimeoutMs ?? 10_000);
      // A receiver that never answers must not keep a process alive that has nothing else to do.
      timer.unref();
    });
    try {
      await Promise.race([work, limit]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** @returns ms until the next attempt, undefined when there is none */
function waitAfter(error: unknown, attempt: number): number | undefined {
  const wait = error instanceof DeliveryRefusedError ? undefined : backoffMs[attempt - 1];
  if (wait === undefined || !(error instanceof DeliveryUnavailableError)) return wait;
  return Math.max(wait, error.retryAfterMs ?? 0);
}

class NoSinkError extends AppError {
  readonly code = 'NoSink';
}

class DeliveryTimeoutError extends AppError {
  readonly code = 'DeliveryTimeout';
}
