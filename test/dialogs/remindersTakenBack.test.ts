import { eraseConversation } from '../../bot/conversationErasure';
import { DeliveryUnavailableError } from '../../services/errors';
import { messagesOutKey } from '../../services/reminders/messagesOut';
import { ko } from '../../strings/ko';
import { TestAssistant, type TestCustomer } from '../assistant';

const phone = '01000001001';

let test: TestAssistant;
afterEach(() => test.stop());

/** A customer whose reminder of nine o'clock waits for a gateway that takes nothing now. */
async function whoseMessageWaits(
  wish: string,
  dues?: { dueDates: string[] },
): Promise<{ customer: TestCustomer; open: () => void; texts: () => string[] }> {
  let isDown = true;
  test = new TestAssistant({
    ...(dues === undefined
      ? {}
      : {
          dues: {
            dueStatus: async () => ({ anythingDue: true, settled: true, ...dues }),
            isAnswering: async () => true,
          },
        }),
    sender: {
      send: async ({ text, ...rest }) => {
        if (!/\d{6}/.test(text) && isDown) throw new DeliveryUnavailableError('busy', 600_000);
        return test.assistant.handset.send({ text, ...rest });
      },
    },
  });
  const customer = test.customer();
  await customer.say(ko.reminderDelivery.offers.sms.text);
  await customer.say('010-0000-1001');
  await customer.say(await test.codeSentTo(phone));
  await customer.say(wish);
  const texts = () =>
    test.assistant.handset
      .messagesOf(phone)
      .map(({ text }) => text)
      .filter((text) => !/\d{6}/.test(text));
  return {
    customer,
    texts,
    open: () => {
      isDown = false;
    },
  };
}

async function at(moment: string): Promise<void> {
  test.nowMs = Date.parse(`${moment}:00+09:00`);
  await test.delivered();
  await test.assistant.outbox.settled();
}

describe('a reminder that is on its way already', () => {
  it('comes once the gateway is there again', async () => {
    const { customer, open, texts } = await whoseMessageWaits('내일 아침 9시에 알려 주세요');
    await at('2026-11-23T09:00');
    expect(texts()).toEqual([]);
    open();
    await at('2026-11-23T09:10');
    expect(texts()).toEqual([expect.stringContaining('[요금 알림]')]);
    expect(await customer.log()).not.toContain('"text":"[요금 알림]');
  });

  it.each([
    ['내일 아침 9시에 알려 주세요', '그만 알려줘'],
    ['매달 23일 아침 9시에 알려줘', '그만 알려줘'],
    ['매달 23일 아침 9시에 알려줘', '1번 알림 꺼 주세요'],
    ['매달 23일 아침 9시에 알려줘', '수신거부'],
  ])('of "%s" does not come after "%s"', async (wish, stop) => {
    const { customer, open, texts } = await whoseMessageWaits(wish);
    await at('2026-11-23T09:00');
    await customer.say(stop);
    open();
    await at('2026-11-23T09:10');
    await at('2026-11-23T20:00');
    expect(texts()).toEqual([]);
    expect(await customer.log()).not.toContain('"text":"[요금 알림]');
  });

  it('does not come to a conversation that was erased', async () => {
    const { customer, open, texts } = await whoseMessageWaits('내일 아침 9시에 알려 주세요');
    await at('2026-11-23T09:00');
    const { channelId, conversationId, userId } = customer;
    await eraseConversation(test.store, { channelId, conversationId, userId });
    expect((await test.store.readRecord(messagesOutKey(customer.key))).value).toBeUndefined();
    expect(await test.store.nextOutboxDueMs()).toBeUndefined();
    open();
    await at('2026-11-23T09:10');
    expect(texts()).toEqual([]);
  });

  it('says "today" on no other day, although a gateway was down until the night', async () => {
    const { open, texts } = await whoseMessageWaits('납부일 당일 저녁 8시 50분에 알려줘', {
      dueDates: ['2026-11-25'],
    });
    await at('2026-11-25T20:50');
    open();
    await at('2026-11-25T21:00');
    await at('2026-11-26T08:00');
    expect(texts()).toEqual([]);
  });
});
