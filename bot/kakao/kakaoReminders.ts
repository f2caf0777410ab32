import { z } from 'zod';
import type { Clock } from '../../services/clock';
import { DeliveryRefusedError, DeliveryUnavailableError } from '../../services/errors';
import type { CarriedMessage, DeliveryCarrier } from '../../services/reminders/deliveryChain';
import { conversationKey } from '../../services/turn/turnIntake';
import type { TurnStore } from '../../services/turn/turnStore';
import { kakaoChannel } from './handOver';

export interface KakaoRemindersOptions {
  readonly store: Pick<TurnStore, 'readRecord' | 'writeRecords'>;
  /** Has KakaoTalk run the Event block for a customer (`KakaoEventClient`). */
  readonly events: { tell(botUserKey: string, key: string): Promise<void> };
  readonly clock: Clock;
}

const waiting = z.strictObject({ version: z.literal(1), text: z.string(), language: z.enum(['ko', 'en']) });
export type WaitingReminder = Omit<z.infer<typeof waiting>, 'version'>;

/** KakaoTalk fetches the words at once; the rest is for a bad hour. */
const keptMs = 12 * 3_600_000;

/**
 * Where the words of a reminder wait until KakaoTalk's Event block asks for them.
 * @param key of the conversation; erased with it
 */
export function kakaoReminderKey(key: string): string {
  return `kakaoReminder/${key}`;
}

/**
 * Reminders through KakaoTalk's Event API: the words are put down first, then KakaoTalk is told to run the Event block,
 * whose skill (`POST /channels/kakao/event`) gives them. So the call itself says nothing about anybody.
 */
export class KakaoReminders implements DeliveryCarrier {
  constructor(private readonly options: KakaoRemindersOptions) {}

  /** @throws DeliveryRefusedError, DeliveryUnavailableError, StoreUnavailableError */
  async deliver({ conversationKey: owner, text, language, key }: CarriedMessage): Promise<void> {
    const { store, events, clock } = this.options;
    const start = conversationKey(kakaoChannel, '');
    if (!owner.startsWith(start)) throw new DeliveryRefusedError('this is no conversation of KakaoTalk');
    const recordKey = kakaoReminderKey(owner);
    const nowMs = clock.now();
    const { version: expectedVersion } = await store.readRecord(recordKey);
    const change = { value: { version: 1, text, language }, expiresAtMs: nowMs + keptMs };
    const outcome = await store.writeRecords([{ key: recordKey, expectedVersion, change }], nowMs);
    if (outcome === 'conflict') throw new DeliveryUnavailableError('another reminder is on its way');
    await events.tell(owner.slice(start.length), key);
  }

  /** What the Event block is to say to this customer. It stays: KakaoTalk may ask twice. */
  async waitingFor(botUserKey: string): Promise<WaitingReminder | undefined> {
    const { store } = this.options;
    const { value } = await store.readRecord(kakaoReminderKey(conversationKey(kakaoChannel, botUserKey)));
    const found = waiting.safeParse(value);
    return found.success ? { text: found.data.text, language: found.data.language } : undefined;
  }
}
