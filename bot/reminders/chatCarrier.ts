import { z } from 'zod';
import { DeliveryRefusedError, DeliveryUnavailableError } from '../../services/errors';
import type { CarriedMessage, DeliveryCarrier } from '../../services/reminders/deliveryChain';
import type { JsonValue, TurnStore } from '../../services/turn/turnStore';
import { stringsFor } from '../../strings';
import type { SystemEvents } from '../systemEvents';

export interface ChatCarrierOptions {
  readonly store: Pick<TurnStore, 'getConversation'>;
  readonly events: Pick<SystemEvents, 'submit'>;
  /** See `createConnectorPost`. */
  readonly post: (reference: JsonValue, activity: object) => Promise<void>;
}

const pushed = z.object({ serviceUrl: z.string().min(1) });

/** Answers of a channel after which nothing that is posted there arrives: blocked, removed, gone. */
const final = new Set([400, 403, 404, 405, 410]);

/**
 * A reminder in the conversation itself. Where the channel keeps a log (web chat) it is a turn of the conversation,
 * shown when the customer comes back. Where it has to be posted, it is posted from here, so that a refusal is known
 * and the next way is tried.
 */
export class ChatCarrier implements DeliveryCarrier {
  constructor(private readonly options: ChatCarrierOptions) {}

  /** @throws DeliveryRefusedError, DeliveryUnavailableError, StoreUnavailableError */
  async deliver({ conversationKey, text, language, activity, key }: CarriedMessage): Promise<void> {
    const { store, events, post } = this.options;
    const head = await store.getConversation(conversationKey);
    if (head === undefined) return;
    if (!pushed.safeParse(head.reference).success) {
      await events.submit(conversationKey, { name: 'reminder.say', value: { text, language }, key });
      return;
    }
    try {
      const plain = { type: 'message', text, locale: stringsFor(language).locale };
      await post(head.reference, { ...plain, ...Object(activity) });
    } catch (error) {
      const { statusCode }: { statusCode?: unknown } = Object(error);
      // Without the SDK's error as a cause: it repeats the request with the customer's address.
      if (typeof statusCode === 'number' && final.has(statusCode))
        throw new DeliveryRefusedError(`the channel refused the reminder: HTTP ${statusCode}`);
      throw new DeliveryUnavailableError('the channel cannot take the reminder now');
    }
  }
}
