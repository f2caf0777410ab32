import type { InboundActivity } from './inboundActivity';
import type { JsonActivity, LoggedActivity } from './turnStore';

/** How a channel hands an activity to the assistant: durable first, then one at a time per conversation. */
export interface TurnIntake {
  /**
   * Accepts one inbound activity. Resolves when it is durable (before its turn has run).
   * @throws StoreUnavailableError, QueueFullError, ConversationErasedError: nothing was accepted
   */
  submit(inbound: InboundTurn): Promise<SubmittedTurn>;
  /**
   * Calls back after each commit of this conversation, in log order and without gaps from the first call on.
   * What was committed before the first call may not be in it, even when that was after subscribing: a subscriber
   * that misses something before the first entry it hears of reads the log up to there.
   * @returns the unsubscriber; calling it again changes nothing
   */
  subscribe(conversationKey: string, listener: (entries: readonly LoggedActivity[]) => void): () => void;
}

export interface InboundTurn {
  readonly channelId: string;
  readonly conversationId: string;
  /** Who owns the conversation ('' when unknown to the channel). */
  readonly userId: string;
  readonly activity: InboundActivity;
  /** Whether the activity itself belongs in the activity log (Direct Line's echo). */
  readonly echo: boolean;
  /** How this channel's replies leave after the commit: read from the log, or pushed by an outbox sink. */
  readonly delivery: 'log' | 'connector';
  /**
   * The network the customer speaks from, as `ClientAddresses` names it: an IPv4 address or an IPv6 /64. Absent
   * where the channel has none of the customer's own.
   */
  readonly clientAddress?: string;
  /** The carrier's id of a line that the channel vouches for; it identifies, and opens nothing. */
  readonly knownLine?: string;
  /**
   * Marks what happens from our own side, and makes a repeat of it the same. It stands beside the activity, where no
   * channel can put anything: dialogs trust it.
   */
  readonly systemKey?: string;
}

export interface SubmittedTurn {
  /** Its place in the conversation's inbox; for a repeat, that of the first one. */
  readonly ticket: number;
  /** The id that the activity got; for a repeat, the id of the first one. */
  readonly activityId: string;
  readonly duplicate: boolean;
  /** Resolves with the turn's replies once it has committed; for a repeat, with the first one's replies. */
  readonly replies: () => Promise<readonly JsonActivity[]>;
}

/** `${channelId}/${conversationId}`: the address of a conversation in the store. */
export function conversationKey(channelId: string, conversationId: string): string {
  return `${channelId}/${conversationId}`;
}
