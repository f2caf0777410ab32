import { carryTrace } from '../services/trace/carriedTrace';
import { presentTrace } from '../services/trace/presentWork';
import type {
  ClaimedOutboxEntry,
  ConversationHead,
  JsonActivity,
  OutboxEntry,
} from '../services/turn/turnStore';
import type { Outcome, Scene } from './turnAttempts';

/** What one turn has put into the outbox. */
export interface OutboxPut {
  readonly entries: readonly OutboxEntry[];
  /** Those that its commit leased to this process. */
  readonly leased: readonly ClaimedOutboxEntry[];
  /** The turn itself. */
  readonly conversation: ConversationHead;
  readonly ticket: number;
  readonly replies: readonly JsonActivity[];
}

/** What leaves after a turn's commit: what its logic enqueued, and the replies where the channel wants them posted. */
export function outboxOf(
  { key, pending, turn }: Scene,
  { replies, tx }: Outcome,
  nowMs: number,
): OutboxEntry[] {
  const entries = [...tx.outbox()];
  if (turn.delivery === 'connector' && replies.length > 0)
    entries.push(connectorEntry(key, pending.ticket, nowMs));
  const trace = presentTrace();
  return entries.map((entry) => ({ ...entry, payload: carryTrace(entry.payload, trace) }));
}

/** The replies of one turn, to be posted after those of the turns before it. */
function connectorEntry(key: string, ticket: number, nowMs: number): OutboxEntry {
  const name = `connector/${key}`;
  const payload = { conversationKey: key, ticket };
  return { key: `${name}/${ticket}`, kind: 'connector', payload, lane: name, notBeforeMs: nowMs };
}
