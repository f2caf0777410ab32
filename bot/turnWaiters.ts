import type { JsonActivity } from '../services/turn/turnStore';

type Resolve = (replies: readonly JsonActivity[]) => void;

/** Who waits for the replies of turns that have not committed yet. */
export class TurnWaiters {
  private readonly waiting = new Map<string, Set<Resolve>>();

  /** Begins to wait. `cancel` when it turns out that there is nothing to wait for. */
  add(conversationKey: string, ticket: number) {
    const id = `${conversationKey}#${ticket}`;
    const resolvers = this.waiting.get(id) ?? new Set<Resolve>();
    this.waiting.set(id, resolvers);
    let resolver: Resolve = () => undefined;
    const replies = new Promise<readonly JsonActivity[]>((resolve) => {
      resolver = resolve;
      resolvers.add(resolve);
    });
    const cancel = () => {
      resolvers.delete(resolver);
      if (resolvers.size === 0 && this.waiting.get(id) === resolvers) this.waiting.delete(id);
    };
    return { replies, cancel };
  }

  settle(conversationKey: string, ticket: number, replies: readonly JsonActivity[]): void {
    const id = `${conversationKey}#${ticket}`;
    for (const resolve of this.waiting.get(id) ?? []) resolve(replies);
    this.waiting.delete(id);
  }
}
