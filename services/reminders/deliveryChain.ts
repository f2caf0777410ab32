import type { Clock } from '../clock';
import { DeliveryRefusedError, DeliveryUnavailableError } from '../errors';
import type { JsonValue, TurnStore } from '../turn/turnStore';
import { type MessagePayload, messagePayload } from './deliveryEntry';
import type { DeliveryWay } from './deliveryWays';
import { isQuiet, outOfQuiet } from './manners';
import { keysOut, messagesOutKey } from './messagesOut';

/** A message on one of its ways. */
export interface CarriedMessage {
  readonly conversationKey: string;
  readonly text: string;
  readonly language: 'ko' | 'en';
  /** See `ChosenWays`. */
  readonly grant?: string;
  /** The same on every attempt. */
  readonly key: string;
}

/** One way out. */
export interface DeliveryCarrier {
  /**
   * @throws DeliveryRefusedError when this way will never take the message; then the next one is tried
   * @throws DeliveryUnavailableError when it may take it later
   */
  deliver(message: CarriedMessage): Promise<void>;
}

export interface DeliveryChainOptions {
  /** A way that is absent is passed over. */
  readonly carriers: Partial<Record<DeliveryWay, DeliveryCarrier>>;
  readonly store: Pick<TurnStore, 'getConversation' | 'readRecord'>;
  readonly clock: Clock;
  /** A way that has not taken a message for so long is passed over too, as long as there is another. Default 60 s. */
  readonly patienceMs?: number;
}

export type ChainOutcome =
  | { readonly status: 'delivered'; readonly way: DeliveryWay }
  /** Nothing was sent: erased, stopped by the customer meanwhile, or too late to be of use. */
  | { readonly status: 'gone' | 'stopped' | 'tooLate' };

/**
 * Takes a reminder out by the first way that takes it, in the customer's order. One message leaves by one way; only
 * where a receiver took it and its answer was lost can a second way carry it again.
 */
export class DeliveryChain {
  constructor(private readonly options: DeliveryChainOptions) {}

  /**
   * @param payload of an outbox entry of kind 'reminderMessage'
   * @throws DeliveryUnavailableError when it is to be tried again: at night, not before the morning
   * @throws DeliveryRefusedError when no way will ever take it
   */
  async deliver(payload: JsonValue, key: string): Promise<ChainOutcome> {
    const { store, clock } = this.options;
    const message = messagePayload.parse(payload);
    const nowMs = clock.now();
    if (nowMs >= message.untilMs) return { status: 'tooLate' };
    if (isQuiet(nowMs)) throw new DeliveryUnavailableError('it is night', outOfQuiet(nowMs) - nowMs);
    const { conversationKey } = message;
    if ((await store.getConversation(conversationKey)) === undefined) return { status: 'gone' };
    const { value } = await store.readRecord(messagesOutKey(conversationKey));
    if (!keysOut(value).includes(key)) return { status: 'stopped' };
    return { status: 'delivered', way: await this.firstWay(message, key, nowMs) };
  }

  private async firstWay(message: MessagePayload, key: string, nowMs: number): Promise<DeliveryWay> {
    const { carriers, patienceMs = 60_000 } = this.options;
    const { conversationKey, language, grant, ways, sinceMs } = message;
    const open = ways.filter(({ way }) => carriers[way] !== undefined);
    const isImpatient = nowMs - sinceMs > patienceMs;
    for (const [index, { way, text }] of open.entries()) {
      try {
        const known = grant === undefined ? {} : { grant };
        await carriers[way]?.deliver({ conversationKey, text, language, key, ...known });
        return way;
      } catch (error) {
        const isLast = index === open.length - 1;
        if (!(error instanceof DeliveryRefusedError) && (isLast || !isImpatient)) throw error;
      }
    }
    throw new DeliveryRefusedError('no way takes the reminder');
  }
}
