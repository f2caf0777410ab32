import { z } from 'zod';
import { BadRequestError } from '../services/errors';
import type { OutboxSink } from '../services/outbox/outboxWorker';
import type { SubmittedTurn, TurnIntake } from '../services/turn/turnIntake';
import type { JsonValue, LoggedActivity, TurnStore } from '../services/turn/turnStore';

export interface SystemEvent {
  /** `feature.verb` */
  readonly name: string;
  /** Its strings are cleaned like a customer's; personal data has no place in it. */
  readonly value: JsonValue;
  /** The same key in the same conversation is the same event, for a day. */
  readonly key: string;
}

export type SystemEventResult =
  /** What the turn said to the customer; of a repeat, what the first one said. */
  | {
      readonly status: 'done';
      readonly replies: readonly LoggedActivity[];
      /** The event was taken earlier; this call changed nothing. */
      readonly repeat?: true;
    }
  /** There is no such conversation any more. */
  | { readonly status: 'gone' };

export interface SystemEventsDeps {
  readonly intake: Pick<TurnIntake, 'submit'>;
  readonly store: Pick<TurnStore, 'getConversation' | 'repliesOf'>;
}

const account = z.object({ id: z.string(), name: z.string().optional().catch(undefined) });
const reference = z.object({
  serviceUrl: z.string().catch(''),
  user: account.catch({ id: 'unknown' }),
  bot: account.optional().catch(undefined),
  conversation: z.object({ isGroup: z.boolean() }).catch({ isGroup: false }),
  locale: z.string().optional().catch(undefined),
});

/**
 * What happens to a conversation from our own side (an agent writes, a time has come) is a turn of that conversation:
 * in order with what the customer says, all or nothing, once, on whichever node. No channel can make one: the mark
 * travels beside the activity (`InboundTurn.systemKey`). Replies go where the customer last spoke.
 */
export class SystemEvents {
  constructor(private readonly deps: SystemEventsDeps) {}

  /**
   * Resolves when the event's turn has committed.
   * @throws StoreUnavailableError, QueueFullError: nothing happened, and the same event may be tried again
   */
  async submit(conversationKey: string, event: SystemEvent): Promise<SystemEventResult> {
    const turn = await this.take(conversationKey, event);
    if (turn === undefined) return { status: 'gone' };
    await turn.replies();
    const replies = await this.deps.store.repliesOf(conversationKey, turn.ticket);
    return turn.duplicate ? { status: 'done', replies, repeat: true } : { status: 'done', replies };
  }

  /**
   * Resolves as soon as the event is durable, before its turn: for senders who are to hear that it was taken.
   * @throws as `submit`
   */
  async accept(conversationKey: string, event: SystemEvent): Promise<'accepted' | 'gone'> {
    return (await this.take(conversationKey, event)) === undefined ? 'gone' : 'accepted';
  }

  private async take(conversationKey: string, event: SystemEvent): Promise<SubmittedTurn | undefined> {
    const { intake, store } = this.deps;
    const head = await store.getConversation(conversationKey);
    if (head === undefined) return undefined;
    // The conversation's address is taken anew from every activity, so this one must repeat it.
    const { serviceUrl, user, bot, conversation, locale } = reference.parse(Object(head.reference));
    try {
      return await intake.submit({
        channelId: head.channelId,
        conversationId: head.conversationId,
        userId: head.userId,
        activity: {
          type: 'event',
          name: event.name,
          value: event.value,
          from: user,
          conversation: { id: head.conversationId, isGroup: conversation.isGroup },
          ...(bot === undefined ? {} : { recipient: bot }),
          ...(locale === undefined ? {} : { locale }),
          ...(serviceUrl === '' ? {} : { serviceUrl }),
        },
        echo: false,
        delivery: serviceUrl === '' ? 'log' : 'connector',
        systemKey: event.key,
      });
    } catch (error) {
      // Of our own events the inbox refuses only those of an erased conversation.
      if (error instanceof BadRequestError) return undefined;
      throw error;
    }
  }
}

const timedEvent = z.object({
  conversationKey: z.string(),
  name: z.string(),
  value: z.custom<JsonValue>((value) => value !== undefined),
});

/**
 * The outbox sink 'systemEvent': an event that a turn has put into the outbox for later. The payload is
 * `{conversationKey, name, value}`; the entry's key is the event's.
 */
export function createSystemEventSink(events: () => Pick<SystemEvents, 'submit'>): OutboxSink {
  return async (payload, key) => {
    const { conversationKey, name, value } = timedEvent.parse(payload);
    await events().submit(conversationKey, { name, value, key });
  };
}
