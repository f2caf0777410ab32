import { z } from 'zod';
import type { JsonValue } from '../turn/turnStore';
import type { TurnTransaction } from '../turn/turnTransaction';
import { type DeliveryWay, deliveryWays, readWays, waysKey } from './deliveryWays';
import { noteOut } from './messagesOut';
import { type Claim, claimPayload } from './stillHolds';

/** The outbox kind of a reminder that leaves by another way than the turn that decided on it. */
export const messageKind = 'reminderMessage';

export const messagePayload = z.strictObject({
  conversationKey: z.string(),
  language: z.enum(['ko', 'en']),
  /** In the order in which they are tried, each with its words; there is nothing personal in them. */
  ways: z.array(z.strictObject({ way: z.enum(deliveryWays), text: z.string().min(1).max(2_000) })).min(1),
  grant: z.string().optional(),
  /** The same with its quick replies, for a chat to which it has to be posted. */
  activity: z.custom<JsonValue>((value) => value !== undefined).optional(),
  claim: claimPayload.optional(),
  /** When it was to go out, and when it is of no use any more; epoch ms. */
  sinceMs: z.number().int(),
  untilMs: z.number().int(),
});
export type MessagePayload = z.infer<typeof messagePayload>;

/** Later than this a reminder would say something that is no longer so. */
const usefulMs = 12 * 3_600_000;

export interface DueMessage {
  readonly conversationKey: string;
  /** The idempotency key of the stage: a stage has one message, whatever happens. */
  readonly key: string;
  readonly language: 'ko' | 'en';
  /** What the chat says, and KakaoTalk's Event block; and what a text message says (`strings.reminderDelivery.sms`). */
  readonly texts: { readonly chat: string; readonly sms: string };
  /**
   * As the chat gets it where every message has to be posted; absent where it is read from a log. Posting can fail and
   * be tried again at night, or when it is not true any more: such a message leaves on its own, after a look.
   */
  readonly activity?: JsonValue | undefined;
  /** What it says of the billing system, see `claimOf`. */
  readonly claim?: Claim | undefined;
  /** Epoch ms. */
  readonly nowMs: number;
  /** When its words are not true any more, epoch ms; at most 12 hours are waited anyway. */
  readonly trueUntilMs?: number;
}

/**
 * Hands a reminder to the ways that the customer chose, with the turn that decided on it.
 * @returns 'chat' when the turn itself has to say it: nothing was handed over then
 */
export async function handOver(
  tx: Pick<TurnTransaction, 'read' | 'write' | 'enqueue'>,
  message: DueMessage,
): Promise<'chat' | 'handedOver'> {
  const { conversationKey, key, language, texts, activity, claim, nowMs, trueUntilMs } = message;
  const chosen = readWays(await tx.read(waysKey(conversationKey)));
  const order = chosen?.order ?? usualOrder(conversationKey);
  if (order.length === 1 && order[0] === 'chat' && activity === undefined) return 'chat';
  const untilMs = Math.min(nowMs + usefulMs, trueUntilMs ?? Number.POSITIVE_INFINITY);
  const payload: MessagePayload = {
    conversationKey,
    language,
    ways: order.map((way) => ({ way, text: way === 'sms' ? texts.sms : texts.chat })),
    ...(chosen?.grant === undefined ? {} : { grant: chosen.grant }),
    ...(activity === undefined ? {} : { activity }),
    ...(claim === undefined ? {} : { claim }),
    sinceMs: nowMs,
    untilMs,
  };
  const entryKey = `${messageKind}/${key}`;
  await noteOut(tx, conversationKey, { key: entryKey, untilMs }, nowMs);
  tx.enqueue({ key: entryKey, kind: messageKind, payload });
  return 'handedOver';
}

/** In KakaoTalk nothing reaches the chat by itself: what is said there waits for the customer's next message. */
function usualOrder(conversationKey: string): readonly DeliveryWay[] {
  return conversationKey.startsWith('kakao/') ? ['kakao', 'chat'] : ['chat'];
}
