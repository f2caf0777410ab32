import { z } from 'zod';
import type { Clock } from '../clock';
import { DeliveryPostponedError, DeliveryRefusedError } from '../errors';
import type { JsonValue, TurnStore } from '../turn/turnStore';
import { type MessagePayload, messagePayload } from './deliveryEntry';
import type { DeliveryWay } from './deliveryWays';
import { isQuiet, outOfQuiet } from './manners';
import { keysOut, messagesOutKey, noteLeft } from './messagesOut';
import { type StillHoldsOptions, stillHolds } from './stillHolds';

/** A message on one of its ways. */
export interface CarriedMessage {
  readonly conversationKey: string;
  readonly text: string;
  readonly language: 'ko' | 'en';
  /** In place of the text, where the chat is posted to. */
  readonly activity?: JsonValue;
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

export interface DeliveryChainOptions extends StillHoldsOptions {
  /** A way that is absent is passed over. */
  readonly carriers: Partial<Record<DeliveryWay, DeliveryCarrier>>;
  readonly store: Pick<TurnStore, 'getConversation' | 'readRecord' | 'writeRecords'>;
  readonly clock: Clock;
  /** A way that has not taken a message for so long is passed over too, as long as there is another. Default 60 s. */
  readonly patienceMs?: number;
}

export type ChainOutcome =
  | { readonly status: 'delivered'; readonly way: DeliveryWay }
  /** Nothing was sent: erased, stopped or changed meanwhile, too late to be of use, paid, or read by others too. */
  | { readonly status: 'gone' | 'stopped' | 'tooLate' | 'untrue' | 'group' };

/** A conversation that others have joined since. */
const group = z.object({ conversation: z.object({ isGroup: z.literal(true) }) });

/** What was looked up for a message holds so long. */
const freshMs = 60_000;

/**
 * Takes a reminder out by the first way that takes it, in the customer's order. One message leaves by one way; only
 * where a receiver took it and its answer was lost can a second way carry it again.
 */
export class DeliveryChain {
  constructor(private readonly options: DeliveryChainOptions) {}

  /**
   * @param payload of an outbox entry of kind 'reminderMessage'
   * @throws DeliveryPostponedError at night: not before the morning
   * @throws DeliveryUnavailableError when it is to be tried again
   * @throws DeliveryRefusedError when no way will ever take it
   */
  async deliver(payload: JsonValue, key: string): Promise<ChainOutcome> {
    const { store, clock } = this.options;
    const message = messagePayload.parse(payload);
    const nowMs = clock.now();
    if (nowMs >= message.untilMs) return { status: 'tooLate' };
    this.requireDay();
    const { conversationKey, claim } = message;
    const head = await store.getConversation(conversationKey);
    if (head === undefined) return { status: 'gone' };
    if (group.safeParse(head.reference).success) return { status: 'group' };
    const { value } = await store.readRecord(messagesOutKey(conversationKey));
    if (!keysOut(value).includes(key)) return { status: 'stopped' };
    // Just decided on, it was looked up just now.
    if (claim !== undefined && nowMs - message.sinceMs > freshMs) {
      if (!(await stillHolds(this.options, claim, head, nowMs))) return { status: 'untrue' };
    }
    const way = await this.firstWay(message, key, nowMs);
    // It has left: a store that fails now must not make it leave again.
    await noteLeft(store, conversationKey, key, clock.now()).catch(() => {});
    return { status: 'delivered', way };
  }

  /** A delivery that was to leave by day and failed is tried again at any hour: so each try asks anew. */
  private requireDay(): void {
    const nowMs = this.options.clock.now();
    if (isQuiet(nowMs)) throw new DeliveryPostponedError('it is night', outOfQuiet(nowMs) - nowMs);
  }

  private async firstWay(message: MessagePayload, key: string, nowMs: number): Promise<DeliveryWay> {
    const { carriers, patienceMs = 60_000 } = this.options;
    const { conversationKey, language, grant, activity, ways, sinceMs } = message;
    const open = ways.filter(({ way }) => carriers[way] !== undefined);
    const isImpatient = nowMs - sinceMs > patienceMs;
    for (const [index, { way, text }] of open.entries()) {
      // The ways before this one, and the looks, took their time.
      this.requireDay();
      try {
        const known = {
          ...(grant === undefined ? {} : { grant }),
          ...(activity === undefined || way !== 'chat' ? {} : { activity }),
        };
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
