import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DirectLineTalk } from './directLineTalk';
import { directLine, ServerProcess } from './serverProcess';

describe('a conversation with the server as customers reach it', () => {
  const varDir = mkdtempSync(path.join(tmpdir(), 'server-talk-'));
  let server: ServerProcess;
  beforeAll(async () => {
    server = await ServerProcess.start(varDir, { TOKEN_LIMIT_PER_MINUTE: '5' });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(varDir, { recursive: true, force: true });
  });

  async function restart(): Promise<void> {
    expect(await server.stop()).toBe(0);
    server = await ServerProcess.start(varDir, { TOKEN_LIMIT_PER_MINUTE: '5' });
  }

  it('F13: gives the same message, ten times at once and after a restart, one effect and one reply', async () => {
    const talk = await DirectLineTalk.start(server.url);
    const tenTimes = await Promise.all(
      Array.from({ length: 10 }, () => talk.post('연체료가 붙나요?', 'same', { id: 'one' })),
    );
    expect(tenTimes.map(({ status }) => status)).toEqual(Array(10).fill(200));
    const ids = new Set(tenTimes.map(({ json }) => json.id));
    expect(ids.size).toBe(1);
    const before = await talk.answerTo(tenTimes[0]?.json.id);

    await restart();
    talk.url = server.url;
    const late = await talk.post('연체료가 붙나요?', 'same', { id: 'one' });
    expect(ids.has(late.json.id)).toBe(true);
    await talk.say('고마워요', 'next');
    const after = await talk.everything();
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after).toHaveLength(before.length + 2);
  });

  it('F14: takes a retry under a new activity id for the same message by its clientActivityID', async () => {
    const talk = await DirectLineTalk.start(server.url);
    const first = await talk.post('연체료가 붙나요?', 'retry', { id: 'first' });
    const second = await talk.post('연체료가 붙나요?', 'retry', { id: 'second' });
    expect(second.json.id).toBe(first.json.id);
    const other = await talk.post('연체료가 붙나요?', 'another', { id: 'first' });
    expect(other.json.id).not.toBe(first.json.id);
    const seen = await talk.answerTo(other.json.id);
    expect(seen.filter(({ replyToId }) => replyToId !== undefined)).toHaveLength(2);
  });

  it('F15: takes no code before a number was asked for, and keeps its own time', async () => {
    const talk = await DirectLineTalk.start(server.url);
    const [toCode] = await talk.say('123456', 'code');
    expect(JSON.stringify(toCode)).not.toMatch(/\d원/);
    const stamps = ['garbage', '1970-01-01T00:00:00Z', '9999-12-31T23:59:59Z', 5];
    for (const [n, timestamp] of stamps.entries()) {
      const startedAt = Date.now();
      const { status, json } = await talk.post('안녕하세요', `t${n}`, {
        timestamp,
        localTimestamp: timestamp,
      });
      expect(status).toBe(200);
      const seen = await talk.answerTo(json.id);
      const echo = seen.find(({ id }) => id === json.id);
      expect(Math.abs(Date.parse(echo?.timestamp ?? '') - startedAt)).toBeLessThan(30_000);
    }
    const times = (await talk.everything()).map(({ timestamp }) => timestamp);
    expect(times).toEqual([...times].sort());
  });

  it('lets nobody into a conversation with the token of another', async () => {
    const mine = await DirectLineTalk.start(server.url);
    const theirs = await DirectLineTalk.start(server.url);
    const before = await theirs.everything();
    const route = `/conversations/${theirs.id}`;
    const tries = [
      directLine(server.url, 'GET', route, undefined, mine.token),
      directLine(server.url, 'GET', `${route}/activities`, undefined, mine.token),
      directLine(server.url, 'POST', `${route}/activities`, { type: 'message', text: 'x' }, mine.token),
      directLine(server.url, 'POST', `${route}/upload?userId=me`, undefined, mine.token),
    ];
    expect((await Promise.all(tries)).map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    // These two name no conversation: the token's own is meant.
    const refreshed = await directLine(server.url, 'POST', '/tokens/refresh', undefined, mine.token);
    expect(refreshed.json.conversationId).toBe(mine.id);
    const started = await directLine(server.url, 'POST', '/conversations', { user: { id: 'x' } }, mine.token);
    expect(started).toMatchObject({ status: 200, json: { conversationId: mine.id } });
    const made = await directLine(server.url, 'POST', '/tokens/generate', {}, mine.token);
    expect(made.status).toBe(401);
    const stream = new URL(mine.streamUrl.replace('ws', 'http'));
    stream.pathname = stream.pathname.replace(mine.id, theirs.id);
    const knock = await fetch(stream, { headers: { Connection: 'Upgrade', Upgrade: 'websocket' } }).catch(
      () => undefined,
    );
    expect(knock?.status ?? 403).not.toBe(101);
    expect(await theirs.everything()).toEqual(before);
  });

  it('hands tokens to its own pages alone, however a name was pointed at it, and not too many', async () => {
    const port = new URL(server.url).port;
    const ask = (headers: Record<string, string>) =>
      fetch(`${server.url}/api/token`, { method: 'POST', headers });
    expect((await ask({ Origin: 'https://evil.example' })).status).toBe(403);
    // DNS rebinding: to the browser it is one and the same origin.
    expect((await ask({ Origin: `http://evil.example:${port}` })).status).toBe(403);
    expect((await ask({ Origin: 'null' })).status).toBe(403);
    const statuses = [];
    for (let n = 0; n < 7; n += 1) statuses.push((await ask({ Origin: server.url })).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
  });
});
