import type { SolapiMessageService } from 'solapi';
import { z } from 'zod';
import { DeliveryRefusedError, DeliveryUnavailableError } from '../../services/errors';
import type { ChallengeSender } from '../../services/identity/challengeSender';
import type { MessageSender } from '../../services/reminders/messageSender';
import { isRefusal } from './deliveryPatience';
import { messageTypeOf } from './smsLength';

export interface SolapiSenderOptions {
  readonly apiKey: string;
  readonly apiSecret: string;
  /** A sender number registered with SOLAPI, digits only. */
  readonly sender: string;
  /** The SDK itself waits for ever. Default 8 s. */
  readonly timeoutMs?: number;
}

/** What one message comes to when SOLAPI has taken it. */
const taken = z.object({
  failedMessageList: z.array(z.unknown()).max(0),
  groupInfo: z.object({ count: z.object({ registeredSuccess: z.number().min(1) }) }),
});

/** The SDK's errors, as far as they tell whether trying again helps. */
const sdkFailure = z.object({ _tag: z.string(), httpStatus: z.number().optional() });
const hopeless = new Set(['MessageNotReceivedError', 'BadRequestError', 'ApiKeyError']);
const keysKept = 10_000;

/**
 * Hands text messages to SOLAPI through its SDK (`messages/v4/send-many/detail`, signed with HMAC-SHA256). Its API
 * knows no idempotency key: this process sends no key twice, and a message that went out again after a crash or a
 * lost answer carries the same code. The key travels in `customFields`, where SOLAPI's message log shows it.
 */
export class SolapiSender implements ChallengeSender, MessageSender {
  private service: Promise<SolapiMessageService> | undefined;
  /** Oldest first. */
  private readonly sent = new Set<string>();

  constructor(private readonly options: SolapiSenderOptions) {}

  /**
   * @throws DeliveryRefusedError when this message will never be taken
   * @throws DeliveryUnavailableError when it may be taken later
   */
  async send({ phoneNumber, text, key }: { phoneNumber: string; text: string; key: string }): Promise<void> {
    if (this.sent.has(key)) return;
    const { sender: from, timeoutMs = 8_000 } = this.options;
    const service = await this.connected();
    const sending = service.send({
      to: phoneNumber,
      from,
      text,
      type: messageTypeOf(text),
      customFields: { key },
    });
    let answer: unknown;
    try {
      answer = await within(timeoutMs, sending);
    } catch (error) {
      throw failureOf(error);
    }
    if (!taken.safeParse(answer).success) {
      throw new DeliveryUnavailableError('SOLAPI answered in another shape than it documents');
    }
    this.remember(key);
  }

  /** The SDK is large and mostly about other things: loaded when the first message goes out. */
  private connected(): Promise<SolapiMessageService> {
    const { apiKey, apiSecret } = this.options;
    this.service ??= import('solapi').then(
      ({ SolapiMessageService: Service }) => new Service(apiKey, apiSecret),
    );
    return this.service;
  }

  private remember(key: string): void {
    this.sent.add(key);
    const oldest = this.sent.values().next().value;
    if (this.sent.size > keysKept && oldest !== undefined) this.sent.delete(oldest);
  }
}

/** Without the SDK's error as a cause: it repeats numbers and texts. */
function failureOf(error: unknown): DeliveryRefusedError | DeliveryUnavailableError {
  if (error instanceof DeliveryUnavailableError) return error;
  const { success, data } = sdkFailure.safeParse(error);
  const status = data?.httpStatus;
  if (success && (hopeless.has(data._tag) || (status !== undefined && isRefusal(status)))) {
    return new DeliveryRefusedError(`SOLAPI refused the message: ${status ?? data._tag}`);
  }
  return new DeliveryUnavailableError(`SOLAPI cannot take messages now: ${status ?? 'no answer'}`);
}

async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeliveryUnavailableError('SOLAPI did not answer')), timeoutMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
