import type { LoggedActivity, TurnStore } from '../services/turn/turnStore';

type Listener = (entries: readonly LoggedActivity[]) => void;
type Log = Pick<TurnStore, 'lastSeq' | 'readLog'>;
type ErrorListener = (error: unknown, conversationKey: string) => void;

const pageSize = 100;
/** How soon a log is asked again that could not be read. */
const retryMs = 1_000;

/**
 * Tells subscribers of one conversation what its log gained, in log order. Commits may be announced out of order
 * (an echo overtakes the replies of the turn before) or not at all (the store's answer got lost): entries wait here
 * until the gap closes, and a gap that stays is filled from the log. What another process wrote is read from the log.
 */
export class ActivityFeed {
  private readonly conversations = new Map<string, ConversationFeed>();

  /** @param onError told of a listener that threw and of a log that could not be read */
  constructor(
    private readonly log: Log,
    private readonly onError: ErrorListener = () => undefined,
  ) {}

  subscribe(conversationKey: string, listener: Listener): () => void {
    const feed = this.conversations.get(conversationKey) ?? this.open(conversationKey);
    feed.listeners.add(listener);
    return () => {
      feed.listeners.delete(listener);
      // Somebody may unsubscribe twice, and another feed of this conversation has begun in between.
      if (feed.listeners.size === 0 && this.conversations.get(conversationKey) === feed)
        this.conversations.delete(conversationKey);
    };
  }

  publish(conversationKey: string, entries: readonly LoggedActivity[]): void {
    if (entries.length > 0) this.conversations.get(conversationKey)?.add(entries);
  }

  /** Another process may have added to this conversation's log. */
  refresh(conversationKey: string): void {
    this.conversations.get(conversationKey)?.refresh();
  }

  /** Other processes may have added to any log. */
  refreshAll(): void {
    for (const feed of this.conversations.values()) feed.refresh();
  }

  private open(conversationKey: string): ConversationFeed {
    const feed = new ConversationFeed(conversationKey, this.log, (error) =>
      this.onError(error, conversationKey),
    );
    this.conversations.set(conversationKey, feed);
    this.log.lastSeq(conversationKey).then(
      (seq) => feed.open(seq),
      () => feed.open(undefined),
    );
    return feed;
  }
}

class ConversationFeed {
  readonly listeners = new Set<Listener>();
  private readonly waiting = new Map<number, LoggedActivity>();
  private opened = false;
  /** The last `seq` that the listeners have heard of, or that was in the log before they came. */
  private lastSeq: number | undefined;
  private filling = false;
  /** The log may hold more than what was announced. */
  private behind = false;
  /** Nobody has been told anything yet. */
  private silent = true;

  constructor(
    private readonly key: string,
    private readonly log: Log,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** @param lastSeq the end of the log, read after the first subscriber came; undefined when it is not known */
  open(lastSeq: number | undefined): void {
    this.opened = true;
    // What was announced since then is for the listeners, even if the log held it when it was asked.
    const first = Math.min(...this.waiting.keys());
    if (Number.isFinite(first)) this.lastSeq = Math.min(lastSeq ?? first - 1, first - 1);
    else this.lastSeq = lastSeq;
    this.flush();
  }

  add(entries: readonly LoggedActivity[]): void {
    for (const entry of entries) {
      if (this.lastSeq === undefined || entry.seq > this.lastSeq) this.waiting.set(entry.seq, entry);
    }
    this.flush();
  }

  refresh(): void {
    this.behind = true;
    if (this.opened) this.fillSoon();
  }

  private flush(): void {
    if (!this.opened) return;
    if (this.behind) this.fillSoon();
    if (this.waiting.size === 0) return;
    this.lastSeq ??= Math.min(...this.waiting.keys()) - 1;
    const ready: LoggedActivity[] = [];
    for (let next = this.waiting.get(this.lastSeq + 1); next; next = this.waiting.get(this.lastSeq + 1)) {
      ready.push(next);
      this.waiting.delete(next.seq);
      this.lastSeq = next.seq;
    }
    if (ready.length > 0) this.tell(ready);
    if (this.waiting.size > 0) this.fillSoon();
  }

  private tell(entries: readonly LoggedActivity[]): void {
    this.silent = false;
    for (const listener of [...this.listeners]) {
      try {
        listener(entries);
      } catch (error) {
        this.onError(error);
      }
    }
  }

  /** A gap usually closes within the same turn of the event loop; one that does not is read from the log. */
  private fillSoon(): void {
    if (this.filling) return;
    this.filling = true;
    setImmediate(() => {
      this.fill()
        .then(() => false)
        .catch((error: unknown) => {
          this.onError(error);
          return true;
        })
        .then((failed) => {
          this.filling = false;
          if (!this.behind) return;
          // A gap waits for the next announcement; what another process wrote may be announced no more.
          if (failed) setTimeout(() => this.fillSoon(), retryMs).unref();
          else this.fillSoon();
        });
    });
  }

  private async fill(): Promise<void> {
    while ((this.waiting.size > 0 || this.behind) && this.listeners.size > 0) {
      const refreshing = this.behind;
      this.behind = false;
      if (refreshing) this.doubtTheEnd();
      const after = this.lastSeq ?? 0;
      let entries: readonly LoggedActivity[];
      try {
        entries = await this.log.readLog(this.key, after, pageSize);
      } catch (error) {
        this.behind ||= refreshing;
        throw error;
      }
      this.add(entries);
      this.behind ||= refreshing && entries.length === pageSize;
      if (this.lastSeq !== after || this.waiting.size === 0) continue;
      // The log does not have it either (it was removed meanwhile): go on with what there is.
      this.lastSeq = Math.min(...this.waiting.keys()) - 1;
      this.flush();
    }
  }

  /**
   * The end of the log that was found for the first subscriber may be the very entry that is announced only now, and
   * the subscriber may have read the log before it: it is told once more.
   */
  private doubtTheEnd(): void {
    if (!this.silent) return;
    this.silent = false;
    if (this.lastSeq !== undefined && this.lastSeq > 0) this.lastSeq -= 1;
  }
}
