import { z } from 'zod';
import { StoreUnavailableError } from '../errors';
import type { TurnTransaction } from '../turn/turnTransaction';
import type { Binding } from './proof';

const epochMs = z.number().int();
const base64url = z.string().regex(/^[\w-]{16,64}$/);

/** Longer than any line id: what is stored of a line and of no line has the same length. */
const lineIdLength = 64;

/** A line's id, or null for none, as a text of constant length, so that what is written tells nothing. */
export function storedLineId(lineId: string | null): string {
  return (lineId ?? '').padEnd(lineIdLength);
}

/** Reads what `storedLineId` wrote. null: no usable line, nothing was sent and no code opens anything. */
export const storedLine = z.string().transform((text) => text.trimEnd() || null);

/** A code that was sent, or seems to have been. Holds neither the code nor the phone number. */
export const challengeRecord = z.strictObject({
  nonce: base64url,
  lineId: storedLine,
  numberDigest: base64url,
  /** Who asked from where, as `sendLimits.ts` counts it. */
  sendId: base64url,
  addressDigest: base64url.nullable(),
  purpose: z.string(),
  digits: z.number().int().min(1).max(12),
  sentAtMs: epochMs,
  /** The latest time at which somebody tried it; an earlier "now" means that the clock was set back. */
  seenAtMs: epochMs,
  expiresAtMs: epochMs,
  triesLeft: z.number().int().min(0),
});
export type ChallengeRecord = z.infer<typeof challengeRecord>;

export const sessionRecord = z.strictObject({
  /** Of the challenge that it was opened with. */
  nonce: base64url,
  lineId: z.string(),
  acr: z.enum(['acr1', 'acr2']),
  authTimeMs: epochMs,
  lastUsedMs: epochMs,
  expiresAtMs: epochMs,
  /** When an identity agency saw the line's holder, if it did; opens acr2. */
  agencyTimeMs: epochMs.optional(),
});
export type SessionRecord = z.infer<typeof sessionRecord>;

/** Codes that went to one line, or that one address asked for, and whose line was not proved: oldest first. */
export const sendLimitRecord = z.strictObject({
  sends: z.array(z.strictObject({ id: base64url, atMs: epochMs })),
});

/** Which numbers one conversation tried, and when last. */
export const conversationLimitRecord = z.strictObject({
  numbers: z.array(z.strictObject({ digest: base64url, sentAtMs: epochMs })),
});

/** Wrong codes over all lines, counted by minute. */
export const fleetLimitRecord = z.strictObject({
  minutes: z.array(z.strictObject({ startMs: epochMs, failures: z.number().int().positive() })),
});

export const challengeKey = (binding: Binding): string => keyOf('challenge', ...partsOf(binding));
export const sessionKey = (binding: Binding): string => keyOf('session', ...partsOf(binding));
export const lineLimitKey = (numberDigest: string): string => keyOf('limit', 'line', numberDigest);
export const addressLimitKey = (addressDigest: string): string => keyOf('limit', 'address', addressDigest);
export const conversationLimitKey = (binding: Binding): string =>
  keyOf('limit', 'conversation', binding.channelId, binding.conversationId);
/** The outbox entry that carries the code of a challenge. */
export const codeEntryKey = (nonce: string): string => `sms/code/${nonce}`;
export const fleetLimitKey = 'limit/fleet';

/** A damaged challenge or session counts as none: the customer proves it again. */
export async function readOrForget<T>(
  tx: Pick<TurnTransaction, 'read'>,
  recordKey: string,
  shape: z.ZodType<T>,
): Promise<T | undefined> {
  const parsed = shape.safeParse(await tx.read(recordKey));
  return parsed.success ? parsed.data : undefined;
}

/**
 * A damaged limit must not count as an unused one.
 * @throws StoreUnavailableError when the record has another shape
 */
export async function readLimit<T>(
  tx: TurnTransaction,
  recordKey: string,
  shape: z.ZodType<T>,
): Promise<T | undefined> {
  const value = await tx.read(recordKey);
  if (value === undefined) return undefined;
  const parsed = shape.safeParse(value);
  if (!parsed.success) throw new StoreUnavailableError('a stored send limit has an unexpected shape');
  return parsed.data;
}

function partsOf({ channelId, conversationId, userId }: Binding): string[] {
  return [channelId, conversationId, userId];
}

/** Ids come from outside. JSON first, because encodeURIComponent throws at a lone surrogate. */
export function keyOf(...parts: readonly string[]): string {
  return parts.map((part) => encodeURIComponent(JSON.stringify(part).slice(1, -1))).join('/');
}
