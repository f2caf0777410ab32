import { z } from 'zod';
import { StoreUnavailableError } from '../errors';
import type { TurnTransaction } from '../turn/turnTransaction';
import type { Binding } from './proof';

const epochMs = z.number().int();
const base64url = z.string().regex(/^[\w-]{16,64}$/);

/** A code that was sent, or seems to have been. Holds neither the code nor the phone number. */
export const challengeRecord = z.strictObject({
  nonce: base64url,
  /** null: no usable line, nothing was sent and no code opens anything. */
  lineId: z.string().nullable(),
  numberDigest: base64url,
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
  lineId: z.string(),
  acr: z.literal('acr1'),
  authTimeMs: epochMs,
  lastUsedMs: epochMs,
  expiresAtMs: epochMs,
});
export type SessionRecord = z.infer<typeof sessionRecord>;

/** When codes went to one line, oldest first. */
export const lineLimitRecord = z.strictObject({ sentAtMs: z.array(epochMs) });

/** Which numbers one conversation tried, and when last. */
export const conversationLimitRecord = z.strictObject({
  numbers: z.array(z.strictObject({ digest: base64url, sentAtMs: epochMs })),
});

/** Wrong codes over all lines, counted by minute. */
export const fleetLimitRecord = z.strictObject({
  minutes: z.array(z.strictObject({ startMs: epochMs, failures: z.number().int().positive() })),
});

export const challengeKey = (binding: Binding): string => key('challenge', ...partsOf(binding));
export const sessionKey = (binding: Binding): string => key('session', ...partsOf(binding));
export const lineLimitKey = (numberDigest: string): string => key('limit', 'line', numberDigest);
export const conversationLimitKey = (binding: Binding): string =>
  key('limit', 'conversation', binding.channelId, binding.conversationId);
export const fleetLimitKey = 'limit/fleet';

/** A damaged challenge or session counts as none: the customer proves it again. */
export async function readOrForget<T>(
  tx: TurnTransaction,
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
function key(...parts: readonly string[]): string {
  return parts.map((part) => encodeURIComponent(JSON.stringify(part).slice(1, -1))).join('/');
}
