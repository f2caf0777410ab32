import { DeliveryRefusedError, DeliveryUnavailableError } from '../../../services/errors';
import { ChatwootClient, HubAddressGoneError } from '../../../services/handoff/chatwoot/chatwootClient';
import { Gateway } from '../../channels/sms/gateway';

const address = { sourceId: 'a/b', conversation: 7 };
let gateway: Gateway;
let client: ChatwootClient;

beforeEach(async () => {
  gateway = await Gateway.open();
  client = new ChatwootClient({ baseUrl: gateway.url, inboxIdentifier: 'inbox', clock: { now: () => 0 } });
});
afterEach(() => gateway.close());

const say = (ms = 5_000) => client.say(address, '여보세요', 'echo', AbortSignal.timeout(ms));

describe("Chatwoot's Client API", () => {
  it('gets the words under the contact, and no credential', async () => {
    gateway.willAnswer({ status: 200, body: '{"id":12,"content":"여보세요","message_type":0}' });
    expect(await say()).toBe(12);
    const [request] = gateway.received;
    expect(request?.path).toBe('/public/api/v1/inboxes/inbox/contacts/a%2Fb/conversations/7/messages');
    expect(JSON.parse(request?.body ?? '')).toEqual({ content: '여보세요', echo_id: 'echo' });
    expect(request?.headers).not.toHaveProperty('api_access_token');
    expect(request?.headers).not.toHaveProperty('authorization');
  });

  it('reads message types as numbers and as words, the oldest first', async () => {
    const messages = [
      { id: 3, content: 'b', message_type: 'outgoing' },
      { id: 2, content: null, message_type: 1 },
      { id: 1, content: 'a', message_type: 0 },
    ];
    gateway.willAnswer({ status: 200, body: JSON.stringify(messages) });
    const read = await client.messages(address, AbortSignal.timeout(5_000));
    expect(read.map(({ id, message_type }) => [id, message_type])).toEqual([
      [1, 'incoming'],
      [2, 'outgoing'],
      [3, 'outgoing'],
    ]);
  });

  it.each([
    [404, HubAddressGoneError],
    [401, DeliveryRefusedError],
    [422, DeliveryRefusedError],
    [302, DeliveryRefusedError],
    [500, DeliveryUnavailableError],
    [503, DeliveryUnavailableError],
  ])('tells what %d means', async (status, failure) => {
    gateway.willAnswer({ status, headers: { Location: 'http://127.0.0.1:9/' }, body: 'plain' });
    await expect(say()).rejects.toBeInstanceOf(failure);
    expect(gateway.received).toHaveLength(1);
  });

  it('heeds how long a plain 429 wants to be left alone', async () => {
    gateway.willAnswer({ status: 429, headers: { 'Retry-After': '7' }, body: 'Retry later\n' });
    await expect(say()).rejects.toMatchObject({ code: 'DeliveryUnavailable', retryAfterMs: 7_000 });
  });

  it.each([['cut'], ['hang'], ['endless']] as const)('gives up on an answer that is %s', async (answer) => {
    gateway.willAnswer(answer);
    await expect(say(200)).rejects.toBeInstanceOf(DeliveryUnavailableError);
  });

  it('takes an answer in another shape for none', async () => {
    gateway.willAnswer({ status: 200, body: '<html>' });
    await expect(say()).rejects.toBeInstanceOf(DeliveryUnavailableError);
  });
});
