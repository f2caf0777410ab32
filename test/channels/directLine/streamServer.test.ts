import { WebSocket } from 'ws';
import { allowedOrigin, DirectLineHost, secret } from './directLineHost';
import { StreamClient } from './streamClient';

let host: DirectLineHost;
let clients: StreamClient[] = [];

beforeEach(async () => {
  host = await DirectLineHost.start();
});
afterEach(async () => {
  for (const client of clients) client.socket.terminate();
  clients = [];
  await host.end();
});

function connect(...parameters: ConstructorParameters<typeof StreamClient>): StreamClient {
  const client = new StreamClient(...parameters);
  clients.push(client);
  return client;
}

/** The stream address of a conversation, its watermark replaced. */
function at(streamUrl: string, watermark: string): string {
  const url = new URL(streamUrl);
  url.searchParams.set('watermark', watermark);
  return url.href;
}

describe('opening a stream', () => {
  it.each([
    ['our own page', () => host.url, 101],
    ['our own page by another loopback name', () => `http://localhost:${host.port}`, 101],
    ['an allowed page', () => allowedOrigin, 101],
    ['no page at all', () => undefined, 101],
    ['a foreign page', () => 'https://evil.example', 403],
    ['a page of another port', () => 'http://127.0.0.1:1', 403],
    ['an origin that only starts like an allowed one', () => `${allowedOrigin}.evil.example`, 403],
    ['a sandboxed page', () => 'null', 403],
    ['a page that hopes for the wildcard', () => '*', 403],
  ])('from %s', async (_name, origin, status) => {
    const { streamUrl } = await host.conversation();
    const value = origin();
    const client = connect(streamUrl, value === undefined ? {} : { Origin: value });

    expect(await client.upgraded()).toBe(status);
  });

  it('is for the origins that the token was made for, when it names some', async () => {
    const json = { trustedOrigins: ['https://partner.example'] };
    const { body } = await host.call('POST', '/tokens/generate', { token: secret, json });
    const start = { token: body.token, origin: 'https://partner.example' };
    const { streamUrl } = (await host.call('POST', '/conversations', start)).body;
    const statuses = await Promise.all(
      ['https://partner.example', allowedOrigin].map((origin) =>
        connect(streamUrl, { Origin: origin }).upgraded(),
      ),
    );

    expect(statuses).toEqual([101, 403]);
  });

  it('needs a stream token of this conversation', async () => {
    const [mine, other] = [await host.conversation(), await host.conversation()];
    const base = `ws://127.0.0.1:${host.port}/v3/directline/conversations`;
    const streamToken = new URL(mine.streamUrl).searchParams.get('t');
    const status = (path: string, headers?: Record<string, string>) =>
      connect(`${base}${path}`, headers).upgraded();

    expect(await status(`/${mine.conversationId}/stream`)).toBe(401);
    expect(await status(`/${mine.conversationId}/stream?t=nonsense`)).toBe(401);
    expect(await status(`/${mine.conversationId}/stream?t=${mine.token}`)).toBe(401);
    expect(await status(`/${mine.conversationId}/stream?t=${secret}`)).toBe(401);
    expect(await status(`/${other.conversationId}/stream?t=${streamToken}`)).toBe(403);
    expect(await status(`/unknown/stream?t=${streamToken}`)).toBe(404);
    expect(await status(`/${mine.conversationId}/elsewhere?t=${streamToken}`)).toBe(404);
  });

  it('must happen within a minute of getting the address', async () => {
    const { streamUrl } = await host.conversation();
    host.advance(59_000);
    const inTime = await connect(streamUrl).upgraded();
    host.advance(1_000);
    const late = await connect(streamUrl).upgraded();

    expect([inTime, late]).toEqual([101, 403]);
  });

  it('is refused with 503 while the store is down', async () => {
    const { streamUrl } = await host.conversation();
    host.storeIsDown = true;

    expect(await connect(streamUrl).upgraded()).toBe(503);
  });

  it('closes the older socket of the same conversation', async () => {
    const { streamUrl } = await host.conversation();
    const older = connect(streamUrl);
    await older.heard(1);
    const newer = connect(streamUrl);
    await newer.heard(1);

    expect(await older.closed).toEqual({ code: 1000, reason: 'collision' });
    expect(newer.socket.readyState).toBe(WebSocket.OPEN);
  });
});

