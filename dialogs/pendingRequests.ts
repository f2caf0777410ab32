import type { Topic } from '../services/intent/intent';
import { shortMemoryMs } from './conversationMemory';
import type { DialogTurn } from './dialogTurn';

const mostPending = 2;

/** What is still to be answered of a message with several requests. */
export interface PendingRequests {
  readonly topics: readonly Topic[];
  /** Only offered as a button: three answers at once are too much. */
  readonly button?: Topic | undefined;
}

/** Keeps requests until what comes first is done or given up, after those that wait already. */
export function keepPending(turn: DialogTurn, { topics, button }: PendingRequests): void {
  const before = takePending(turn);
  const all = [...new Set([...before.topics, ...topics])].slice(0, mostPending);
  const last = button ?? before.button;
  if (all.length === 0 && last === undefined) return;
  turn.memory.pending = { topics: all, ...(last === undefined ? {} : { button: last }), atMs: turn.nowMs };
}

/** Takes what waits out of the memory; what has waited for half an hour is let go. */
export function takePending({ memory, nowMs }: DialogTurn): PendingRequests {
  const { pending } = memory;
  memory.pending = undefined;
  return pending === undefined || nowMs - pending.atMs > shortMemoryMs ? { topics: [] } : pending;
}

/** A request that has been answered on the way is not answered again. */
export function forgetPending({ memory }: DialogTurn, topic: Topic): void {
  const { pending } = memory;
  if (pending === undefined) return;
  const topics = pending.topics.filter((one) => one !== topic);
  const button = pending.button === topic ? undefined : pending.button;
  memory.pending =
    topics.length === 0 && button === undefined
      ? undefined
      : { topics, ...(button === undefined ? {} : { button }), atMs: pending.atMs };
}
