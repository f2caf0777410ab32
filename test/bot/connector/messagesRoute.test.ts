import { QueueFullError, StoreUnavailableError } from '../../../services/errors';
import { anActivity, countingServer, type RunningBot, runningBot } from './connectorFixture';

describe('POST /api/messages', () => {
  let bot: RunningBot;

  beforeAll(async () => {
    bot = await runningBot();
  });
  beforeEach(() => {
    bot.intake.turns.length = 0;
    bot.intake.failure = undefined;
  });
  afterAll(() => bot.close());

  it('acknowledges a message once it is taken, to be answered through the outbox', async () => {
    const answer = await bot.post(anActivity());
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ id: 'a1' });
    expect(bot.intake.turns).toEqual([
      {
        channelId: 'msteams',
        conversationId: 'conv-1',
        userId: 'user-1',
        echo: true,
        delivery: 'connector',
        activity: {
          type: 'message',
          id: '1',
          text: '미납요금 알려줘',
          from: { id: 'user-1', name: '김고객' },
          recipient: { id: 'bot-1', name: 'Bill Guide' },
          conversation: { id: 'conv-1' },
          serviceUrl: 'http://127.0.0.1:9/',
        },
      },
    ]);
  });

  it('answers with the replies themselves when the channel expects them', async () => {
    const answer = await bot.post(anActivity({ deliveryMode: 'expectReplies' }));
    expect(answer.status).toBe(200);
    const { activities } = await answer.json();
    expect(activities).toHaveLength(1);
    expect(activities[0]).toMatchObject({
      type: 'message',
      text: 'echo 미납요금 알려줘',
      replyToId: '1',
      from: { id: 'bot-1' },
      recipient: { id: 'user-1' },
      conversation: { id: 'conv-1' },
    });
    expect(bot.intake.turns[0]?.delivery).toBe('log');
  });

  it('does not keep a channel waiting for a turn that does not end', async () => {
    const slow = await runningBot(undefined, { replyTimeoutMs: 20 });
    slow.intake.hangs = true;
    const answer = await slow.post(anActivity({ deliveryMode: 'expectReplies' }));
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
    await slow.close();
  });

  it.each(['typing', 'messageReaction', 'telepathy', 'endOfConversation'])(
    'F12: forgets %s',
    async (type) => {
      expect((await bot.post(anActivity({ type }))).status).toBe(200);
      const answer = await bot.post(anActivity({ type, deliveryMode: 'expectReplies' }));
      expect(await answer.json()).toEqual({ activities: [] });
      expect(bot.intake.turns).toEqual([]);
    },
  );

  it('F12: knows no invoke, but any channel', async () => {
    expect((await bot.post(anActivity({ type: 'invoke', name: 'unknown/verb' }))).status).toBe(501);
    expect(bot.intake.turns).toEqual([]);
    expect((await bot.post(anActivity({ channelId: 'carrier-pigeon' }))).status).toBe(200);
  });

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'https://evil.example/',
    'http://127.0.0.1.evil.example/',
    'http://127.0.0.1@evil.example/',
    'gopher://127.0.0.1/',
  ])('F17: without an app id replies never go to %s', async (serviceUrl) => {
    expect((await bot.post(anActivity({ serviceUrl }))).status).toBe(403);
    expect(bot.intake.turns).toEqual([]);
  });

  it('F17: asks nobody about the reply address', async () => {
    const target = await countingServer();
    expect((await bot.post(anActivity({ serviceUrl: target.url }))).status).toBe(200);
    expect(target.count.connections).toBe(0);
    await target.close();
  });

  it.each([
    ['from', undefined],
    ['conversation', {}],
    ['recipient', null],
    ['serviceUrl', 5],
    ['type', 5],
    ['text', {}],
  ])('names the field when %s is %j', async (field, value) => {
    const answer = await bot.post(anActivity({ [field]: value }));
    expect(answer.status).toBe(400);
    expect((await answer.json()).error).toMatchObject({
      code: 'BadArgument',
      message: expect.stringContaining(field),
    });
  });

  it.each([
    [new StoreUnavailableError('disk full'), 503, 'StoreUnavailable'],
    [new QueueFullError('too many'), 503, 'QueueFull'],
    [new Error('secret inside'), 500, 'InternalError'],
  ])('acknowledges nothing on %s', async (failure, status, code) => {
    bot.intake.failure = failure;
    const answer = await bot.post(anActivity());
    expect(answer.status).toBe(status);
    const text = await answer.text();
    expect(JSON.parse(text).error.code).toBe(code);
    expect(text).not.toMatch(/secret|disk|too many unfinished/);
  });

  it('is for POST alone', async () => {
    const answer = await fetch(`${bot.url}/api/messages`);
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
  });
});
