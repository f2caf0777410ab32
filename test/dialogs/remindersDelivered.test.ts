import type { AssistantParts } from '../../bot/assistant';
import { eraseConversation } from '../../bot/conversationErasure';
import { DeliveryRefusedError } from '../../services/errors';
import { waysKey } from '../../services/reminders/deliveryWays';
import { ko } from '../../strings/ko';
import { suggestions, sundayAfternoon, TestAssistant, type TestCustomer, words } from '../assistant';

const phone = '01000001001';
const minuteMs = 60_000;

/** Verifies the line where the chat asks for it. */
async function proveLine(test: TestAssistant, customer: TestCustomer): Promise<string[]> {
  await customer.say('010-0000-1001');
  return customer.say(await test.codeSentTo(phone));
}

describe('a reminder on the way that the customer chose', () => {
  let test: TestAssistant;
  afterEach(() => test.stop());

  function start(parts: Partial<AssistantParts> = {}): TestAssistant {
    test = new TestAssistant(parts);
    return test;
  }
  /** All that reached the demo's handset, without codes. */
  const texts = () =>
    test.assistant.handset
      .messagesOf(phone)
      .filter(({ text }) => !/\d{6}/.test(text))
      .map(({ text }) => text);
  async function at(moment: string): Promise<void> {
    test.nowMs = Date.parse(`${moment}+09:00`);
    await test.delivered();
    await test.assistant.outbox.settled();
  }

  it('comes in the chat when nothing was chosen', async () => {
    const customer = start().customer();
    expect((await customer.say('내일 아침 9시에 알려 주세요')).join()).toContain('11월 23일 월요일 오전 9시');

    await at('2026-11-23T09:00:00');

    expect(await customer.log()).toContain('[요금 알림]');
    expect(texts()).toEqual([]);
  });

  it('comes as a text message, and not in the chat too, once the line is proved', async () => {
    const customer = start().customer();
    await customer.say('내일 아침 9시에 알려 주세요');
    await customer.say(ko.reminderDelivery.offers.sms.text);
    expect((await proveLine(test, customer)).join()).toContain(ko.reminderDelivery.agreed.sms);
    const logBefore = await customer.log();

    await at('2026-11-23T09:00:00');
    await at('2026-11-23T09:01:00');

    const [text] = texts();
    expect(texts()).toHaveLength(1);
    expect(text).toContain('그만 알려줘');
    expect(text).not.toMatch(/https?:|원\b|\d{3}-?\d{3,4}-?\d{4}/);
    expect(await customer.log()).toBe(logBefore);
  });

  it('waits in the chat when the text message can never be sent', async () => {
    const customer = start({
      sender: {
        send: async ({ text, ...rest }) => {
          if (!/\d{6}/.test(text)) throw new DeliveryRefusedError('never');
          return test.assistant.handset.send({ text, ...rest });
        },
      },
    }).customer();
    await customer.say('내일 아침 9시에 알려 주세요');
    await customer.say(ko.reminderDelivery.offers.sms.text);
    await proveLine(test, customer);

    await at('2026-11-23T09:00:00');

    expect(texts()).toEqual([]);
    expect((await customer.log()).match(/"text":"\[요금 알림\]/g)).toHaveLength(1);
  });

  it('comes in the chat again when the customer wants that', async () => {
    const customer = start().customer();
    await customer.say('내일 아침 9시에 알려 주세요');
    await customer.say('문자로 알려줘');
    await proveLine(test, customer);
    expect((await test.store.readRecord(waysKey(customer.key))).value).toBeDefined();
    expect(await customer.say('알림은 채팅으로 보내줘')).toEqual([ko.reminderDelivery.agreed.chat]);

    await at('2026-11-23T09:00:00');

    expect(texts()).toEqual([]);
    expect(await customer.log()).toContain('[요금 알림]');
  });

  it('is not sent any more once the conversation is erased', async () => {
    const customer = start().customer();
    await customer.say('내일 아침 9시에 알려 주세요');
    await customer.say('문자로 알려줘');
    await proveLine(test, customer);
    expect((await test.store.readRecord(waysKey(customer.key))).value).toBeDefined();
    const { channelId, conversationId, userId } = customer;
    await eraseConversation(test.store, { channelId, conversationId, userId });

    await at('2026-11-23T09:00:00');

    expect(texts()).toEqual([]);
    expect((await test.store.readRecord(waysKey(customer.key))).value).toBeUndefined();
  });

  it('takes "send it by text message" for the code while one is waited for', async () => {
    const customer = start().customer();
    await customer.say('내 미납요금이 얼마예요?');
    await customer.say('010-0000-1001');
    await customer.say('문자로 보내줘');
    expect((await test.store.readRecord(waysKey(customer.key))).value).toBeUndefined();
    expect((await customer.say(await test.codeSentTo(phone))).join()).toContain('77,300원');
  });

  it('does not ask in a group whose number it is', async () => {
    const customer = start().customer({ channelId: 'msteams', isGroup: true });
    expect((await customer.say(ko.reminderDelivery.offers.sms.text)).join()).not.toContain('번호');
  });

  it('goes to KakaoTalk’s Event block where the bot may speak first', async () => {
    const told: string[] = [];
    const kakaoEvents = { tell: async (user: string) => void told.push(user) };
    const customer = start({ reminderOutlets: { kakaoEvents } }).customer({
      channelId: 'kakao',
      conversationId: 'a-bot-user-key',
    });
    expect((await customer.say('내일 아침 9시에 알려 주세요')).join()).toContain('오전 9시');

    await at('2026-11-23T09:00:00');

    expect(told).toEqual(['a-bot-user-key']);
    const { kakao } = test.assistant.reminderDelivery;
    expect((await kakao?.waitingFor('a-bot-user-key'))?.text).toContain('그만 알려줘');
  });

  it('can go into the customer’s own calendar, without an amount or a name', async () => {
    const customer = start().customer();
    await customer.say('내일 아침 9시에 알려 주세요');

    const [reply] = await customer.send({ type: 'message', text: '달력에 넣어줘' });

    const url =
      JSON.stringify(reply).match(/http:\/\/127\.0\.0\.1\/reminders\/calendar\.ics\?t=[\w.-]+/)?.[0] ?? '';
    const link = await test.assistant.reminderDelivery.links.read(new URL(url).searchParams.get('t') ?? '');
    expect(link).toMatchObject({
      kind: 'plain',
      language: 'ko',
      atMs: Date.parse('2026-11-23T09:00:00+09:00'),
    });
    expect(words([...(reply === undefined ? [] : [reply])]).join()).toContain('일주일');
    test.nowMs += 8 * 24 * 60 * minuteMs;
    expect(
      await test.assistant.reminderDelivery.links.read(new URL(url).searchParams.get('t') ?? ''),
    ).toBeUndefined();
  });

  it('has nothing for a calendar while nothing was asked for', async () => {
    const replies = await start().customer().send({ type: 'message', text: '알림을 달력에 넣어 주세요' });
    expect(words(replies)).toEqual([ko.reminderDelivery.calendar.none]);
    expect(suggestions(replies)).toContain(ko.topics.set_reminder.label);
  });

  it.each([
    ['the way', ko.reminderDelivery.offers.sms.text, ko.reminderDelivery.agreed.sms],
    ['the due date', '납부일 하루 전에 알려 주세요', '납부일은'],
  ])(
    'is agreed to once the line is proved for %s, while time goes on within the turn',
    async (_, wish, agreed) => {
      let nowMs = sundayAfternoon;
      const clock = { now: () => ++nowMs };
      const customer = start({ clock }).customer();
      await customer.say(wish);
      await customer.say('010-0000-1001');
      await test.assistant.outbox.settled();
      const code =
        test.assistant.handset
          .messagesOf(phone)
          .at(-1)
          ?.text.match(/\b\d{6}\b/)?.[0] ?? '';
      expect((await customer.say(code)).join()).toContain(agreed);
    },
  );
});