describe('what a stream carries', () => {
  it('is everything after the watermark and then what happens, each once and in order', async () => {
    const conversation = await host.conversation();
    for (let i = 0; i < 60; i += 1) await host.say(conversation, `${i}`);
    const client = connect(at(conversation.streamUrl, '1'));
    // Said while the replay runs: neither lost between log and live, nor sent by both.
    const during = Array.from({ length: 60 }, (_, i) => host.say(conversation, `${60 + i}`));
    await Promise.all(during);
    await client.heard(240);

    const log = await host.store.readLog(`directline/${conversation.conversationId}`, 1, 1_000);
    expect(client.texts).toEqual(log.map((entry) => entry.activity.text));
    expect(client.texts).toHaveLength(240);
    expect(client.frames.at(-1)?.watermark).toBe('241');
  });

  it('has what was said between reading the log and sending it', async () => {
    const conversation = await host.conversation();
    const read = host.holdRead();
    const client = connect(conversation.streamUrl);
    await read.made;
    await host.say(conversation, '그사이');
    read.release();
    await client.heard(3);
    await host.say(conversation, '그다음');
    await client.heard(5);

    expect(client.texts).toEqual(['안녕하세요', '그사이', '답: 그사이', '그다음', '답: 그다음']);
  });

  it('has what a lost notice would have told: with the next one, or with the next heartbeat', async () => {
    const conversation = await host.conversation();
    const client = connect(conversation.streamUrl);
    await client.heard(1);
    host.intake.losesNotices = true;
    await host.say(conversation, '하나');
    host.intake.losesNotices = false;
    await host.say(conversation, '둘');
    await client.heard(5);
    host.intake.losesNotices = true;
    await host.say(conversation, '셋');
    host.advance(20_000);
    await host.streams.heartbeat();
    await client.heard(7);

    expect(client.texts).toEqual(['안녕하세요', '하나', '답: 하나', '둘', '답: 둘', '셋', '답: 셋']);
  });

  it('lets requests through while it looks after many sockets', async () => {
    const many = await Promise.all(
      Array.from({ length: 60 }, async () => connect((await host.conversation()).streamUrl)),
    );
    await Promise.all(many.map((client) => client.heard(1)));
    const pinged = many.map((client) => new Promise((resolve) => client.socket.once('ping', resolve)));
    host.advance(20_000);
    const order: string[] = [];
    setImmediate(() => order.push('somebody else is served'));
    await Promise.all([host.streams.heartbeat(), host.streams.heartbeat()]);
    order.push('all are looked after');
    await Promise.all(pinged);

    expect(order).toEqual(['somebody else is served', 'all are looked after']);
  });

  it('has watermarks that are strings and grow', async () => {
    const conversation = await host.conversation();
    const client = connect(conversation.streamUrl);
    for (let i = 0; i < 5; i += 1) await host.say(conversation, `${i}`);
    await client.heard(11);
    const watermarks = client.frames.map((frame) => frame.watermark);

    expect(watermarks.every((watermark) => typeof watermark === 'string')).toBe(true);
    expect([...watermarks].sort((a, b) => Number(a) - Number(b))).toEqual(watermarks);
    expect(new Set(watermarks).size).toBe(watermarks.length);
  });

  it('is nothing old for a client that is up to date, and all of it for one with a broken watermark', async () => {
    const conversation = await host.conversation();
    const current = connect(at(conversation.streamUrl, '1'));
    await current.upgraded();
    await host.say(conversation, '새말');
    await current.heard(2);
    const broken = connect(at(conversation.streamUrl, '-5'));
    await broken.heard(3);
    const beyond = connect(at(conversation.streamUrl, '900'));
    await beyond.upgraded();
    await host.say(conversation, '또');
    await beyond.heard(2);

    expect(current.texts).toEqual(['새말', '답: 새말']);
    expect(broken.texts).toEqual(['안녕하세요', '새말', '답: 새말']);
    expect(beyond.texts).toEqual(['또', '답: 또']);
  });

  it('closes with 1011 when the log cannot be read, so that the client comes back', async () => {
    const conversation = await host.conversation();
    const client = connect(conversation.streamUrl);
    await client.heard(1);
    host.storeIsDown = true;
    host.advance(20_000);
    await host.streams.heartbeat();

    expect((await client.closed).code).toBe(1011);
    expect(host.reported).toHaveLength(1);
  });
});

describe('shutting down', () => {
  it('says "going away" to everybody and takes nobody in', async () => {
    const { streamUrl } = await host.conversation();
    const client = connect(streamUrl);
    await client.heard(1);
    await host.streams.close();

    expect(await client.closed).toEqual({ code: 1001, reason: 'going away' });
    expect(await connect(streamUrl).upgraded()).toBe(503);
  });
});
