import { codeOf } from '../services/errors';
import type { TurnStore } from '../services/turn/turnStore';
import type { ActivityFeed } from './activityFeed';
import type { Log } from './log';
import type { TurnWaiters } from './turnWaiters';

export interface ReplicaWatchOptions {
  readonly store: Pick<TurnStore, 'claimMs' | 'claimPending' | 'keepClaims' | 'watch'>;
  readonly feed: Pick<ActivityFeed, 'refresh' | 'refreshAll'>;
  readonly waiters: Pick<TurnWaiters, 'settleDone' | 'settleAllDone'>;
  readonly log: Log;
  /** Conversations whose turns run here now. */
  readonly running: () => Iterable<string>;
  /** Runs what is unfinished in a conversation that has just been claimed. */
  readonly pickUp: (conversationKey: string) => void;
}

/** Conversations of a dead process taken over at a time. */
const pickedUpAtOnce = 50;

/**
 * What goes on in other processes on the same store: passes on what they say, tells those who wait here for a turn
 * that ran there, and takes over what a process left that died. Does nothing where there is no other process.
 */
export class ReplicaWatch {
  private unwatch: (() => void) | undefined;
  private timer: NodeJS.Timeout | undefined;
  private ranBefore = new Set<string>();
  private stopped = false;

  constructor(private readonly options: ReplicaWatchOptions) {}

  start(): void {
    const { store, feed, waiters } = this.options;
    if (this.unwatch !== undefined || this.stopped) return;
    this.unwatch = store.watch(
      (key) => {
        feed.refresh(key);
        void this.quietly(() => waiters.settleDone(key));
      },
      () => {
        feed.refreshAll();
        void this.quietly(() => waiters.settleAllDone());
      },
    );
    this.lookLater();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.unwatch?.();
  }

  /** Keeps the claims of turns that take long, takes over what nobody has, and looks for answers that went unheard. */
  async look(): Promise<void> {
    const { store, waiters, running, pickUp } = this.options;
    const runsNow = new Set(running());
    const long = [...runsNow].filter((key) => this.ranBefore.has(key));
    this.ranBefore = runsNow;
    if (long.length > 0) await store.keepClaims(long);
    for (const key of await store.claimPending(pickedUpAtOnce)) pickUp(key);
    await waiters.settleAllDone();
  }

  /** Three times while a claim holds: one look may fail. */
  private lookLater(): void {
    const { claimMs } = this.options.store;
    if (claimMs === undefined || this.stopped) return;
    this.timer = setTimeout(() => {
      void this.quietly(() => this.look()).finally(() => this.lookLater());
    }, claimMs / 3);
    this.timer.unref();
  }

  /** The store is down: the next look, or the next connection, makes up for it. */
  private async quietly(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.options.log.debug({ code: codeOf(error) }, 'other processes could not be looked at');
    }
  }
}
