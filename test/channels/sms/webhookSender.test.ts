import { createHmac } from 'node:crypto';
import { retryAfterMs } from '../../../channels/sms/deliveryPatience';
import { WebhookSender } from '../../../channels/sms/webhookSender';
import { DeliveryRefusedError, DeliveryUnavailableError } from '../../../services/errors';
import { type Answer, Gateway } from './gateway';

const secret = 'a-secret-of-thirty-two-characters';
const nowMs = Date.parse('2026-11-22T17:20:00+09:00');
const message = {
  phoneNumber: '01012345678',
  text: '[요금길잡이] 인증번호 482915',
  key: 'sms/code/nonce-1',
};

describe("a carrier's own SMS gateway", () => {
  let gateway: Gateway;
  let sender: WebhookSender;
  beforeEach(async () => {
    gateway = await Gateway.open();
    const clock = { now: () => nowMs };
    sender = new WebhookSender({ url: `${gateway.url}/sms?from=bot`, secret, clock, timeoutMs: 500 });
  });
  afterEach(() => gateway.close());

  it('gets the message, signed over time and body, with the outbox key', async () => {
    await sender.send(message);
    const [request] = gateway.received;
    expect(request).toMatchObject({ method: 'POST', path: '/sms?from=bot' });
    expect(JSON.parse(request?.body ?? '')).toEqual({
      to: '01012345678',
      type: 'SMS',
      text: message.text,
    });
    const timestamp = String(nowMs / 1_000);
    const signature = createHmac('sha256', secret).update(`${timestamp}.${request?.body}`).digest('hex');
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'idempotency-key': 'sms/code/nonce-1',
      'x-bill-guide-timestamp': timestamp,
      'x-bill-guide-signature': `sha256=${signature}`,
    });
  });

  it('gets a long message marked as one', async () => {
    await sender.send({ ...message, text: '가'.repeat(46) });
    expect(JSON.parse(gateway.received[0]?.body ?? '')).toMatchObject({ type: 'LMS' });
  });

  it.each([200, 201, 202, 204])('has taken it with %d', async (status) => {
    gateway.willAnswer({ status });
    await expect(sender.send(message)).resolves.toBeUndefined();
  });

  it.each([301, 302, 400, 401, 403, 404, 409, 410, 422])('refuses it for good with %d', async (status) => {
    gateway.willAnswer({ status, headers: { location: `${gateway.url}/elsewhere` } });
    await expect(sender.send(message)).rejects.toThrow(DeliveryRefusedError);
    expect(gateway.received).toHaveLength(1);
  });

  it.each([408, 425, 429, 500, 502, 503, 504])('may take it later after %d', async (status) => {
    gateway.willAnswer({ status });
    await expect(sender.send(message)).rejects.toThrow(DeliveryUnavailableError);
  });

  it.each<[string, Answer]>([
    ['hangs', 'hang'],
    ['cuts the connection', 'cut'],
  ])('may take it later when it %s, and what was sent is in no error', async (_, answer) => {
    gateway.willAnswer(answer);
    const error: unknown = await sender.send(message).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(DeliveryUnavailableError);
    expect(`${JSON.stringify(error)} ${error} ${Object(error).cause}`).not.toMatch(/482915|01012345678/);
  });

  it('need not end its answer', async () => {
    gateway.willAnswer('endless');
    await expect(sender.send(message)).resolves.toBeUndefined();
  });

  it('says how long to leave it alone', async () => {
    gateway.willAnswer({ status: 429, headers: { 'retry-after': '30' } });
    await expect(sender.send(message)).rejects.toMatchObject({ retryAfterMs: 30_000 });
  });

  it.each([
    [null, undefined],
    ['', undefined],
    ['soon', undefined],
    ['-5', undefined],
    ['Tomorrow, 22 November', undefined],
    ['Sun, 22 foo bar', undefined],
    ['1234567890', undefined],
    ['0', 0],
    [' 7 ', 7_000],
    ['86400', 120_000],
    ['999999999', 120_000],
    ['Sun, 22 Nov 2026 08:21:00 GMT', 60_000],
    ['Sun, 22 Nov 2026 08:19:00 GMT', 0],
    ['Mon, 23 Nov 2026 08:20:00 GMT', 120_000],
  ])('Retry-After %j asks for %j ms, within two minutes', (header, wait) => {
    expect(retryAfterMs(header, nowMs)).toBe(wait);
  });
});
