import { z } from 'zod';
import { handoffReason } from '../services/handoff/handoff';
import { topics } from '../services/intent/intent';
import { aspects, channelOfTopic, type Subject } from '../services/intent/requests/subject';
import type { JsonValue } from '../services/turn/turnStore';
import type { TurnTransaction } from '../services/turn/turnTransaction';
import { savedStack } from './savedStack';

/** Raise it when dialog ids or their saved state change shape: running conversations then start over. */
const version = 1;

const topic = z.enum(topics);
const channel = z.enum(['app', 'web', 'phone', 'store']);
/** A fingerprint of what was typed (`messageKey`), never the words. */
const key = z.string().regex(/^[0-9a-f]{16}$/);
/** More buttons than this are never shown. */
const fewTopics = z.array(topic).max(6);

const memorySchema = z.object({
  version: z.literal(version),
  locale: z.enum(['ko', 'en']),
  greeted: z.boolean(),
  /** Messages in a row that were not understood. */
  failures: z.number().int().min(0),
  /** What the last answer was about, so that "그럼 홈페이지는요?" means something; `atMs` epoch ms. */
  subject: z
    .object({
      topic,
      channel: channel.optional(),
      aspect: z.enum(aspects).optional(),
      atMs: z.number(),
    })
    .optional()
    .catch(undefined),
  /** What the last reply offered to choose from, so that a bare yes means something. */
  offered: fewTopics.optional().catch(undefined),
  /** The last reply offered to look up the customer's own payments, so that a bare yes means that. */
  statusOffered: z.boolean().optional().catch(undefined),
  /** The quick replies under the last reply, in order, so that "두 번째 거" means something. */
  shown: fewTopics.optional().catch(undefined),
  /** The message that the last reply asked back about, what it offered and what it could offer next. */
  asked: z.object({ key, offered: fewTopics, left: fewTopics }).optional().catch(undefined),
  /** What was chosen or refused after such a question, the latest last. */
  choices: z
    .array(z.object({ key, chosen: topic.optional(), refused: fewTopics.optional() }))
    .max(8)
    .optional()
    .catch(undefined),
  /** What was asked in one message with something that takes a while; `button` is only to be offered. */
  pending: z
    .object({ topics: fewTopics, button: topic.optional(), atMs: z.number() })
    .optional()
    .catch(undefined),
  /** What went badly last, so that a person who is called knows why (`handoffTrouble.ts`). */
  trouble: z
    .object({ reason: handoffReason.exclude(['asked']), atMs: z.number() })
    .optional()
    .catch(undefined),
  /** The last reply offered to keep a request for opening time, so that a bare yes means that. */
  callbackOffered: z.boolean().optional().catch(undefined),
  /** A person could not be called just now: a request may be kept from then on, epoch ms. */
  callbackFromMs: z.number().optional().catch(undefined),
  /** Id of the request that waits for opening time. */
  callback: z.string().max(128).optional().catch(undefined),
  /** The handoff that the last reply asked to rate, so that a bare number means that. */
  rating: z
    .object({ handoff: z.string().max(128), atMs: z.number() })
    .optional()
    .catch(undefined),
  /** What the last reply asked about reminders, or that it was one; `id` of the one that is to be changed. */
  reminder: z
    .object({
      ask: z.enum(['when', 'day', 'which', 'sent']),
      atMs: z.number(),
      id: z.string().max(64).optional(),
    })
    .optional()
    .catch(undefined),
  /** The dialog stack; a damaged one is started over, and the rest is kept. */
  dialogs: savedStack.optional().catch(undefined),
});

/** What one conversation remembers between turns: ids and plain values only, never codes, numbers or words. */
export type ConversationMemory = z.infer<typeof memorySchema>;

const idleMs = 30 * 24 * 3_600_000;
/** Nobody who comes back after half an hour goes on in half sentences. */
export const shortMemoryMs = 30 * 60_000;

/** The conversation's memory; a fresh one when there is none or its shape is of another version. */
export async function loadMemory(
  tx: TurnTransaction,
  conversationKey: string,
  locale: 'ko' | 'en',
): Promise<ConversationMemory> {
  const stored = memorySchema.safeParse(await tx.read(memoryKey(conversationKey)));
  return stored.success ? stored.data : { version, locale, greeted: false, failures: 0 };
}

export async function saveMemory(
  tx: TurnTransaction,
  conversationKey: string,
  memory: ConversationMemory,
  nowMs: number,
): Promise<void> {
  const plain: JsonValue = JSON.parse(JSON.stringify(memory));
  await tx.write(memoryKey(conversationKey), plain, nowMs + idleMs);
}

/** What the conversation is about now; undefined when nothing was answered within the last half hour. */
export function subjectOf(memory: ConversationMemory, nowMs: number): Subject | undefined {
  const { subject } = memory;
  return subject === undefined || nowMs - subject.atMs > shortMemoryMs ? undefined : subject;
}

export function rememberSubject(memory: ConversationMemory, subject: Subject, nowMs: number): void {
  const { topic, aspect, channel = channelOfTopic(topic) } = subject;
  memory.subject = {
    topic,
    ...(channel === undefined ? {} : { channel }),
    ...(aspect === undefined ? {} : { aspect }),
    atMs: nowMs,
  };
}

/** Where the conversation's memory is kept. */
export function memoryKey(conversationKey: string): string {
  return `memory/${conversationKey}`;
}
