import { KakaoEventClient } from '../../../channels/kakao/eventClient';
import { DeliveryRefusedError, DeliveryUnavailableError } from '../../../services/errors';
import { type Answer, Gateway } from '../sms/gateway';

const botUserKey = `c3e5${'0a1b'.repeat(15)}`;
const task = (parts: object) => ({ status: 200, body: JSON.stringify({ taskId: 'task-1', ...parts }) });
const accepted = task({ status: 'SUCCESS', message: 'ok', timestamp: 1 });
const sent = task({
  status: 'ALL SUCCESS',
  allRequestCount: 1,
  successCount: 1,
  fail: { count: 0, list: [] },
});
const failed = task({
  status: 'ALL FAIL',
  allRequestCount: 1,
  successCount: 0,
  fail: { count: 1, list: [{ id: botUserKey }] },
});
const running = task({
  status: 'PROCESSING',
  allRequestCount: 1,
  successCount: 0,
  fail: { count: 0, list: [] },
});

describe('KakaoTalk’s Event API', () => {
  let kakao: Gateway;
  let client: KakaoEventClient;
  beforeEach(async () => {
    kakao = await Gateway.open();
    client = new KakaoEventClient({
      botId: '620cea77ca92880f0b4e73c8!',
      restKey: 'a-rest-key-of-the-app',
      eventName: 'bill_reminder',
      baseUrl: kakao.url,
      timeoutMs: 500,
      resultWaitMs: 0,
    });
  });
  afterEach(() => kakao.close());

  it('is told whom to speak to, and nothing that is said', async () => {
    kakao.willAnswer(accepted, sent);

    await client.tell(botUserKey, 'key-1');

    const [event, asked] = kakao.received;
    expect(event).toMatchObject({ method: 'POST', path: '/v2/bots/620cea77ca92880f0b4e73c8!/talk' });
    expect(event?.headers).toMatchObject({
      authorization: 'KakaoAK a-rest-key-of-the-app',
      'content-type': 'application/json',
    });
    expect(JSON.parse(event?.body ?? '')).toEqual({
      event: { name: 'bill_reminder' },
      user: [{ type: 'botUserKey', id: botUserKey }],
    });
    expect(asked).toMatchObject({ method: 'GET', path: '/v1/tasks/task-1', body: '' });
    expect(kakao.received).toHaveLength(2);
  });

  it('is not told the same twice', async () => {
    kakao.willAnswer(accepted, sent);
    await client.tell(botUserKey, 'key-1');
    await client.tell(botUserKey, 'key-1');
    expect(kakao.received).toHaveLength(2);
  });

  it('refuses for good when the customer could not be reached, also when asked again', async () => {
    kakao.willAnswer(accepted, running, failed);
    await expect(client.tell(botUserKey, 'key-1')).rejects.toThrow(DeliveryRefusedError);
    await expect(client.tell(botUserKey, 'key-1')).rejects.toThrow(DeliveryRefusedError);
    expect(kakao.received.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET']);
  });

  it.each<[string, Answer]>([
    ['has no result yet', running],
    ['cannot say', { status: 500 }],
    ['says it in another shape', { status: 200, body: '[]' }],
  ])('counts as told when it took the event and %s', async (_, answer) => {
    kakao.willAnswer(accepted, answer);
    await client.tell(botUserKey, 'key-1');
    expect(kakao.received.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET', 'GET']);
  });

  it.each([
    ['says FAIL', task({ status: 'FAIL' })],
    ['knows no such bot', { status: 404 }],
    ['does not accept the key', { status: 401 }],
    ['has no wallet to charge', { status: 402 }],
  ])('refuses for good when it %s', async (_, answer) => {
    kakao.willAnswer(answer);
    await expect(client.tell(botUserKey, 'key-1')).rejects.toThrow(DeliveryRefusedError);
    expect(kakao.received).toHaveLength(1);
  });

  it.each<[string, Answer]>([
    ['is busy', { status: 429 }],
    ['is broken', { status: 503 }],
    ['took too long', { status: 408 }],
    ['hangs', 'hang'],
    ['cuts the connection', 'cut'],
    ['leads elsewhere', { status: 302, headers: { location: 'http://127.0.0.1:9/' } }],
    ['answers in another shape', { status: 200, body: 'no JSON' }],
  ])('may be told later when it %s, and no error repeats the customer or the key', async (_, answer) => {
    kakao.willAnswer(answer);
    const error: unknown = await client.tell(botUserKey, 'key-1').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(DeliveryUnavailableError);
    expect(`${JSON.stringify(error)} ${error} ${Object(error).cause}`).not.toMatch(/c3e5|rest-key/);
  });
});
