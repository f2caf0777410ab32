import { createHmac } from 'node:crypto';
import type { Clock } from '../../services/clock';
import { DeliveryRefusedError, DeliveryUnavailableError } from '../../services/errors';
import type { ChallengeSender } from '../../services/identity/challengeSender';
import type { MessageSender } from '../../services/reminders/messageSender';
import { traceHeaders } from '../../services/trace/presentWork';
import { isRefusal, retryAfterMs } from './deliveryPatience';
import { messageTypeOf } from './smsLength';

export interface WebhookSenderOptions {
  readonly url: string;
  /** Shared with the receiver, who checks the signature with it. */
  readonly secret: string;
  readonly clock: Clock;
  /** Shorter than the outbox waits for a delivery, so that the failure has its own name. Default 8 s. */
  readonly timeoutMs?: number;
}

/**
 * Hands text messages to a carrier's own gateway, one HTTP POST each (docs/security.md has an example):
 * - body: JSON `{"to":"01012345678","type":"SMS","text":"…"}`
 * - `X-Bill-Guide-Timestamp`: seconds since 1970; receivers refuse what is older than five minutes
 * - `X-Bill-Guide-Signature`: `sha256=` and the hex HMAC-SHA-256 of `${timestamp}.${body}`
 * - `Idempotency-Key`: the same on every attempt to deliver this message
 *
 * Any 2xx means taken. The outbox sends again after 5xx, 408, 425, 429, a timeout or a broken connection; every
 * other answer is final. Redirects are not followed: they would carry a code elsewhere.
 */
export class WebhookSender implements ChallengeSender, MessageSender {
  constructor(private readonly options: WebhookSenderOptions) {}

  /**
   * @throws DeliveryRefusedError when this message will never be taken
   * @throws DeliveryUnavailableError when it may be taken later
   */
  async send({ phoneNumber, text, key }: { phoneNumber: string; text: string; key: string }): Promise<void> {
    const { url, secret, clock, timeoutMs = 8_000 } = this.options;
    const body = JSON.stringify({ to: phoneNumber, type: messageTypeOf(text), text });
    const timestamp = String(Math.floor(clock.now() / 1_000));
    const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
    let response: Response;
    try {
      response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          ...traceHeaders(),
          'Content-Type': 'application/json; charset=utf-8',
          'Idempotency-Key': key,
          'X-Bill-Guide-Timestamp': timestamp,
          'X-Bill-Guide-Signature': `sha256=${signature}`,
        },
        body,
      });
    } catch {
      // The cause may repeat what was sent; nobody needs it to know what to do.
      throw new DeliveryUnavailableError('the SMS gateway did not answer');
    }
    // Nothing in it matters, and an endless one must not hold the connection.
    await response.body?.cancel();
    if (response.ok) return;
    if (isRefusal(response.status)) {
      throw new DeliveryRefusedError(`the SMS gateway refused the message: HTTP ${response.status}`);
    }
    throw new DeliveryUnavailableError(
      `the SMS gateway cannot take messages now: HTTP ${response.status}`,
      retryAfterMs(response.headers.get('retry-after'), clock.now()),
    );
  }
}
