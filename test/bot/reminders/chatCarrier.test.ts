import { ChatCarrier } from '../../../bot/reminders/chatCarrier';
import { DeliveryRefusedError, DeliveryUnavailableError } from '../../../services/errors';
import type { ConversationHead, JsonValue } from '../../../services/turn/turnStore';

const message = { conversationKey: 'msteams/one', text: 'a reminder', language: 'en', key: 'key' } as const;

function scene(reference: JsonValue | undefined, post: () => Promise<void> = async () => {}) {
  const posted: [JsonValue, object][] = [];
  const events: [string, object][] = [];
  const head: ConversationHead | undefined =
    reference === undefined
      ? undefined
      : {
          key: 'msteams/one',
          channelId: 'msteams',
          conversationId: 'one',
          userId: 'u',
          reference,
          createdAtMs: 0,
        };
  const carrier = new ChatCarrier({
    store: { getConversation: async () => head },
    events: {
      submit: async (...event) => {
        events.push(event);
        return { status: 'done', replies: [] };
      },
    },
    post: async (...call) => {
      posted.push(call);
      await post();
    },
  });
  return { carrier, posted, events };
}

const connector = { serviceUrl: 'https://smba.example/', conversation: { id: 'one' } };

describe('a reminder in the conversation', () => {
  it('is a turn of a conversation that keeps a log', async () => {
    const { carrier, posted, events } = scene({ serviceUrl: '' });
    await carrier.deliver(message);
    expect(events).toEqual([
      ['msteams/one', { name: 'reminder.say', value: { text: 'a reminder', language: 'en' }, key: 'key' }],
    ]);
    expect(posted).toEqual([]);
  });

  it('is posted where the customer last spoke on other channels', async () => {
    const { carrier, posted, events } = scene(connector);
    await carrier.deliver(message);
    expect(posted).toEqual([[connector, { type: 'message', text: 'a reminder', locale: 'en-US' }]]);
    expect(events).toEqual([]);
  });

  it.each([400, 403, 404, 410])('is refused for good when the channel says %d', async (statusCode) => {
    const secret = Object.assign(new Error('POST https://smba.example/one a reminder'), { statusCode });
    const { carrier } = scene(connector, () => Promise.reject(secret));
    const error: unknown = await carrier.deliver(message).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(DeliveryRefusedError);
    expect(`${error} ${Object(error).cause}`).not.toContain('smba');
  });

  it.each([401, 408, 429, 500, 503, undefined])('may be posted later after %s', async (statusCode) => {
    const { carrier } = scene(connector, () =>
      Promise.reject(Object.assign(new Error('no'), { statusCode })),
    );
    await expect(carrier.deliver(message)).rejects.toThrow(DeliveryUnavailableError);
  });

  it('is nothing where the conversation is gone', async () => {
    const { carrier, posted, events } = scene(undefined);
    await carrier.deliver(message);
    expect([...posted, ...events]).toEqual([]);
  });
});
