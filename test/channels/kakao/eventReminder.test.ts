import { registerKakaoEvent } from '../../../bot/http/kakaoEventRoute';
import { KakaoReminders } from '../../../bot/kakao/kakaoReminders';
import { createServer } from '../../../bot/server';
import { DeliveryRefusedError, DeliveryUnavailableError } from '../../../services/errors';
import type { TurnStore } from '../../../services/turn/turnStore';
import { openScannedStore } from '../../artifacts';
import { sundayAfternoon } from '../../assistant';
import { rawRequest } from '../../bot/http/rawHttp';
import { kakaoViolations, visibleKakaoText } from '../../cards/kakaoLimits';
import { botUserKey, payload, secret } from './kakaoHost';

const text = '[납부 알림] 오늘이 납부일이에요.';
const message = { conversationKey: `kakao/${botUserKey}`, text, language: 'ko', key: 'key-1' } as const;

describe('a reminder in KakaoTalk', () => {
  let store: TurnStore;
  let told: [string, string][];
  let reminders: KakaoReminders;
  let nowMs: number;
  beforeEach(() => {
    nowMs = sundayAfternoon;
    const clock = { now: () => nowMs };
    store = openScannedStore(clock);
    told = [];
    const events = { tell: async (...call: [string, string]) => void told.push(call) };
    reminders = new KakaoReminders({ store, events, clock });
  });
  afterEach(() => store.close());

  async function served<T>(use: (url: string) => Promise<T>): Promise<T> {
    const note = () => {};
    const log = { error: note, warn: note, info: note, debug: note };
    const config = { host: '127.0.0.1', port: 0 };
    const http = createServer({ config, store, clock: { now: () => nowMs }, log });
    registerKakaoEvent(http.server, { reminders, secret });
    const { url } = await http.listen();
    try {
      return await use(url);
    } finally {
      await http.close();
    }
  }
  const ask = (
    url: string,
    body: unknown,
    headers: Record<string, string> = { 'X-Kakao-Skill-Secret': secret },
  ) =>
    fetch(`${url}/channels/kakao/event`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  it('is said by the Event block that KakaoTalk then runs, whoever else asks gets none', async () => {
    await reminders.deliver(message);
    expect(told).toEqual([[botUserKey, 'key-1']]);

    await served(async (url) => {
      for (const _ of ['once', 'again']) {
        const answer = await (await ask(url, payload('fallbackBlock', { userId: botUserKey }))).json();
        expect(kakaoViolations(answer)).toEqual([]);
        expect(visibleKakaoText(answer)).toBe(text);
      }
      const other = await (await ask(url, payload('fallbackBlock', { userId: 'somebody-else' }))).json();
      expect(visibleKakaoText(other)).toBe('지금은 알려 드릴 것이 없어요.');
    });
  });

  it('is told to the newest words, and kept no longer than half a day', async () => {
    await reminders.deliver(message);
    await reminders.deliver({ ...message, text: 'The bill is due today.', language: 'en', key: 'key-2' });
    expect(await reminders.waitingFor(botUserKey)).toEqual({
      text: 'The bill is due today.',
      language: 'en',
    });
    nowMs += 12 * 3_600_000 + 1;
    expect(await reminders.waitingFor(botUserKey)).toBeUndefined();
  });

  it('goes by another way to somebody who is not in KakaoTalk', async () => {
    await expect(reminders.deliver({ ...message, conversationKey: 'directline/one' })).rejects.toThrow(
      DeliveryRefusedError,
    );
    expect(told).toEqual([]);
  });

  it('waits when another reminder was put down at the same moment', async () => {
    const events = { tell: async () => {} };
    const racing = new KakaoReminders({
      store: {
        readRecord: async () => ({ version: 7, value: undefined }),
        writeRecords: async () => 'conflict',
      },
      events,
      clock: { now: () => nowMs },
    });
    await expect(racing.deliver(message)).rejects.toThrow(DeliveryUnavailableError);
  });

  it('is given to nobody without the secret', async () => {
    await reminders.deliver(message);
    await served(async (url) => {
      expect((await ask(url, payload('fallbackBlock'), {})).status).toBe(403);
      expect((await ask(url, payload('fallbackBlock'), { 'X-Kakao-Skill-Secret': 'guess' })).status).toBe(
        403,
      );
      expect((await ask(url, { userRequest: {} })).status).toBe(400);
    });
  });

  it('without a secret is given to this machine alone', async () => {
    const body = JSON.stringify(payload('fallbackBlock'));
    const head = `POST /channels/kakao/event HTTP/1.1\r\nHost: elsewhere.example\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
    const note = () => {};
    const http = createServer({
      config: { host: '127.0.0.1', port: 0 },
      store,
      clock: { now: () => nowMs },
      log: { error: note, warn: note, info: note, debug: note },
    });
    registerKakaoEvent(http.server, { reminders, secret: undefined });
    const { url } = await http.listen();
    expect((await rawRequest(url, head + body)).status).toBe(403);
    expect((await ask(url, payload('fallbackBlock'), {})).status).toBe(200);
    await http.close();
  });
});
