import { allowedOrigin, claimsOf, DirectLineHost, secret } from './directLineHost';

const minuteMs = 60_000;
let host: DirectLineHost;

beforeAll(async () => {
  host = await DirectLineHost.start();
});
afterAll(() => host.end());
afterEach(() => {
  host.storeIsDown = false;
});

const generate = async (json?: unknown) => host.call('POST', '/tokens/generate', { token: secret, json });

describe('starting a conversation', () => {
  it('answers 201 the first time and 200 when the same token asks again', async () => {
    const { body: token } = await generate();
    const first = await host.call('POST', '/conversations', { token: token.token, json: { user: {} } });
    const again = await host.call('POST', '/conversations', { token: token.token, json: { user: {} } });

    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body.conversationId).toBe(token.conversationId);
    expect(first.body).toMatchObject({ conversationId: token.conversationId, expires_in: 1800 });
    expect(first.body.streamUrl).toMatch(
      new RegExp(
        `^ws://127.0.0.1:${host.port}/v3/directline/conversations/${token.conversationId}/stream\\?`,
      ),
    );
  });

  it('tells the bot once who is there, however often the start is repeated, even at once', async () => {
    const { body: token } = await generate({ user: { id: 'dl_somebody' } });
    const start = () =>
      host.call('POST', '/conversations', { token: token.token, json: { locale: 'en-US' } });
    const answers = await Promise.all(Array.from({ length: 10 }, start));
    host.advance(25 * 60 * minuteMs);
    await host.intake.settled();

    expect(answers.map((answer) => answer.status).sort()).toEqual([
      200, 200, 200, 200, 200, 200, 200, 200, 200, 201,
    ]);
    const log = await host.store.readLog(`directline/${token.conversationId}`, 0, 10);
    expect(log.map((entry) => entry.activity.text)).toEqual(['안녕하세요']);
    const update = host.intake.submitted.find((turn) => turn.conversationId === token.conversationId);
    expect(update).toMatchObject({
      channelId: 'directline',
      userId: 'dl_somebody',
      echo: false,
      delivery: 'log',
      activity: {
        type: 'conversationUpdate',
        id: 'start',
        locale: 'en-US',
        recipient: { id: 'bill-guide' },
        membersAdded: [{ id: 'bill-guide' }, { id: 'dl_somebody' }],
      },
    });
  });

  it('does not greet again a day later, when the idempotency key is gone', async () => {
    const conversation = await host.conversation();
    host.advance(29 * minuteMs);
    await host.store.sweep({
      nowMs: host.clock.now(),
      keysBeforeMs: host.clock.now(),
      conversationsBeforeMs: 0,
    });
    const again = await host.call('POST', '/conversations', { token: conversation.token });

    expect(again.status).toBe(200);
    expect(await host.store.lastSeq(`directline/${conversation.conversationId}`)).toBe(1);
  });

  it('does not start anything when a token is generated', async () => {
    const { status, body } = await generate();

    expect(status).toBe(200);
    expect(body.streamUrl).toBeUndefined();
    expect(await host.store.getConversation(`directline/${body.conversationId}`)).toBeUndefined();
  });

  it('starts with the secret too, for a new user', async () => {
    const { status, body } = await host.call('POST', '/conversations', { token: secret });

    expect(status).toBe(201);
    expect(claimsOf(body.token).user).toMatch(/^dl_[0-9a-f]{32}$/);
  });

  it.each([
    ['a list', [], 'JSON object'],
    ['a number', 5, 'JSON object'],
    ['a user that is text', { user: 'me' }, 'user '],
    ['a user id that is a number', { user: { id: 5 } }, 'user.id'],
    ['a user id of a prototype', { user: { id: '__proto__' } }, 'user.id'],
    ['a user id with a path', { user: { id: '../x' } }, 'user.id'],
    ['a user id with a pipe', { user: { id: 'a|b' } }, 'user.id'],
    ['an endless user id', { user: { id: 'x'.repeat(10_000) } }, 'user.id'],
    ["the bot's own id", { user: { id: 'bill-guide' } }, 'user.id'],
    ['a wildcard origin', { trustedOrigins: ['*'] }, 'trustedOrigins.0'],
    ['an origin with a path', { trustedOrigins: ['https://a.example/x'] }, 'trustedOrigins.0'],
  ])('refuses %s with 400', async (_name, json, named) => {
    const answer = await generate(json);

    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe('BadArgument');
    expect(answer.body.error.message).toContain(named);
  });

  it('answers 503 while the store is down, and starts afterwards', async () => {
    const { body } = await generate();
    host.storeIsDown = true;
    const refused = await host.call('POST', '/conversations', { token: body.token });
    host.storeIsDown = false;
    const accepted = await host.call('POST', '/conversations', { token: body.token });

    expect([refused.status, accepted.status]).toEqual([503, 201]);
    expect(refused.body.error.code).toBe('StoreUnavailable');
  });
});

