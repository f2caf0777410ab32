import { SolapiSender } from '../../../channels/sms/solapiSender';
import { DeliveryRefusedError, DeliveryUnavailableError } from '../../../services/errors';
import { type Answer, Gateway } from './gateway';
import { apiKey, apiSecret, detailAnswer, isSigned, redirectSolapi } from './solapiService';

const message = {
  phoneNumber: '01012345678',
  text: '[요금길잡이] 인증번호 482915',
  key: 'sms/code/nonce-1',
};

describe('SOLAPI', () => {
  let gateway: Gateway;
  let restore: () => void;
  let sender: SolapiSender;
  beforeEach(async () => {
    gateway = await Gateway.open();
    gateway.answers = [(request) => ({ status: 200, body: detailAnswer('taken', request) })];
    restore = redirectSolapi(gateway);
    sender = new SolapiSender({ apiKey, apiSecret, sender: '0212345678', timeoutMs: 1_000 });
  });
  afterEach(async () => {
    restore();
    await gateway.close();
  });

  it('gets one message with sender, type and key, in the documented shape', async () => {
    await sender.send(message);
    expect(gateway.received).toHaveLength(1);
    const [request] = gateway.received;
    expect(request).toMatchObject({ method: 'POST', path: '/messages/v4/send-many/detail' });
    expect(JSON.parse(request?.body ?? '').messages).toEqual([
      {
        to: '01012345678',
        from: '0212345678',
        text: message.text,
        type: 'SMS',
        customFields: { key: message.key },
      },
    ]);
  });

  it('gets every request signed by HMAC-SHA256 over date and salt, never the same twice', async () => {
    for (const key of ['a', 'b', 'c']) await sender.send({ ...message, key });
    const used = new Set<string>();
    expect(gateway.received.map((request) => isSigned(request, used))).toEqual([true, true, true]);
    const other = new SolapiSender({ apiKey, apiSecret: 'another-secret', sender: '0212345678' });
    await other.send({ ...message, key: 'd' });
    const [last] = gateway.received.slice(-1);
    expect(last !== undefined && isSigned(last, used)).toBe(false);
  });

  it('gets a long message as LMS', async () => {
    await sender.send({ ...message, text: '가'.repeat(46) });
    expect(JSON.parse(gateway.received[0]?.body ?? '').messages).toEqual([
      expect.objectContaining({ type: 'LMS' }),
    ]);
  });

  it('gets a key that it has taken no second time', async () => {
    await sender.send(message);
    await sender.send(message);
    await sender.send({ ...message, key: 'sms/code/nonce-2' });
    expect(gateway.received).toHaveLength(2);
  });

  const refusal = JSON.stringify({ errorCode: 'ValidationError', errorMessage: 'to 01012345678' });

  it.each([400, 401, 402, 403, 404])('refuses a message for good with %d', async (status) => {
    gateway.willAnswer({ status, body: refusal });
    await expect(sender.send(message)).rejects.toThrow(DeliveryRefusedError);
    expect(gateway.received).toHaveLength(1);
  });

  it('refuses a number for good when it takes the request but not the message', async () => {
    gateway.answers = [(request) => ({ status: 200, body: detailAnswer('refused', request) })];
    await expect(sender.send(message)).rejects.toThrow(DeliveryRefusedError);
  });

  it('refuses what is no number before anything goes out', async () => {
    await expect(sender.send({ ...message, phoneNumber: 'abc' })).rejects.toThrow(DeliveryRefusedError);
    expect(gateway.received).toEqual([]);
  });

  it.each([408, 429, 500, 502, 503])('may take it later after %d', async (status) => {
    gateway.willAnswer({ status, body: refusal });
    await expect(sender.send(message)).rejects.toThrow(DeliveryUnavailableError);
  });

  it.each<[string, Answer]>([
    ['hangs', 'hang'],
    ['cuts the connection', 'cut'],
    ['answers nothing', { status: 200 }],
    ['answers no JSON', { status: 200, body: '<html>' }],
    ['answers an empty object', { status: 200, body: '{}' }],
    ['answers a list', { status: 200, body: '[]' }],
    ['answers null', { status: 200, body: 'null' }],
    ['counts nothing', { status: 200, body: '{"failedMessageList":[],"groupInfo":{"count":{}}}' }],
    ['answers 500 with garbage', { status: 500, body: '\u0000{' }],
  ])('that %s has taken nothing: the message goes out again', async (_, answer) => {
    gateway.willAnswer(answer);
    const error: unknown = await sender.send(message).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(DeliveryUnavailableError);
    gateway.answers = [(request) => ({ status: 200, body: detailAnswer('taken', request) })];
    await expect(sender.send(message)).resolves.toBeUndefined();
  });

  it('repeats numbers and codes in no error', async () => {
    for (const answer of [
      { status: 400, body: refusal },
      { status: 500, body: `${refusal} 482915` },
      { status: 200, body: detailAnswer('refused') },
    ]) {
      gateway.willAnswer(answer);
      const error: unknown = await sender.send(message).catch((caught: unknown) => caught);
      const { message: said, stack, cause } = Object(error);
      expect(`${said} ${stack} ${cause} ${JSON.stringify(error)}`).not.toMatch(/482915|01012345678/);
    }
  });
});
