import { createSmsSink } from '../../bot/smsSink';
import { SolapiSender } from '../../channels/sms/solapiSender';
import { WebhookSender } from '../../channels/sms/webhookSender';
import type { ChallengeSender } from '../../services/identity/challengeSender';
import type { JsonValue } from '../../services/turn/turnStore';
import { TestAssistant } from '../assistant';
import { type Answer, Gateway } from '../channels/sms/gateway';
import { apiKey, apiSecret, redirectSolapi } from '../channels/sms/solapiService';

/** The text that goes out for a code, as the sink makes it. */
async function smsText(channelId: string, publicUrl: string, language: 'ko' | 'en', code = '482915') {
  const texts: string[] = [];
  const identity = {
    smsOf: async () => ({ phoneNumber: '01000001001', code, language, expiresAtMs: 0 }),
  };
  const sender: ChallengeSender = { send: async ({ text }) => void texts.push(text) };
  const payload: JsonValue = { binding: { channelId, conversationId: 'c', userId: 'u' } };
  await createSmsSink(identity, sender, () => publicUrl)(payload, 'key');
  return texts.join();
}

describe('T15: a caller who asks the customer to read the code out', () => {
  it('is warned against in the message, which names service and purpose and binds the code to the site', async () => {
    expect(await smsText('directline', 'https://bill.example.kr', 'ko')).toMatchInlineSnapshot(`
"[요금길잡이] 미납요금 조회 인증번호 482915
직원도 묻지 않아요.
@bill.example.kr #482915"
`);
    expect(await smsText('directline', 'https://bill.example.kr', 'en')).toMatchInlineSnapshot(`
"[Bill Guide] Unpaid bill code 482915
Staff never ask for it.
@bill.example.kr #482915"
`);
  });

  it.each([
    ['kakao', 'https://bill.example.kr'],
    ['msteams', 'https://bill.example.kr'],
    ['directline', 'http://127.0.0.1:3978'],
    ['directline', 'https://10.0.0.1'],
    ['directline', 'https://localhost'],
    ['directline', 'http://bill.example.kr'],
  ])('gets no line for browsers in %s at %s', async (channelId, publicUrl) => {
    expect(await smsText(channelId, publicUrl, 'ko')).toBe(
      '[요금길잡이] 미납요금 조회 인증번호 482915\n직원도 묻지 않아요.',
    );
  });

  it('carries no link, in any language, on any channel', async () => {
    for (const language of ['ko', 'en'] as const) {
      for (const channelId of ['directline', 'kakao']) {
        const text = await smsText(channelId, 'https://bill.example.kr:8443', language, '12345678');
        expect(text).not.toMatch(/https?:|www\.|:\/\/|\/|8443/);
        expect(text).toContain('12345678');
      }
    }
  });
});

const question = '내 미납요금이 얼마예요?';

describe('T26: an SMS vendor that is down', () => {
  let gateway: Gateway;
  let restore: () => void;
  let test: TestAssistant;
  beforeEach(async () => {
    gateway = await Gateway.open();
    restore = redirectSolapi(gateway);
  });
  afterEach(async () => {
    await test.stop();
    restore();
    await gateway.close();
  });

  const clock = { now: () => test.nowMs };
  const vendors: readonly [string, () => ChallengeSender][] = [
    ['solapi', () => new SolapiSender({ apiKey, apiSecret, sender: '0212345678', timeoutMs: 300 })],
    ['webhook', () => new WebhookSender({ url: gateway.url, secret: 'x'.repeat(32), clock, timeoutMs: 300 })],
  ];
  const troubles: readonly [string, Answer][] = [
    ['500', { status: 500 }],
    ['403', { status: 403, body: '{"errorCode":"Forbidden","errorMessage":"no"}' }],
    ['a timeout', 'hang'],
    ['a cut connection', 'cut'],
    ['garbage', { status: 500, body: '\u0000<' }],
  ];
  const cases = vendors.flatMap(([name, sender]) =>
    troubles.map(([trouble, answer]) => [name, trouble, sender, answer] as const),
  );

  it.each(cases)(
    '(%s: %s) opens nothing, and the customer is told another way',
    async (...[, , sender, answer]) => {
      gateway.willAnswer(answer);
      test = new TestAssistant({ sender: sender() });
      const customer = test.customer();
      await customer.say(question);
      const told = await customer.say('010-0000-1001');
      expect(told.join(' ')).toContain('매장이나 고객센터');
      await test.delivered();
      await test.assistant.outbox.settled();
      expect(gateway.received.length).toBeGreaterThan(0);

      for (const guess of ['000000', '123456', '문자가 안 와요', question]) {
        expect((await customer.say(guess)).join(' ')).not.toContain('35,000원');
      }
      const retried = await customer.say('상담사 연결');
      expect(retried.join(' ')).not.toContain('35,000원');
      expect(retried.join('')).not.toBe('');
      expect(JSON.stringify(test.logged)).not.toMatch(/0-?1000|01000001001/);
    },
  );

  it('gives a refused message up at once, and tries again what may be taken later', async () => {
    gateway.willAnswer({ status: 403 });
    test = new TestAssistant({ sender: vendors[1]?.[1]() });
    const customer = test.customer();
    await customer.say(question);
    await customer.say('010-0000-1001');
    await test.delivered();
    await test.assistant.outbox.settled();
    expect(await test.store.nextOutboxDueMs()).toBeUndefined();

    gateway.willAnswer({ status: 429, headers: { 'retry-after': '40' } }, { status: 200 });
    await customer.say('다시 받기');
    await test.delivered();
    await test.assistant.outbox.settled();
    expect(await test.store.nextOutboxDueMs()).toBe(test.nowMs + 40_000);
    test.nowMs += 40_000;
    await test.delivered();
    await test.assistant.outbox.settled();
    expect(gateway.received).toHaveLength(3);
    const keys = gateway.received.map(({ headers }) => headers['idempotency-key']);
    expect(keys[1]).toBe(keys[2]);
    expect(keys[0]).not.toBe(keys[1]);
  });
});
