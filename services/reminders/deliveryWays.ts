import { z } from 'zod';
import type { JsonValue } from '../turn/turnStore';
import type { TurnTransaction } from '../turn/turnTransaction';

/**
 * How a reminder reaches somebody: in the conversation itself (a web chat shows it when they come back, a messenger
 * at once), as a text message, or through KakaoTalk's Event API.
 */
export const deliveryWays = ['chat', 'sms', 'kakao'] as const;
export type DeliveryWay = (typeof deliveryWays)[number];

const chosen = z.strictObject({
  version: z.literal(1),
  /** The first is taken; the next ones where it fails for good. */
  order: z
    .array(z.enum(deliveryWays))
    .min(1)
    .refine((order) => new Set(order).size === order.length),
  /** `StandingGrants.issue`: whose handset, proved when it was chosen. Only with 'sms'. */
  grant: z.string().max(600).optional(),
  /** When it was chosen, and the version of the words that said what it means. */
  consent: z.strictObject({ atMs: z.number().int(), wording: z.string().max(20) }),
});
export type ChosenWays = Omit<z.infer<typeof chosen>, 'version'>;

/** Raise it when what customers agree to (strings/reminderDelivery, `agreed`) says something else. */
export const wayConsentWording = '2026-11';

/** The record of one conversation's choice; erased with the conversation. */
export function waysKey(conversationKey: string): string {
  return `reminderWays/${conversationKey}`;
}

/** @returns undefined when nothing was chosen: then reminders come in the chat */
export function readWays(value: JsonValue | undefined): ChosenWays | undefined {
  const parsed = chosen.safeParse(value);
  if (!parsed.success) return undefined;
  const { version: _, ...ways } = parsed.data;
  return ways;
}

/** Keeps the choice, in the turn in which it was made. @param expiresAtMs no later than the grant's end */
export async function writeWays(
  tx: Pick<TurnTransaction, 'write'>,
  conversationKey: string,
  ways: ChosenWays,
  expiresAtMs: number,
): Promise<void> {
  // JSON has no undefined.
  const value: JsonValue = JSON.parse(JSON.stringify({ version: 1, ...ways }));
  await tx.write(waysKey(conversationKey), value, expiresAtMs);
}
