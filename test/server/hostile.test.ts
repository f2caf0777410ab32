import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { errorShape, rawPost, rawRequest } from '../bot/http/rawHttp';
import { DirectLineTalk } from './directLineTalk';
import { ServerProcess } from './serverProcess';

const varDir = mkdtempSync(path.join(tmpdir(), 'server-hostile-'));
let server: ServerProcess;
beforeAll(async () => {
  server = await ServerProcess.start(varDir);
});
afterAll(async () => {
  // Whatever was thrown at it, it is still the same process and stops as it should.
  expect(await server.stop()).toBe(0);
  rmSync(varDir, { recursive: true, force: true });
});

const ask = (method: string, target: string, ...headers: string[]) =>
  rawRequest(
    server.url,
    `${[`${method} ${target} HTTP/1.1`, 'Host: 127.0.0.1', ...headers].join('\r\n')}\r\n\r\n`,
  );
const activity = (changes: object = {}) =>
  JSON.stringify({
    type: 'message',
    text: '안녕하세요',
    channelId: 'test',
    serviceUrl: 'http://127.0.0.1:9',
    deliveryMode: 'expectReplies',
    from: { id: 'u' },
    recipient: { id: 'b' },
    conversation: { id: 'c' },
    ...changes,
  });

const paths = ['/api/messages', '/v3/directline/conversations', '/api/token', '/healthz', '/'];

describe('the whole server', () => {
  it.each(paths)('F8: refuses a request to %s that two readers could understand differently', async (to) => {
    const lines = `POST ${to} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n`;
    for (const rest of [
      'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      'Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ',
      'Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n',
      'Host: evil.example\r\nContent-Length: 2\r\n\r\n{}',
      'X: a\rB: c\r\nContent-Length: 2\r\n\r\n{}',
    ]) {
      const answer = await rawRequest(server.url, lines + rest);
      expect(answer.status).toBe(400);
      expect(answer.body).toMatch(errorShape);
    }
    const long = await rawRequest(server.url, `${lines}X: ${'a'.repeat(65_536)}\r\n\r\n`);
    expect(long.status).toBe(431);
  });

  it.each([
    ['PUT', '/api/messages', 405],
    ['GET', '/api/messages', 405],
    ['TRACE', '/api/messages', 405],
    ['OPTIONS', '/api/messages', 405],
    ['DELETE', '/v3/directline/conversations', 405],
    ['POST', '/healthz', 405],
    ['GET', '/api/../demo/handset', 404],
    ['GET', '/%2e%2e/%2e%2e/etc/passwd', 404],
    ['GET', '/a%00b', 400],
    ['GET', '//evil.example/', 404],
    ['GET', 'http://evil.example/', 400],
    ['GET', '/%', 400],
    ['OPTIONS', '*', 400],
  ])('F9: answers %s %s with %i', async (method, target, status) => {
    const answer = await ask(method, target);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatch(errorShape);
  });

  it.each([
    ['bytes that are no UTF-8', Buffer.from(activity({ text: 'X' }).replace('X', '\xff\xfe'), 'latin1')],
    ['a lone surrogate', activity({ text: 'X' }).replace('X', '\\ud800')],
    ['NUL', activity({ text: 'a\u0000b' })],
    ['a direction override', activity({ text: '\u202e요금' })],
    ['invisible marks', activity({ text: '요\u200b금\u2060' })],
    ['decomposed Hangul', activity({ text: '연체료가 붙나요?'.normalize('NFD') })],
  ])('F10: takes text with %s and answers it', async (_name, body) => {
    const answer = await rawRequest(server.url, rawPost('/api/messages', body));
    expect(answer.status).toBe(200);
    expect(answer.body).toMatch(/"activities":\[\{/);
  });

  it('answers HEAD like GET, without the body', async () => {
    for (const to of ['/healthz', '/readyz', '/']) {
      const get = await fetch(server.url + to);
      const head = await fetch(server.url + to, { method: 'HEAD' });
      expect(head.status).toBe(200);
      expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
      expect(await head.text()).toBe('');
    }
    expect((await fetch(`${server.url}/api/messages`, { method: 'HEAD' })).status).toBe(405);
    expect((await fetch(`${server.url}/nothing`, { method: 'HEAD' })).status).toBe(404);
  });

  it('answers requests sent without waiting one after another, in order', async () => {
    const get = (to: string, last = '') => `GET ${to} HTTP/1.1\r\nHost: 127.0.0.1\r\n${last}\r\n`;
    const all = get('/healthz') + get('/nothing') + get('/readyz') + get('/nothing', 'Connection: close\r\n');
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write(all);
    const answers = (await socket.toArray()).join('');
    const statuses = [...answers.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status);
    expect(statuses).toEqual(['200', '404', '200', '404']);
  });

  const origin = 'https://help.example';
  it.each([
    ['a coding', ['Content-Encoding: gzip', 'Content-Type: application/json'], '{}', 415],
    ['a media type', ['Content-Type: text/plain'], '{}', 415],
    ['broken JSON', ['Content-Type: application/json'], '{]', 400],
    ['a deep nest', ['Content-Type: application/json'], '['.repeat(100), 400],
    ['too much', ['Content-Type: application/json'], `"${'a'.repeat(262_145)}"`, 413],
    ['no token', ['Content-Type: application/json'], '{}', 401],
  ])('refuses %s under /v3/directline so that a page can read why', async (_name, headers, body, status) => {
    const answer = await rawRequest(
      server.url,
      rawPost('/v3/directline/conversations', body, `Origin: ${origin}`, ...headers),
    );
    expect(answer.status).toBe(status);
    expect(answer.head).toMatch(new RegExp(`access-control-allow-origin: ${origin}\r?$`, 'im'));
    expect(answer.head).toMatch(/vary: origin/i);
  });

  it('shows nobody a handset, and speaks for nobody, under a name that was pointed at this machine', async () => {
    const port = new URL(server.url).port;
    for (const host of [`evil.example:${port}`, '127.0.0.1.evil.example', '0.0.0.0', '192.168.0.1']) {
      const to = (target: string) => `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
      expect((await rawRequest(server.url, to('/demo/handset?phone=01000001001'))).status).toBe(403);
      const post = rawPost('/api/messages', activity()).toString('latin1');
      const said = await rawRequest(
        server.url,
        Buffer.from(post.replace('Host: 127.0.0.1', `Host: ${host}`), 'latin1'),
      );
      expect(said.status).toBe(403);
    }
  });

  it('lets the Bot Connector not into a conversation of Direct Line', async () => {
    const talk = await DirectLineTalk.start(server.url);
    const before = await talk.everything();
    const forged = activity({
      channelId: 'directline',
      conversation: { id: talk.id },
      from: { id: 'dl_tester' },
    });
    expect((await rawRequest(server.url, rawPost('/api/messages', forged))).status).toBe(403);
    expect(await talk.everything()).toEqual(before);
  });

  it.each(['../x', 'a/b', '__proto__', 'constructor', '', 'a|b', 'x'.repeat(65)])(
    'F11: takes no channel by the name of %j',
    async (channelId) => {
      const answer = await rawRequest(server.url, rawPost('/api/messages', activity({ channelId })));
      expect(answer.status).toBe(400);
    },
  );
});
