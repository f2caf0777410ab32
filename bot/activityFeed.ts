import type { LoggedActivity, TurnStore } from '../services/turn/turnStore';

type Listener = (entries: readonly LoggedActivity[]) => void;

/**
 * Tells subscribers of one conversation what its log gained, in log order. Commits may resolve out of
 * order (an echo overtakes the replies of the turn before), so entries wait here until the gap closes.
 */
export class ActivityFeed {
  private readonly conversations = new Map<string, ConversationFeed>();

  constructor(private readonly store: Pick<TurnStore, 'lastSeq'>) {}

  subscribe(conversationKey: string, listener: Listener): () => void {
    let feed = this.conversations.get(conversationKey);
    if (feed === undefined) {
      feed = new ConversationFeed();
      this.conversations.set(conversationKey, feed);
      const opened = feed;
      this.store.lastSeq(conversationKey).then(
        (seq) => opened.open(seq),
        () => opened.open(0),
      );
    }
    const { listeners } = feed;
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.conversations.delete(conversationKey);
    };
  }

  publish(conversationKey: string, entries: readonly LoggedActivity[]): void {
    if (entries.length > 0) this.conversations.get(conversationKey)?.add(entries);
  }
}

class ConversationFeed {
  readonly listeners = new Set<Listener>();
  private readonly waiting = new Map<number, LoggedActivity>();
  private lastSeq: number | undefined;

  /** @param lastSeq what the log held when the first subscriber came; it reads those from the log itself */
  open(lastSeq: number): void {
    this.lastSeq = lastSeq;
    this.flush();
  }

  add(entries: readonly LoggedActivity[]): void {
    for (const entry of entries) this.waiting.set(entry.seq, entry);
    this.flush();
  }

  private flush(): void {
    if (this.lastSeq === undefined) return;
    for (const seq of this.waiting.keys()) if (seq <= this.lastSeq) this.waiting.delete(seq);
    const ready: LoggedActivity[] = [];
    for (let next = this.waiting.get(this.lastSeq + 1); next; next = this.waiting.get(this.lastSeq + 1)) {
      ready.push(next);
      this.waiting.delete(next.seq);
      this.lastSeq = next.seq;
    }
    if (ready.length > 0) for (const listener of [...this.listeners]) listener(ready);
  }
}
