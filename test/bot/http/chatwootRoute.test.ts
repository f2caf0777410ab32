import { handoffKey } from '../../../services/handoff/handoff';
import { ChatwootServer } from '../../chatwoot/chatwootServer';
import { RunningApp } from './runningApp';

const path = 'an-unguessable-part-of-the-address-0123456789';
const event = JSON.stringify({ event: 'contact_updated', id: 1, name: '한글' });
const base = {
  HANDOFF_PROVIDER: 'chatwoot',
  CHATWOOT_URL: 'http://127.0.0.1:9',
  CHATWOOT_INBOX_IDENTIFIER: ChatwootServer.inbox,
};
const fiveMinutesMs = 5 * 60_000;

async function post(
  app: RunningApp,
  body: string,
  headers: Record<string, string>,
  end = '',
): Promise<number> {
  const url = `${app.url}/channels/chatwoot/webhook${end}`;
  const response = await fetch(url, { method: 'POST', headers, body });
  await response.arrayBuffer();
  return response.status;
}

describe('the signed webhook of Chatwoot', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await RunningApp.start({ ...base, CHATWOOT_WEBHOOK_SECRET: ChatwootServer.secret });
  });
  afterAll(() => app.close());

  it('is taken with the right signature over the bytes as they came, again and again', async () => {
    const spaced = event.replace('{', '{ ');
    for (const body of [event, spaced, spaced])
      expect(await post(app, body, ChatwootServer.sign(body, Date.now()))).toBe(200);
  });

  it('is refused when it is changed, old, from the future, signed by another or not at all', async () => {
    const now = Date.now();
    const json = { 'Content-Type': 'application/json' };
    const tries: [string, Record<string, string>][] = [
      [event.replace('1', '2'), ChatwootServer.sign(event, now)],
      [event, ChatwootServer.sign(event, now - fiveMinutesMs - 5_000)],
      [event, ChatwootServer.sign(event, now + fiveMinutesMs + 5_000)],
      [event, ChatwootServer.sign(event, now, 'another-secret')],
      [
        event,
        { ...ChatwootServer.sign(event, now), 'X-Chatwoot-Timestamp': String(Math.floor(now / 1_000) - 1) },
      ],
      [event, { ...ChatwootServer.sign(event, now), 'X-Chatwoot-Signature': 'sha256=' }],
      [event, json],
    ];
    for (const [body, headers] of tries) expect(await post(app, body, headers)).toBe(403);
  });

  it('is refused when it is no event', async () => {
    for (const body of ['[]', '{"id":1}', '"x"'])
      expect(await post(app, body, ChatwootServer.sign(body, Date.now()))).toBe(400);
  });
});

describe('the webhook of a Chatwoot that does not sign', () => {
  it('is taken only at the address that nobody can guess', async () => {
    const app = await RunningApp.start({ ...base, CHATWOOT_WEBHOOK_PATH: path });
    try {
      const json = { 'Content-Type': 'application/json' };
      expect(await post(app, event, json, `/${path}`)).toBe(200);
      expect(await post(app, event, json, `/${path.slice(1)}x`)).toBe(403);
      expect(await post(app, event, json)).toBe(403);
    } finally {
      await app.close();
    }
  });
});

describe('a whole server with people in Chatwoot', () => {
  it('hands over, and brings back what an agent writes', async () => {
    const hub = await ChatwootServer.open(() => Date.now());
    const app = await RunningApp.start({
      ...base,
      HANDOFF_HOURS: 'always',
      CHATWOOT_URL: hub.url,
      CHATWOOT_WEBHOOK_SECRET: ChatwootServer.secret,
    });
    try {
      const { assistant, store } = app.app;
      const asked = await assistant.intake.submit({
        channelId: 'directline',
        conversationId: 'c1',
        userId: 'dl_1',
        activity: {
          type: 'message',
          text: '상담원 연결해줘',
          from: { id: 'dl_1' },
          conversation: { id: 'c1' },
        },
        echo: true,
        delivery: 'log',
      });
      await asked.replies();
      while (hub.conversations.length === 0 || hub.conversation.messages.length === 0)
        await new Promise((resolve) => setImmediate(resolve));
      await assistant.outbox.settled();
      const body = JSON.stringify(hub.agentWrites('안녕하세요'));
      expect(await post(app, body, ChatwootServer.sign(body, Date.now()))).toBe(200);
      while ((await store.pendingConversations()).length > 0)
        await new Promise((resolve) => setImmediate(resolve));
      const log = await store.readLog('directline/c1', 0, 100);
      expect(log.at(-1)?.activity).toMatchObject({
        text: '안녕하세요',
        textFormat: 'plain',
        channelData: { handoff: { agent: '박서준' } },
      });
      expect((await store.readRecord(handoffKey('directline/c1'))).value).toMatchObject({
        state: 'accepted',
      });
    } finally {
      await app.close();
      await hub.close();
    }
  });
});
