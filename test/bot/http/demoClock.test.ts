import { directLineSecret } from '../../server/serverProcess';
import { rawRequest } from './rawHttp';
import { RunningApp } from './runningApp';

const dayMs = 86_400_000;
let running: RunningApp;
beforeEach(async () => {
  running = await RunningApp.start();
}, 30_000);
afterEach(() => running.close());

const move = (body: unknown, headers: Record<string, string> = {}, url = running.url) =>
  fetch(`${url}/demo/clock`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const look = async (): Promise<{ nowMs: number; aheadMs: number }> =>
  (await fetch(`${running.url}/demo/clock`)).json();

describe('the demo’s clock', () => {
  it('tells the time and moves forward by days', async () => {
    const before = await look();
    expect(before.aheadMs).toBe(0);
    expect(Math.abs(before.nowMs - Date.now())).toBeLessThan(60_000);

    const moved = await move({ days: 1 });

    expect(moved.status).toBe(200);
    const { nowMs, aheadMs } = await moved.json();
    expect(aheadMs).toBeGreaterThan(0);
    expect(nowMs - aheadMs - before.nowMs).toBeLessThan(60_000);
    expect((await look()).aheadMs).toBe(aheadMs);
  });

  it('makes what is due by then leave at once', async () => {
    const { assistant, store } = running.app;
    const notBeforeMs = Date.now() + 2 * dayMs;
    const conversationKey = 'directline/clock-test';
    const { ticket } = Object(
      await store.accept({
        conversation: {
          key: conversationKey,
          channelId: 'directline',
          conversationId: 'clock-test',
          userId: '',
          reference: {},
          createdAtMs: Date.now(),
        },
        idempotencyKey: 'one',
        sealedActivity: Buffer.alloc(1),
        activityId: 'one',
        receivedAtMs: Date.now(),
      }),
    );
    await store.commit({
      conversationKey,
      ticket,
      records: [],
      replies: [],
      outbox: [{ key: 'sms/later', kind: 'sms', payload: {}, notBeforeMs }],
      committedAtMs: Date.now(),
    });
    expect(await store.nextOutboxDueMs()).toBe(notBeforeMs);

    await move({ days: 3 });
    await assistant.outbox.settled();

    expect(await store.nextOutboxDueMs()).toBeUndefined();
  });

  it('leaves the conversation that it is for alone: its token holds, and answers carry the new day', async () => {
    const authorization = { Authorization: `Bearer ${directLineSecret}`, 'Content-Type': 'application/json' };
    const conversations = `${running.url}/v3/directline/conversations`;
    const begun = await fetch(conversations, { method: 'POST', headers: authorization });
    const { conversationId, token } = await begun.json();

    await move({ days: 31 });

    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    const said = await fetch(`${conversations}/${conversationId}/activities`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ type: 'message', from: { id: 'dl_somebody' }, text: '연체료가 붙나요?' }),
    });
    expect(said.status).toBe(200);
    const { nowMs } = await look();
    for (;;) {
      const log = await (await fetch(`${conversations}/${conversationId}/activities`, { headers })).json();
      const answer = log.activities.find((one: { replyToId?: string }) => one.replyToId !== undefined);
      if (answer !== undefined) {
        expect(Math.abs(Date.parse(answer.timestamp) - nowMs)).toBeLessThan(60_000);
        break;
      }
    }
  });

  it.each([
    ['no days', {}],
    ['back', { days: -1 }],
    ['not at all', { days: 0 }],
    ['by half a day', { days: 0.5 }],
    ['by more than a month', { days: 32 }],
    ['by a word', { days: '1' }],
    ['with a field too many', { days: 1, hours: 1 }],
    ['null', null],
  ])('does not move for a body that says: %s', async (_, body) => {
    expect((await move(body)).status).toBe(400);
    expect((await look()).aheadMs).toBe(0);
  });

  it('stops where no consent reaches', async () => {
    const statuses = [];
    for (let month = 0; month < 14; month += 1) statuses.push((await move({ days: 31 })).status);
    expect(statuses).toEqual([...Array<number>(12).fill(200), 409, 409]);
  });

  it.each([
    ['another site', { Origin: 'https://elsewhere.example' }],
    ['a page without an origin', { Origin: 'null' }],
    ['another port of this machine', { Origin: 'http://127.0.0.1:1' }],
    ['a page of another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a page of the same site', { 'Sec-Fetch-Site': 'same-site' }],
  ])('does not move for %s', async (_, headers) => {
    expect((await move({ days: 1 }, headers)).status).toBe(403);
    expect((await look()).aheadMs).toBe(0);
  });

  it('moves for its own page', async () => {
    const own = { Origin: running.url, 'Sec-Fetch-Site': 'same-origin' };
    expect((await move({ days: 1 }, own)).status).toBe(200);
  });

  it.each(['GET', 'POST'])('does not answer a %s under another name', async (method) => {
    const body = method === 'POST' ? '{"days":1}' : '';
    const length = method === 'POST' ? `Content-Length: ${body.length}\r\n` : '';
    const head = `${method} /demo/clock HTTP/1.1\r\nHost: elsewhere.example\r\nContent-Type: application/json\r\n${length}\r\n`;
    expect((await rawRequest(running.url, head + body)).status).toBe(403);
    expect((await look()).aheadMs).toBe(0);
  });

  it('does not take a form, which a foreign page could send without asking', async () => {
    const response = await fetch(`${running.url}/demo/clock`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'days=1',
    });
    expect(response.status).toBe(415);
  });
});

describe('a server with a real SMS gateway', () => {
  it('has no clock to move', async () => {
    const real = await RunningApp.start({
      SMS_PROVIDER: 'webhook',
      SMS_WEBHOOK_URL: 'http://127.0.0.1:9/sms',
      SMS_WEBHOOK_SECRET: 'a-secret-of-thirty-two-characters',
    });
    try {
      expect((await move({ days: 1 }, {}, real.url)).status).toBe(404);
      expect((await fetch(`${real.url}/demo/clock`)).status).toBe(404);
    } finally {
      await real.close();
    }
  }, 30_000);
});
