import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { anActivity, type RunningBot, runningBot } from '../connector/connectorFixture';
import { errorShape, type RawAnswer, rawPost, rawRequest } from './rawHttp';

/** Rows of the fault list F1–F10: each answer is a 4xx with a fixed body, and the next customer is served. */
describe('hostile requests', () => {
  let bot: RunningBot;

  beforeAll(async () => {
    bot = await runningBot();
  });
  afterAll(() => bot.close());

  async function expectRefused(answer: RawAnswer, ...statuses: number[]): Promise<void> {
    expect(statuses).toContain(answer.status);
    expect(answer.body).toMatch(errorShape);
    await expectAlive();
  }

  async function expectAlive(): Promise<void> {
    const next = await bot.post(anActivity());
    expect(next.status).toBe(200);
  }

  it.each(['{}', '[]', 'null', '"x"', '5'])('F1: %s is no activity', async (body) => {
    await expectRefused(await rawRequest(bot.url, rawPost('/api/messages', body)), 400);
  });

  it.each([
    ['truncated', '{"type":"message"'],
    ['a byte order mark', '\uFEFF{"type":"message"}'],
    ['a trailing comma', '{"type":"message",}'],
    ['duplicate keys', '{"type":"message","type":"event"}'],
    ['duplicate keys in disguise', '{"type":"message","\\u0074ype":"event"}'],
    ['NaN', '{"type":NaN}'],
    ['1e999', '{"type":1e999}'],
  ])('F3: %s', async (_, body) => {
    await expectRefused(await rawRequest(bot.url, rawPost('/api/messages', body)), 400);
  });

  it.each([
    ['depth 33', `${'['.repeat(33)}${']'.repeat(33)}`],
    ['depth 130,000', '['.repeat(130_000)],
    ['objects nested 40,000 deep', '{"a":'.repeat(40_000)],
    ['5,001 keys', `{${Array.from({ length: 5_001 }, (_, n) => `"k${n}":1`).join(',')}}`],
    ['100,000 keys in 256 KiB or more', `{${'"":1,'.repeat(52_000)}"z":1}`],
    ['a 1 MB key', `{"${'k'.repeat(1_000_000)}":1}`],
    ['a 200 KB key', `{"${'k'.repeat(200_000)}":1}`],
  ])('F4: %s', async (_, body) => {
    await expectRefused(await rawRequest(bot.url, rawPost('/api/messages', body)), 400, 413);
  });

  it('F5: a body of 256 KiB is read, one byte more is not', async () => {
    const body = JSON.stringify(anActivity({ ignored: '' }));
    const full = body.replace('"ignored":""', `"ignored":"${'x'.repeat(262_144 - Buffer.byteLength(body))}"`);
    expect((await rawRequest(bot.url, rawPost('/api/messages', full))).status).toBe(200);

    const answer = await rawRequest(bot.url, rawPost('/api/messages', `${full} `));
    await expectRefused(answer, 413);
    expect(answer.closed).toBe(true);
  });

  it('F5: too much in chunks, without a length', async () => {
    const head =
      'POST /api/messages HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
    const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`;
    const answer = await rawRequest(bot.url, head, chunk, chunk, chunk, chunk, chunk, '0\r\n\r\n');
    await expectRefused(answer, 413);
    expect(answer.closed).toBe(true);
  });

  it('F5: a length that promises 100 MB is refused before it arrives', async () => {
    const head =
      'POST /api/messages HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100000000\r\n\r\n';
    await expectRefused(await rawRequest(bot.url, head), 413);
  });

  it('F5: more bytes than the length says end the connection', async () => {
    const request = rawPost('/api/messages', '{}')
      .toString()
      .replace('Content-Length: 2', 'Content-Length: 1');
    const answer = await rawRequest(bot.url, request);
    await expectRefused(answer, 400);
  });

  it.each([
    ['a bomb', 'gzip', gzipSync(Buffer.alloc(50 * 1_048_576, 32))],
    ['no gzip at all', 'gzip', Buffer.from('{"type":"message"}')],
    ['corrupt gzip', 'gzip', gzipSync('{"type":"message"}').fill(7, 12)],
    ['br', 'br', Buffer.from('{}')],
    ['deflate', 'deflate', Buffer.from('{}')],
    ['two encodings', 'identity, gzip', Buffer.from('{}')],
  ])('F6: %s', async (_, encoding, body) => {
    const before = process.memoryUsage().rss;
    const answer = await rawRequest(bot.url, rawPost('/api/messages', body, `Content-Encoding: ${encoding}`));
    await expectRefused(answer, 415);
    expect(process.memoryUsage().rss - before).toBeLessThan(25 * 1_048_576);
  });

  it.each([
    ['text/plain'],
    ['application/x-www-form-urlencoded'],
    ['application/json; charset=utf-16'],
    ['multipart/form-data; boundary=x'],
  ])('takes no %s', async (type) => {
    const answer = await rawRequest(bot.url, rawPost('/api/messages', '{}', `Content-Type: ${type}`));
    await expectRefused(answer, 415);
  });

  it.each([
    ['CL and TE', rawPost('/api/messages', '0\r\n\r\n', 'Transfer-Encoding: chunked'), [400]],
    ['two lengths', rawPost('/api/messages', '{}', 'Content-Length: 3'), [400]],
    ['two hosts', rawPost('/api/messages', '{}', 'Host: evil.example'), [400]],
    ['a host that is no host', 'GET /healthz HTTP/1.1\r\nHost: [x\r\n\r\n', [400]],
    ['64 KiB of headers', rawPost('/api/messages', '{}', `X-Long: ${'x'.repeat(65_536)}`), [431]],
    ['a line break in a header', rawPost('/api/messages', '{}', 'X-Broken: a\rb'), [400]],
    ['a header without a name', rawPost('/api/messages', '{}', ': value'), [400]],
    ['no HTTP at all', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', [400]],
    ['a body on GET', 'GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}', [400]],
    ['encoded in two layers', rawPost('/api/messages', '{}', 'Transfer-Encoding: gzip, chunked'), [400]],
  ])('F8: %s', async (_, request, statuses) => {
    await expectRefused(await rawRequest(bot.url, request), ...statuses);
  });

  it.each([
    ['GET /api/messages', [405]],
    ['PUT /api/messages', [405]],
    ['DELETE /api/messages', [405]],
    ['OPTIONS /api/messages', [405]],
    ['TRACE /api/messages', [405]],
    ['PROPFIND /api/messages', [405]],
    ['GET /nothing-here', [404]],
    ['GET /a/../healthz', [404]],
    ['GET /%2e%2e/healthz', [404]],
    ['GET /api/messages%00', [400, 404]],
    ['GET //healthz', [404]],
    ['GET /\\healthz', [400, 404]],
    ['GET /%zz', [400, 404]],
    ['GET http://evil.example/', [400, 404]],
    ['OPTIONS *', [400, 404, 405]],
    [`GET /${'a'.repeat(9_000)}`, [414]],
  ])('F9: %s', async (line, statuses) => {
    await expectRefused(await rawRequest(bot.url, `${line} HTTP/1.1\r\nHost: a\r\n\r\n`), ...statuses);
  });

  it('F10: odd Unicode is taken and arrives clean', async () => {
    const text = Buffer.concat([
      Buffer.from('{"text":"미납\\u0000\\ud800\u202e\u200b', 'utf8'),
      Buffer.from([0xff, 0xc0]),
      Buffer.from(`${'미'.normalize('NFD')}","type":"message"`, 'utf8'),
    ]);
    const rest = Buffer.from(`,${JSON.stringify(anActivity({ text: undefined, type: undefined })).slice(1)}`);
    const answer = await rawRequest(bot.url, rawPost('/api/messages', Buffer.concat([text, rest])));
    expect(answer.status).toBe(200);
    expect(bot.intake.turns.at(-1)?.activity.text).toBe('미납\uFFFD\uFFFD\uFFFD미');
  });

  it('answers no route with a 5xx, whatever bytes come', async () => {
    const path = fc.constantFrom(
      '/',
      '/api/messages',
      '/healthz',
      '/v3/directline/conversations',
      '/%c0%af',
      '/?%',
    );
    const method = fc.constantFrom('GET', 'POST', 'PUT', 'OPTIONS', 'HEAD', 'PATCH', 'BREW');
    await fc.assert(
      fc.asyncProperty(method, path, fc.uint8Array({ maxLength: 200 }), async (verb, target, bytes) => {
        const body = Buffer.from(bytes);
        const request = rawPost(target, body, 'Connection: close').subarray('POST'.length);
        const answer = await rawRequest(bot.url, Buffer.concat([Buffer.from(verb), request]));
        expect(answer.status).toBeGreaterThanOrEqual(200);
        expect(answer.status).toBeLessThan(500);
      }),
      { numRuns: 200, seed: 20251122 },
    );
    await expectAlive();
  });
});

describe('slow clients', () => {
  let bot: RunningBot;

  beforeAll(async () => {
    bot = await runningBot(undefined, { requestTimeoutMs: 150, timeoutCheckMs: 25 });
  });
  afterAll(() => bot.close());

  it.each([
    [
      'a body that stops half way',
      `${rawPost('/api/messages', '{"type":"message"}').toString().slice(0, -8)}`,
    ],
    ['headers that stop half way', 'POST /api/messages HTTP/1.1\r\nHost: a\r\nX-'],
  ])('F7: %s ends with 408', async (_, request) => {
    const answer = await rawRequest(bot.url, request);
    expect(answer).toMatchObject({ status: 408, closed: true });
    expect(answer.body).toMatch(errorShape);
  });

  it('F7: idle sockets are closed and others are served meanwhile', async () => {
    const { hostname, port } = new URL(bot.url);
    const closed = Array.from({ length: 200 }, () => {
      const socket = connect(Number(port), hostname);
      socket.resume();
      return new Promise<void>((resolve) => socket.on('close', () => resolve()).on('error', () => {}));
    });
    const served = await bot.post(anActivity());
    expect(served.status).toBe(200);
    await Promise.all(closed);
  });
});
