import { type Activity, ActivityTypes, type ChannelAccount, type ConversationAccount } from 'botbuilder';
import { z } from 'zod';
import { BoundedMap } from '../../channels/directLine/boundedMap';
import { StoreUnavailableError } from '../../services/errors';
import { isLoopbackHost } from '../../services/loopback';
import { isServiceUrl } from '../../services/turn/inboundActivity';
import type { JsonValue, TurnStore } from '../../services/turn/turnStore';
import type { ConnectorAdapter } from './connectorAdapter';
import type { FreshReplies, SaidInTurn } from './freshReplies';

const payloadShape = z.object({ conversationKey: z.string(), ticket: z.number().int() });

const account = z.object({ id: z.string(), name: z.string().default('') });
const referenceShape = z.object({
  channelId: z.string(),
  serviceUrl: z.string(),
  conversation: z.object({ id: z.string(), isGroup: z.boolean().default(false) }),
  bot: account,
  user: account.optional(),
  locale: z.string().optional(),
});

/**
 * The outbox sink 'connector': posts the replies of one committed turn to the channel, in order.
 * The payload is `{conversationKey, ticket}`. It rejects when the channel did not take a reply; the next try
 * goes on after the last one it took. (After a crash in between, the first ones are posted again: the
 * Connector has no idempotency key.)
 * `fresh` spares it reading what this process has just written.
 * @param appId '' without authentication; replies then go to this machine only
 */
export function createConnectorSink(options: {
  adapter: ConnectorAdapter;
  appId: string;
  store: Pick<TurnStore, 'getConversation' | 'repliesOf'>;
  fresh?: FreshReplies;
}): (payload: JsonValue) => Promise<void> {
  const { store, fresh } = options;
  const postTo = createConnectorPost(options);
  // Kept after the last reply too: the store may fail to note that all is delivered, and ask for it again.
  const delivered = new BoundedMap<string, number>(10_000);

  return async (payload) => {
    const { conversationKey, ticket } = payloadShape.parse(payload);
    const said = fresh?.take(conversationKey, ticket) ?? (await saidInTurn(store, conversationKey, ticket));
    // Swept since: nobody is waiting any more.
    if (said === undefined) return;
    const turn = `${conversationKey}#${ticket}`;
    for (let next = delivered.get(turn) ?? 0; next < said.replies.length; next += 1) {
      const reply = said.replies[next];
      if (reply !== undefined) await postTo(said.reference, reply);
      delivered.set(turn, next + 1);
    }
  };
}

async function saidInTurn(
  store: Pick<TurnStore, 'getConversation' | 'repliesOf'>,
  conversationKey: string,
  ticket: number,
): Promise<SaidInTurn | undefined> {
  const head = await store.getConversation(conversationKey);
  if (head === undefined) return undefined;
  const replies = await store.repliesOf(conversationKey, ticket);
  return { reference: head.reference, replies: replies.map(({ activity }) => activity) };
}

/** Posts one activity where a conversation's customer last spoke. It rejects when the channel did not take it. */
export function createConnectorPost(options: {
  adapter: ConnectorAdapter;
  appId: string;
}): (reference: JsonValue, activity: object) => Promise<void> {
  const { adapter, appId } = options;
  return async (stored, activity) => {
    const reference = referenceShape.parse(stored);
    if (!isServiceUrl(reference.serviceUrl))
      throw new StoreUnavailableError('the conversation has no reply address');
    if (appId === '' && !isLoopbackHost(new URL(reference.serviceUrl).hostname)) {
      throw new StoreUnavailableError('without an app id replies go to this machine only');
    }
    await adapter.post(reference.serviceUrl, reference.conversation.id, addressed(reference, activity));
  };
}

/** A copy addressed by the channel's ids. Its own id and what it replies to are ours: the channel knows neither. */
function addressed(reference: z.output<typeof referenceShape>, activity: object): Partial<Activity> {
  const { id: _id, replyToId: _replyToId, ...said }: Partial<Activity> = activity;
  const { channelId, serviceUrl, conversation, bot, user, locale } = reference;
  const { id, isGroup } = conversation;
  return {
    ...said,
    type: said.type ?? ActivityTypes.Message,
    channelId,
    locale: said.locale ?? locale,
    serviceUrl,
    conversation: { id, isGroup } as ConversationAccount,
    from: named(bot),
    recipient: user && named(user),
  };
}

/** Clients of the Agents SDK, Microsoft's own playground among them, refuse an activity with an empty name whole. */
function named({ id, name }: z.output<typeof account>): ChannelAccount {
  return (name === '' ? { id } : { id, name }) as ChannelAccount;
}