describe('tokens', () => {
  it('last 30 minutes, and then are refused with 403 TokenExpired everywhere', async () => {
    const { conversationId, token } = await host.conversation();
    const id = `/conversations/${conversationId}`;
    host.advance(30 * minuteMs - 1_000);
    const before = await host.call('GET', `${id}/activities`, { token });
    host.advance(1_000);
    const after = await Promise.all([
      host.call('GET', `${id}/activities`, { token }),
      host.call('GET', id, { token }),
      host.call('POST', `${id}/activities`, { token, json: { type: 'message', text: 'x' } }),
      host.call('POST', '/tokens/refresh', { token }),
      host.call('POST', '/conversations', { token }),
    ]);

    expect(before.status).toBe(200);
    expect(after.map((answer) => [answer.status, answer.body.error.code])).toEqual(
      Array.from({ length: 5 }, () => [403, 'TokenExpired']),
    );
  });

  it('keep conversation, user and origins when refreshed', async () => {
    const origins = [allowedOrigin];
    const { body } = await generate({ user: { id: 'dl_kim' }, trustedOrigins: origins });
    host.advance(15 * minuteMs);
    const refreshed = await host.call('POST', '/tokens/refresh', {
      token: body.token,
      origin: allowedOrigin,
    });
    host.advance(20 * minuteMs);
    const started = await host.call('POST', '/conversations', { token: refreshed.body.token });

    expect(refreshed.body.conversationId).toBe(body.conversationId);
    expect(claimsOf(refreshed.body.token)).toMatchObject({
      user: 'dl_kim',
      conv: body.conversationId,
      origins,
    });
    expect(started.status).toBe(201);
  });

  it('are made with the secret only', async () => {
    const { token } = await host.conversation();
    const answers = await Promise.all([
      host.call('POST', '/tokens/generate'),
      host.call('POST', '/tokens/generate', { token }),
      host.call('POST', '/tokens/generate', { token: `${secret}x` }),
    ]);

    expect(answers.map((answer) => answer.status)).toEqual([401, 401, 401]);
  });

  it('cannot be replaced by the secret', async () => {
    const { conversationId } = await host.conversation();
    const json = { type: 'message', text: 'x' };
    const post = await host.call('POST', `/conversations/${conversationId}/activities`, {
      token: secret,
      json,
    });
    const poll = await host.call('GET', `/conversations/${conversationId}/activities`, { token: secret });

    expect([post.status, poll.status]).toEqual([401, 403]);
  });

  it.each([
    ['no header', {}],
    ['another scheme', { headers: { Authorization: 'Basic YTpi' } }],
    ['no token', { headers: { Authorization: 'Bearer ' } }],
    ['nonsense', { token: 'nonsense' }],
    ['a token of alg none', { token: `${base64({ alg: 'none' })}.${base64({ user: 'a', conv: 'b' })}.` }],
    ['an endless token', { token: 'x'.repeat(9_000) }],
  ])('are needed: %s is 401', async (_name, options) => {
    const answer = await host.call('POST', '/tokens/refresh', options);

    expect(answer.status).toBe(401);
    expect(answer.body.error.message).not.toBe('');
  });

  it('with a changed claim are refused', async () => {
    const { token } = await host.conversation();
    const [head, claims = '', signature] = token.split('.');
    const forged = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), user: 'dl_other' };
    const answer = await host.call('POST', '/tokens/refresh', {
      token: `${head}.${base64(forged)}.${signature}`,
    });

    expect(answer.status).toBe(401);
  });
});

describe('reconnecting', () => {
  it('gives a new token and a stream address with the watermark', async () => {
    const { conversationId, token } = await host.conversation();
    host.advance(minuteMs);
    const { status, body } = await host.call('GET', `/conversations/${conversationId}?watermark=5`, {
      token,
    });
    const stream = new URL(body.streamUrl);

    expect(status).toBe(200);
    expect(body.token).not.toBe(token);
    expect(claimsOf(body.token)).toMatchObject({ conv: conversationId, kind: 'conversation' });
    expect(stream.searchParams.get('watermark')).toBe('5');
    expect(claimsOf(stream.searchParams.get('t') ?? '')).toMatchObject({
      conv: conversationId,
      kind: 'stream',
    });
  });

  it('does not take a stream token for a conversation token', async () => {
    const { streamUrl } = await host.conversation();
    const token = new URL(streamUrl).searchParams.get('t') ?? '';

    expect((await host.call('POST', '/tokens/refresh', { token })).status).toBe(401);
  });
});

describe('sign-in sessions', () => {
  it('answers with a session id and lets only known origins send credentials', async () => {
    const { token } = await host.conversation();
    const known = await host.call('GET', '/session/getsessionid', { token, origin: allowedOrigin });
    const foreign = await host.call('GET', '/session/getsessionid', {
      token,
      origin: 'https://evil.example',
    });

    expect([known.status, typeof known.body.sessionId]).toEqual([200, 'string']);
    expect(known.headers.get('access-control-allow-credentials')).toBe('true');
    expect(foreign.status).toBe(403);
    expect(foreign.headers.get('access-control-allow-credentials')).toBeNull();
  });
});

function base64(json: unknown): string {
  return Buffer.from(JSON.stringify(json)).toString('base64url');
}
