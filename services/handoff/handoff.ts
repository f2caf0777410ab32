import { z } from 'zod';
import { topics } from '../intent/intent';

/**
 * A conversation with a person instead of the bot. The states are those of Bot Framework's handoff protocol
 * (learn.microsoft.com, "Transition conversations from bot to human"): bot → requested → accepted → completed → bot,
 * and from requested also failed and cancelled. 'bot' is the absence of a record.
 */
export const handoffReasons = [
  /** The customer asked for a person. */
  'asked',
  /** Three messages in a row were not understood. */
  'notUnderstood',
  /** The customer could not be verified. */
  'verificationFailed',
  /** The line is suspended. */
  'suspended',
  'upset',
  /** Worn out by trouble, or in danger. */
  'distress',
  /** The topic is marked `handoff` in `data/faq.json`. */
  'topic',
] as const;
export const handoffReason = z.enum(handoffReasons);
export type HandoffReason = z.output<typeof handoffReason>;

/** Who should take it up. A desk may know more skills. */
export const handoffSkills = ['billing', 'identity', 'suspension', 'care'] as const;

export const handoffAgent = z.object({ id: z.string().min(1).max(128), name: z.string().min(1).max(128) });
export type HandoffAgent = z.output<typeof handoffAgent>;

export const openStates = ['requested', 'accepted'] as const;
export const closedStates = ['completed', 'failed', 'cancelled'] as const;
/**
 * How it ended: resolved or returned by the agent, ended by the customer while they talked, cancelled by the
 * customer while waiting, nobody came, or the hub could not.
 */
export const handoffEndings = ['resolved', 'returned', 'left', 'cancelled', 'timeout', 'failed'] as const;
export type HandoffEnding = (typeof handoffEndings)[number];

const epochMs = z.number().int();
const note = z.object({ by: z.string(), text: z.string(), atMs: epochMs });
export type HandoffNote = z.output<typeof note>;

const facts = z.object({
  /** A random UUID. */
  id: z.string().min(1).max(128),
  conversationKey: z.string(),
  reason: handoffReason,
  skill: z.string(),
  /** What the conversation was about. */
  topic: z.enum(topics).optional().catch(undefined),
  language: z.enum(['ko', 'en']),
  channelId: z.string(),
  /** The customer's level when it began was acr1 or more. */
  verified: z.boolean(),
  /** It began with a callback that was asked for outside opening hours: the customer may not be there. */
  callback: z.boolean(),
  requestedAtMs: epochMs,
  acceptedAtMs: epochMs.optional(),
  agent: handoffAgent.optional(),
});

/** The current handoff of a conversation: record `handoff/<conversationKey>`, changed by its turns alone. */
export const handoffRecord = facts.extend({
  state: z.enum(openStates),
  /** Grows with each request or transfer back into the queue; a timer of an earlier wait counts for nothing. */
  wait: z.number().int().min(1),
  /** When this wait began, epoch ms: `requestedAtMs`, or that of the transfer back into the queue. */
  waitingSinceMs: epochMs,
  /** What the customer said last, masked; at most 200 characters. */
  lastText: z.string().optional(),
  /** When the customer who waits was last told that what they write is passed on, epoch ms. */
  toldAtMs: epochMs.optional(),
  /** For agents alone; at most 50. */
  notes: z.array(note),
});
export type HandoffRecord = z.output<typeof handoffRecord>;

/** What is kept of one that has ended: record `handoffClosed/<id>`. Nothing that anybody wrote. */
export const closedHandoff = facts.extend({
  state: z.enum(closedStates),
  ending: z.enum(handoffEndings),
  endedAtMs: epochMs,
  /** The customer's, 1 to 5. */
  rating: z.number().int().min(1).max(5).optional(),
});
export type ClosedHandoff = z.output<typeof closedHandoff>;

const bill = z.object({
  /** Month and service, in the customer's language. */
  label: z.string(),
  /** What remains to be paid, whole KRW. */
  amountKrw: z.number(),
  /** 'YYYY-MM-DD' in Asia/Seoul. */
  dueDate: z.string().optional(),
});

const line = z.object({ from: z.enum(['customer', 'bot', 'agent']), text: z.string(), atMs: epochMs });
export type TranscriptLine = z.output<typeof line>;

/**
 * What the agent knows from the start and need not ask: record `handoffPacket/<id>`, gone after `expiresAtMs`.
 * Masked; no one-time code, no full number.
 */
export const handoffPacket = z.object({
  reason: handoffReason,
  topic: z.enum(topics).optional().catch(undefined),
  verification: z.object({
    level: z.enum(['acr0', 'acr1', 'acr2']),
    /** When the customer last proved it. */
    verifiedAtMs: epochMs.optional(),
    /** '010-****-1001' */
    maskedLine: z.string().optional(),
    /** The carrier's opaque id, for the desk's logged unmasking; never shown. */
    lineId: z.string().optional(),
  }),
  /** Only of a verified customer whose bills could be read. */
  balance: z.object({ totalKrw: z.number(), asOfMs: epochMs, bills: z.array(bill) }).optional(),
  /** The bot's last answers, oldest first. */
  saidByBot: z.array(z.string()),
  transcript: z.array(line),
  /** The last entry of the activity log that is in `transcript`. */
  lastSeq: z.number().int().min(0),
  expiresAtMs: epochMs,
});
export type HandoffPacket = z.output<typeof handoffPacket>;

/** A callback that was asked for outside opening hours: record `callback/<id>`, until it joins the queue. */
export const callbackTicket = facts
  .omit({ acceptedAtMs: true, agent: true, callback: true })
  .extend({ opensAtMs: epochMs });
export type CallbackTicket = z.output<typeof callbackTicket>;

/** Where everything is kept. */
export const handoffPrefix = 'handoff/';
export const closedPrefix = 'handoffClosed/';
export const callbackPrefix = 'callback/';
export const pickupPrefix = 'handoffPickup/';
export const handoffKey = (conversationKey: string): string => `${handoffPrefix}${conversationKey}`;
export const closedKey = (handoffId: string): string => `${closedPrefix}${handoffId}`;
export const packetKey = (handoffId: string): string => `handoffPacket/${handoffId}`;
export const callbackKey = (handoffId: string): string => `${callbackPrefix}${handoffId}`;

/** The handoff in a record's value; undefined when there is none, or none that can be read. */
export function readHandoff(value: unknown): HandoffRecord | undefined {
  const parsed = handoffRecord.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}
