import { z } from 'zod';
import { topics } from '../services/intent/intent';
import type { JsonValue } from '../services/turn/turnStore';
import type { TurnTransaction } from '../services/turn/turnTransaction';
import { savedStack } from './savedStack';

/** Raise it when dialog ids or their saved state change shape: running conversations then start over. */
const version = 1;

const memorySchema = z.object({
  version: z.literal(version),
  locale: z.enum(['ko', 'en']),
  greeted: z.boolean(),
  /** Messages in a row that were not understood. */
  failures: z.number().int().min(0),
  lastTopic: z.enum(topics).optional(),
  /** What the last reply offered to choose from, so that a bare yes means something. */
  offered: z.array(z.enum(topics)).optional(),
  /** The dialog stack; a damaged one is started over, and the rest is kept. */
  dialogs: savedStack.optional().catch(undefined),
});

/** What one conversation remembers between turns: ids and plain values only, never codes or phone numbers. */
export type ConversationMemory = z.infer<typeof memorySchema>;

const idleMs = 30 * 24 * 3_600_000;

/** The conversation's memory; a fresh one when there is none or its shape is of another version. */
export async function loadMemory(
  tx: TurnTransaction,
  conversationKey: string,
  locale: 'ko' | 'en',
): Promise<ConversationMemory> {
  const stored = memorySchema.safeParse(await tx.read(recordKey(conversationKey)));
  return stored.success ? stored.data : { version, locale, greeted: false, failures: 0 };
}

export async function saveMemory(
  tx: TurnTransaction,
  conversationKey: string,
  memory: ConversationMemory,
  nowMs: number,
): Promise<void> {
  const plain: JsonValue = JSON.parse(JSON.stringify(memory));
  await tx.write(recordKey(conversationKey), plain, nowMs + idleMs);
}

function recordKey(conversationKey: string): string {
  return `memory/${conversationKey}`;
}
