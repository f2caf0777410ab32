import type { JsonActivity, TurnStore } from '../services/turn/turnStore';

type Resolve = (replies: readonly JsonActivity[]) => void;

/** Who waits for the replies of turns that have not committed yet. */
export class TurnWaiters {
  private readonly waiting = new Map<string, Map<number, Set<Resolve>>>();

  constructor(private readonly store: Pick<TurnStore, 'nextPending' | 'repliesOf'>) {}

  /**
   * The replies of a turn, once it has committed.
   * @param done whether it is known to have
   * @throws StoreUnavailableError
   */
  async repliesOf(key: string, ticket: number, done: boolean): Promise<readonly JsonActivity[]> {
    // Listen first, then look: the turn may commit between the two.
    const waiter = this.add(key, ticket);
    try {
      const pending = done ? undefined : await this.store.nextPending(key);
      if (pending !== undefined && pending.ticket <= ticket) return await waiter.replies;
      return (await this.store.repliesOf(key, ticket)).map((entry) => entry.activity);
    } finally {
      waiter.cancel();
    }
  }

  /**
   * Tells those who wait in a conversation for turns that have committed by now, wherever, or that went with the
   * conversation when it was erased: those said nothing.
   * @throws StoreUnavailableError
   */
  async settleDone(key: string): Promise<void> {
    if (!this.waiting.has(key)) return;
    const pending = await this.store.nextPending(key);
    for (const ticket of [...(this.waiting.get(key)?.keys() ?? [])]) {
      if (pending !== undefined && ticket >= pending.ticket) continue;
      const replies = await this.store.repliesOf(key, ticket);
      this.settle(
        key,
        ticket,
        replies.map(({ activity }) => activity),
      );
    }
  }

  /** As `settleDone`, in every conversation in which somebody waits. */
  async settleAllDone(): Promise<void> {
    for (const key of [...this.waiting.keys()]) await this.settleDone(key);
  }

  /** Begins to wait. `cancel` when it turns out that there is nothing to wait for. */
  private add(conversationKey: string, ticket: number) {
    const tickets = this.waiting.get(conversationKey) ?? new Map<number, Set<Resolve>>();
    const resolvers = tickets.get(ticket) ?? new Set<Resolve>();
    this.waiting.set(conversationKey, tickets);
    tickets.set(ticket, resolvers);
    let resolver: Resolve = () => undefined;
    const replies = new Promise<readonly JsonActivity[]>((resolve) => {
      resolver = resolve;
      resolvers.add(resolve);
    });
    const cancel = () => {
      resolvers.delete(resolver);
      if (resolvers.size === 0 && tickets.get(ticket) === resolvers) this.forget(conversationKey, ticket);
    };
    return { replies, cancel };
  }

  settle(conversationKey: string, ticket: number, replies: readonly JsonActivity[]): void {
    for (const resolve of this.waiting.get(conversationKey)?.get(ticket) ?? []) resolve(replies);
    this.forget(conversationKey, ticket);
  }

  private forget(conversationKey: string, ticket: number): void {
    const tickets = this.waiting.get(conversationKey);
    tickets?.delete(ticket);
    if (tickets?.size === 0) this.waiting.delete(conversationKey);
  }
}
