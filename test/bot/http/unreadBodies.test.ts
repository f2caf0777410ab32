import { anActivity, type RunningBot, runningBot } from '../connector/connectorFixture';
import { dialled, errorShape, rawPost, rawRequest, writeFirst } from './rawHttp';

const mib = 1024 * 1024;
const json = 'Content-Type: application/json';

/** Whatever the guard refuses, it refuses on every route. */
describe('a client that writes first and reads afterwards', () => {
  let bot: RunningBot;
  beforeAll(async () => {
    bot = await runningBot();
  });
  afterAll(() => bot.close());

  async function send(line: string, headers: readonly string[], body: readonly (string | Buffer)[]) {
    const head = `${[`${line} HTTP/1.1`, 'Host: 127.0.0.1', ...headers].join('\r\n')}\r\n\r\n`;
    return writeFirst(bot.url, head, ...body);
  }
  const megabytes = (count: number) => Array.from({ length: count }, () => Buffer.alloc(mib, ' '));
  const announced = (count: number) => `Content-Length: ${count * mib}`;

  it.each([
    ['12 MiB of JSON', 'POST /api/messages', [json, announced(12)], megabytes(12), 413],
    ['24 MiB of JSON', 'POST /channels/kakao/skill', [json, announced(24)], megabytes(24), 413],
    [
      '12 MiB of JSON in chunks',
      'POST /desk/api/login',
      [json, 'Transfer-Encoding: chunked'],
      [...megabytes(12).flatMap((one) => ['100000\r\n', one, '\r\n']), '0\r\n\r\n'],
      413,
    ],
    ['a video', 'POST /api/messages', ['Content-Type: video/mp4', announced(12)], megabytes(12), 415],
    ['a body for a wrong method', 'BREW /api/messages', [json, announced(1)], megabytes(1), 400],
    ['a body for an unusual method', 'PROPFIND /api/messages', [json, announced(12)], megabytes(12), 405],
    ['a body for an address that is none', 'POST /a/../b', [json, announced(12)], megabytes(12), 404],
    ['a body on GET', 'GET /healthz', [json, announced(12)], megabytes(12), 400],
    ['endless headers', 'GET /healthz', [`X-Long: ${'x'.repeat(mib)}`], megabytes(4), 431],
    ['broken chunks', 'POST /api/messages', [json, 'Transfer-Encoding: chunked'], megabytes(12), 400],
  ])('F5: finds its answer to %s', async (_, line, headers, body, status) => {
    const answer = await send(line, headers, body);

    expect(answer.status).toBe(status);
    expect(answer.body).toMatch(errorShape);
  });

  it('F5: is cut off when it never stops', async () => {
    const headers = `POST /api/messages HTTP/1.1\r\nHost: a\r\n${json}\r\n`;
    for (const start of [
      `${headers}Transfer-Encoding: chunked\r\n\r\n`,
      `${headers}Content-Length: 100000000000\r\n\r\n`,
      'no HTTP at all\r\n\r\n',
    ]) {
      const socket = dialled(bot.url, start);
      const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(65_536), Buffer.from('\r\n')]);
      let sent = 0;
      const flood = () => {
        do sent += chunk.length;
        while (socket.write(chunk));
      };
      socket.on('drain', flood);
      flood();
      await new Promise((resolve) => socket.once('close', resolve));
      // Sockets of both ends take in some megabytes before anybody reads.
      expect(sent).toBeLessThan(64 * mib);
    }
    expect((await bot.post(anActivity())).status).toBe(200);
  });

  it('F8: has nothing served that it hid behind a refused request', async () => {
    bot.intake.turns.length = 0;
    const hidden = rawPost('/api/messages', JSON.stringify(anActivity()));
    for (const refused of [
      'GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}',
      `POST /api/messages HTTP/1.1\r\nHost: a\r\n${json}\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
    ]) {
      const answer = await rawRequest(bot.url, Buffer.concat([Buffer.from(refused), hidden]));
      expect(answer).toMatchObject({ status: 400, closed: true });
      expect(answer.body).toMatch(errorShape);
    }
    expect(bot.intake.turns).toEqual([]);
  });
});
