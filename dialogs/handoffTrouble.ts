import type { HandoffReason } from '../services/handoff/handoff';
import { type ConversationMemory, shortMemoryMs } from './conversationMemory';
import type { DialogTurn } from './dialogTurn';

/** Notes what went badly, so that whoever is called next knows why. */
export function noteTrouble({ memory, nowMs }: DialogTurn, reason: Exclude<HandoffReason, 'asked'>): void {
  memory.trouble = { reason, atMs: nowMs };
}

/** Why a person is wanted now: what went badly within the last half hour, else that the customer asks. */
export function reasonOf(memory: ConversationMemory, nowMs: number): HandoffReason {
  const { trouble } = memory;
  return trouble === undefined || nowMs - trouble.atMs > shortMemoryMs ? 'asked' : trouble.reason;
}
