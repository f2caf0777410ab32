import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { StreamClient } from '../channels/directLine/streamClient';
import { sized } from '../size';
import { DirectLineTalk, type Seen } from './directLineTalk';
import { ServerProcess } from './serverProcess';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function aVarDir(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'server-load-'));
  folders.push(folder);
  return folder;
}

const question = '연체료가 붙나요?';
const clientIds = (seen: readonly Seen[]) =>
  seen
    .filter(({ from }) => from.role === 'user')
    .map(({ channelData }) => channelData?.clientActivityID ?? '');

/** Every message once, each answered once and after it, and answers in the order of the questions. */
function expectOneReplyEach(seen: readonly Seen[]): void {
  const ids = clientIds(seen);
  expect(new Set(ids).size).toBe(ids.length);
  const echoes = seen.filter(({ from }) => from.role === 'user').map(({ id }) => id);
  const answered = seen.flatMap(({ replyToId }) => replyToId ?? []);
  expect(answered).toEqual(echoes);
  const places = new Map(seen.map(({ id }, place) => [id, place]));
  for (const [place, { replyToId, timestamp }] of seen.entries()) {
    const asked = seen[places.get(replyToId ?? '') ?? place];
    expect(places.get(replyToId ?? '') ?? -1).toBeLessThan(place);
    expect(timestamp >= (asked?.timestamp ?? '')).toBe(true);
  }
}

describe('a server under load', () => {
  it('F16: takes 1,000 parallel messages of one conversation: all 200, each echoed and answered once, in order', async () => {
    const server = await ServerProcess.start(aVarDir());
    const talk = await DirectLineTalk.start(server.url);
    const stream = new StreamClient(talk.streamUrl);
    expect(await stream.upgraded()).toBe(101);

    const answers = await Promise.all(Array.from({ length: 1_000 }, (_, n) => talk.post(question, `m${n}`)));

    expect(answers.map(({ status }) => status)).toEqual(Array(1_000).fill(200));
    // The welcome, and each message with its answer.
    await stream.heard(2_001);
    const live = stream.frames.flatMap(({ activities }) => activities);
    const logged = await talk.everything();
    expect(live).toEqual(logged);
    expect(new Set(clientIds(logged))).toEqual(new Set(Array.from({ length: 1_000 }, (_, n) => `m${n}`)));
    expect(logged).toHaveLength(2_001);
    expectOneReplyEach(logged);
    stream.socket.terminate();
    expect(await server.stop()).toBe(0);
  }, 60_000);

  it('keeps a second window of a conversation alive when the first one is closed', async () => {
    const server = await ServerProcess.start(aVarDir());
    const talk = await DirectLineTalk.start(server.url);
    const first = new StreamClient(talk.streamUrl);
    await first.heard(1);
    const second = new StreamClient(talk.streamUrl);
    await second.heard(1);
    expect(await first.closed).toMatchObject({ code: 1000 });
    await talk.post(question, 'm');
    await second.heard(3);
    second.socket.terminate();
    expect(await server.stop()).toBe(0);
  });
});

describe('a server that is told to stop', () => {
  const rounds = sized(4, 10);

  it(`F38: ${rounds} times in the middle of its work, ends with 0 and loses nothing it acknowledged`, async () => {
    const varDir = aVarDir();
    let server = await ServerProcess.start(varDir);
    const talks = await Promise.all([0, 1, 2, 3].map(() => DirectLineTalk.start(server.url)));
    const acknowledged = talks.map(() => new Map<string, string>());
    let made = 0;
    for (let round = 0; round < rounds; round += 1) {
      const stream = new StreamClient(talks[0]?.streamUrl.replace(/^ws:\/\/[^/]+/, server.url) ?? '');
      let stopped: Promise<number | null> | undefined;
      let startedAt = 0;
      let said = 0;
      await Promise.all(
        talks.map(async (talk, index) => {
          talk.url = server.url;
          for (;;) {
            made += 1;
            const clientId = `m${made}`;
            const answer = await talk.post(question, clientId).catch(() => undefined);
            if (answer === undefined) return;
            expect([200, 503]).toContain(answer.status);
            if (answer.status === 200) acknowledged[index]?.set(clientId, String(answer.json.id));
            said += 1;
            if (said === 5 + 12 * round) {
              startedAt = performance.now();
              stopped = server.stop();
            }
          }
        }),
      );
      expect(await stopped).toBe(0);
      expect(performance.now() - startedAt).toBeLessThan(15_000);
      stream.socket.terminate();
      server = await ServerProcess.start(varDir);
    }
    for (const [index, talk] of talks.entries()) {
      talk.url = server.url;
      const last = await talk.post(question, 'last');
      const seen = await talk.answerTo(last.json.id);
      expectOneReplyEach(seen);
      for (const [clientId, id] of acknowledged[index] ?? [])
        expect(seen.find(({ channelData }) => channelData?.clientActivityID === clientId)?.id).toBe(id);
    }
    expect(await server.stop()).toBe(0);
  }, 120_000);

  it('says goodbye to open sockets, and ends at once at the second signal', async () => {
    const server = await ServerProcess.start(aVarDir());
    const talk = await DirectLineTalk.start(server.url);
    const stream = new StreamClient(talk.streamUrl);
    await stream.heard(1);
    // A request that never ends would hold up the stop.
    const halfSent = connect(Number(new URL(server.url).port), '127.0.0.1');
    halfSent.on('error', () => undefined);
    halfSent.write(
      'POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n',
    );
    await once(halfSent, 'data');

    server.signal('SIGTERM');
    expect(await stream.closed).toEqual({ code: 1001, reason: 'going away' });
    const startedAt = performance.now();
    server.signal('SIGTERM');
    expect(await server.ended()).toBe(1);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    halfSent.destroy();
  });
});
