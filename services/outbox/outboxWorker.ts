import type { Clock } from '../clock';
import { AppError } from '../errors';
import type { ClaimedOutboxEntry, JsonValue, TurnStore } from '../turn/turnStore';

/** Delivers one entry. Called again with the same `key` after a crash, so the key is the receiver's guard. */
export type OutboxSink = (payload: JsonValue, key: string) => Promise<void>;

export interface OutboxWorkerOptions {
  readonly store: Pick<TurnStore, 'claimOutbox' | 'completeOutbox' | 'failOutbox' | 'nextOutboxDueMs'>;
  /** By `OutboxEntry.kind`. */
  readonly sinks: Readonly<Record<string, OutboxSink>>;
  readonly clock: Clock;
  readonly onError: (facts: { kind: string; attempt: number; code: string; givenUp: boolean }) => void;
}

const leaseMs = 30_000;
const batch = 50;
/** Waits after the first, second, … failure; after the last one the entry is given up. */
const backoffMs = [1_000, 2_000, 5_000, 15_000, 30_000, 60_000, 120_000];
const longestSleepMs = 30_000;

/** Takes due entries from the store and hands them to their sinks: at least once, after the commit. */
export class OutboxWorker {
  private timer: NodeJS.Timeout | undefined;
  private work: Promise<void> | undefined;
  private again = false;
  private stopped = false;

  constructor(private readonly options: OutboxWorkerOptions) {}

  /** Something may be due now. */
  kick(): void {
    if (this.stopped) return;
    if (this.work !== undefined) {
      this.again = true;
      return;
    }
    clearTimeout(this.timer);
    this.work = this.drain().finally(() => {
      this.work = undefined;
      if (this.again) {
        this.again = false;
        this.kick();
      }
    });
  }

  /** Resolves when nothing that was due is left to deliver. */
  async settled(): Promise<void> {
    while (this.work !== undefined) await this.work;
  }

  /** Lets deliveries that run now finish; the rest stays in the store. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.work;
  }

  private async drain(): Promise<void> {
    const { store, clock } = this.options;
    let sleepMs = longestSleepMs;
    try {
      for (;;) {
        const entries = await store.claimOutbox(clock.now(), batch, leaseMs);
        if (entries.length === 0) break;
        await Promise.all(entries.map((entry) => this.deliver(entry)));
        if (this.stopped) return;
      }
      const due = await store.nextOutboxDueMs();
      if (due !== undefined) sleepMs = Math.min(longestSleepMs, Math.max(50, due - clock.now()));
    } catch {
      // The store is down: it says so at the readiness check, and the entries are still there later.
      sleepMs = 1_000;
    }
    if (this.stopped) return;
    this.timer = setTimeout(() => this.kick(), sleepMs);
    this.timer.unref();
  }

  private async deliver(entry: ClaimedOutboxEntry): Promise<void> {
    const { store, sinks, clock, onError } = this.options;
    try {
      const sink = sinks[entry.kind];
      if (sink === undefined) throw new NoSinkError('no sink for this kind');
      await sink(entry.payload, entry.key);
    } catch (error) {
      const wait = backoffMs[entry.attempt - 1];
      const code = error instanceof AppError ? error.code : 'DeliveryFailed';
      onError({ kind: entry.kind, attempt: entry.attempt, code, givenUp: wait === undefined });
      await store.failOutbox(entry.id, code, wait === undefined ? undefined : clock.now() + wait);
      return;
    }
    await store.completeOutbox(entry.id, clock.now());
  }
}

class NoSinkError extends AppError {
  readonly code = 'NoSink';
}
