import { createHash } from 'node:crypto';
import { z } from 'zod';
import { callbackLifeMs } from '../../channels/kakao/callback';
import type { InboundTurn } from '../../services/turn/turnIntake';
import { conversationKey } from '../../services/turn/turnIntake';
import type { JsonValue } from '../../services/turn/turnStore';
import type { TurnTransaction } from '../../services/turn/turnTransaction';

export const kakaoChannel = 'kakao';
export const handOverEvent = 'kakao/handOver';

const callback = z.object({ activityId: z.string(), url: z.string(), expiresAtMs: z.number() });
const handOverValue = z.object({ callback: z.string().max(6_000) });
export const callbackPayload = callback.extend({ conversationKey: z.string() });

/**
 * An answer that KakaoTalk waits for no longer is handed over to its callback by a turn of its own: durable before
 * KakaoTalk hears of it, and in line behind the slow turn, so that the answer is there when it runs.
 * @param activityId the message that is still being answered
 * @param url one-time address; also makes the handing over happen once
 */
export function handOverTurn(userId: string, activityId: string, url: string, nowMs: number): InboundTurn {
  const details = { activityId, url, expiresAtMs: nowMs + callbackLifeMs };
  return {
    channelId: kakaoChannel,
    conversationId: userId,
    userId,
    activity: {
      type: 'event',
      name: handOverEvent,
      id: createHash('sha256').update(url).digest('hex'),
      // Wrapped, so that no digit of the address is taken for somebody's number on the way.
      value: { callback: Buffer.from(JSON.stringify(details)).toString('base64url') },
      from: { id: userId },
      conversation: { id: userId },
    },
    echo: false,
    delivery: 'log',
  };
}

/** Runs in the turn above: the answer leaves through the outbox, once. Does nothing with a damaged value. */
export function enqueueCallback(tx: TurnTransaction, userId: string, value: unknown): void {
  const given = handOverValue.safeParse(value);
  if (!given.success) return;
  const details = callback.safeParse(unwrapped(given.data.callback));
  if (!details.success) return;
  const key = conversationKey(kakaoChannel, userId);
  const payload: JsonValue = { conversationKey: key, ...details.data };
  tx.enqueue({ key: `kakao/${key}/${details.data.activityId}`, kind: 'kakaoCallback', payload });
}

function unwrapped(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
