import { BoundedMap } from '../../channels/directLine/boundedMap';
import type { JsonActivity, LoggedActivity, TurnStore } from '../../services/turn/turnStore';

/** Conversations that are remembered at a time. */
const capacity = 10_000;
/** How far back in a conversation's log one looks: more than a turn ever says. */
const tailLength = 60;

/**
 * What was said to a KakaoTalk customer while no request of theirs was open: answers that came too late, and what the
 * assistant said by itself. It is told with the next answer. After a restart it is taken from the log alone.
 */
export class UnseenAnswers {
  /** Ids of messages that the customer was told to wait for. */
  private readonly promised = new BoundedMap<string, Set<string>>(capacity);
  /** The place in the log up to which all has been shown. */
  private readonly shown = new BoundedMap<string, number>(capacity);

  constructor(private readonly store: Pick<TurnStore, 'lastSeq' | 'readLog'>) {}

  /** The customer was told that the answer to this message comes later. */
  promise(key: string, activityId: string): void {
    const ids = this.promised.get(key) ?? new Set<string>();
    ids.add(activityId);
    this.promised.set(key, ids);
  }

  /** The end of a conversation's log, oldest first. */
  async tail(key: string): Promise<LoggedActivity[]> {
    const last = await this.store.lastSeq(key);
    return last === 0 ? [] : this.store.readLog(key, Math.max(0, last - tailLength), tailLength);
  }

  /**
   * Replies that the customer has not seen, in the order in which they were said; from now on they count as seen.
   * @param besides the message that is being answered: its own replies are not among them
   */
  take(key: string, tail: readonly LoggedActivity[], besides?: string): JsonActivity[] {
    const since = this.shown.get(key) ?? beforeLastMessage(tail, besides);
    const promised = this.promised.get(key) ?? new Set();
    const found = tail.filter(({ seq, activity }) => {
      const { replyToId } = activity;
      if (isFromCustomer(activity)) return false;
      if (besides !== undefined && replyToId === besides) return false;
      if (typeof replyToId === 'string') return promised.has(replyToId);
      return seq > since;
    });
    for (const { activity } of found) promised.delete(String(activity.replyToId));
    const last = tail.at(-1);
    if (last !== undefined) this.shown.set(key, last.seq);
    return found.map(({ activity }) => activity);
  }
}

/** Whether the customer said this. */
export function isFromCustomer({ from }: JsonActivity): boolean {
  return Object(from).role === 'user';
}

/** What was said before the customer's last message but this one has been shown with that one. */
function beforeLastMessage(tail: readonly LoggedActivity[], besides: string | undefined): number {
  const earlier = tail.filter(({ activity }) => isFromCustomer(activity) && activity.id !== besides);
  return earlier.at(-1)?.seq ?? 0;
}
