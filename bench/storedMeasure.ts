import { journalsBeforeMs } from '../services/journal/journalRetention';
import { median } from './statistics';
import type { StoredDatabase } from './storedDatabase';
import { storedAtMs } from './storedScript';
import { deliver } from './storedTemplates';
import { type ComparedCost, compare, type Kind, type Subject, sideOf, type Turns } from './storedTurnCost';

const dayMs = 86_400_000;
/** Conversations that wait to be removed; each has two finished turns, so that a batch of 500 is full. */
export const overdue = 250;
/** Their numbers, where no other fill comes. */
export const overdueFrom = 10_000_000;
export const overdueAgeMs = 40 * dayMs;
const unfinished = 20;
const idleCalls = 50;

export interface SizeCost {
  readonly conversations: number;
  readonly bytesPerConversation: number;
  readonly turns: Readonly<Record<Kind, ComparedCost>>;
  /** Median ms of a claim of at most 50 due entries of the outbox. */
  readonly claimOutboxMs: number;
  /** Median ms with nothing due. */
  readonly nextDueMs: number;
  /** Median ms beside 20 unfinished turns. */
  readonly pendingConversationsMs: number;
  readonly claimPendingMs: number;
  /** Ms that removes 250 conversations, 500 finished turns and 250 records; and of one that finds nothing. */
  readonly sweepBatchMs: number;
  readonly sweepNothingMs: number;
}

/** Measures what a database costs beside what it holds already. @param count turns of each kind */
export async function measureSize(grown: Subject, small: Subject, count: number): Promise<SizeCost> {
  const { database, conversations, turns } = grown;
  for (const each of [small, grown]) await each.database.settle();
  const bytesPerConversation = (await database.bytes()) / (conversations + overdue);
  const store = await database.open();
  const smallStore = await small.database.open();
  try {
    const sides = [sideOf(small, smallStore, count), sideOf(grown, store, count)] as const;
    const costs: Record<Kind, ComparedCost> = {
      faq: await compare(sides, 'faq'),
      number: await compare(sides, 'number'),
      code: await compare(sides, 'code'),
    };
    await deliver(smallStore);
    const claims = await deliver(store);
    const nextDueMs = await medianMs(idleCalls, () => store.nextOutboxDueMs());
    const backlog = await measureBacklog(database, turns, sides[1].chosen);
    const limits = {
      nowMs: storedAtMs,
      keysBeforeMs: storedAtMs - dayMs,
      conversationsBeforeMs: storedAtMs - 30 * dayMs,
      journalBeforeMs: journalsBeforeMs(storedAtMs),
    };
    const sweepBatchMs = await medianMs(1, () => store.sweep(limits));
    const sweepNothingMs = await medianMs(3, () => store.sweep(limits));
    return {
      conversations,
      bytesPerConversation,
      turns: costs,
      claimOutboxMs: median(claims),
      nextDueMs,
      ...backlog,
      sweepBatchMs,
      sweepNothingMs,
    };
  } finally {
    await Promise.all([store.close(), smallStore.close()]);
  }
}

/** Beside a process that died: turns that it accepted, and whose claims end at once. */
async function measureBacklog(database: StoredDatabase, turns: Turns, chosen: readonly number[]) {
  const dead = await database.open(1);
  try {
    const keys = new Set<string>();
    for (const conversation of new Set(chosen.slice(0, unfinished))) {
      const request = turns.question(conversation);
      await dead.accept(request);
      keys.add(request.conversation.key);
    }
    const pendingConversationsMs = await medianMs(idleCalls, () => dead.pendingConversations());
    const claimPendingMs = await medianMs(idleCalls, () => dead.claimPending(unfinished));
    const left = await dead.pendingConversations();
    if (left.length !== keys.size) throw new Error(`${left.length} conversations wait, not ${keys.size}`);
    for (const conversationKey of left) {
      const pending = await dead.nextPending(conversationKey);
      if (pending === undefined) throw new Error('an unfinished turn is gone');
      const { ticket } = pending;
      const nothing = { records: [], replies: [], outbox: [], committedAtMs: storedAtMs };
      await dead.commit({ conversationKey, ticket, ...nothing });
    }
    return { pendingConversationsMs, claimPendingMs };
  } finally {
    await dead.close();
  }
}

async function medianMs(calls: number, call: () => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (let at = 0; at < calls; at += 1) {
    const begunMs = performance.now();
    await call();
    took.push(performance.now() - begunMs);
  }
  return median(took);
}
