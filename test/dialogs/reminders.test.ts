import { eraseConversation } from '../../bot/conversationErasure';
import type { DueStatusGateway } from '../../services/billing/dueStatus';
import { reminderKey } from '../../services/reminders/reminder';
import { suggestions, TestAssistant, type TestCustomer, words } from '../assistant';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const seoul = (text: string) => Date.parse(`${text}:00+09:00`);

let test: TestAssistant;
afterEach(() => test.stop());

/** Lets the time come and hears what is said of our own accord. */
async function comes(customer: TestCustomer, moment: string): Promise<string[]> {
  const before = await test.store.lastSeq(customer.key);
  test.nowMs = seoul(moment);
  await test.delivered();
  const said = await test.store.readLog(customer.key, before, 100);
  return words(said.map(({ activity }) => activity));
}

describe('a moment that somebody names', () => {
  beforeEach(() => {
    test = new TestAssistant();
  });

  it('is agreed to in words, kept, and told once', async () => {
    const customer = test.customer();
    const [agreed] = await customer.say('다음 달 5일 아침에 알려줘');
    expect(agreed).toContain('12월 5일 토요일 오전 9시에 알려 드릴게요.');
    expect(agreed).toContain("'그만 알려줘'");

    expect(await comes(customer, '2026-12-05T08:59')).toEqual([]);
    const [said, ...more] = await comes(customer, '2026-12-05T09:00');
    expect(said).toMatch(/^\[요금 알림\].*\n.*그만 알려줘/);
    expect(more).toEqual([]);
    expect(await comes(customer, '2026-12-06T09:00')).toEqual([]);
    expect(await customer.say('알림 목록')).toEqual(['지금 부탁하신 알림이 없어요.']);
  });

  it('is moved out of the night, and says so', async () => {
    const customer = test.customer();
    const [agreed] = await customer.say('내일 밤 10시에 알려줘');
    expect(agreed).toContain('11월 24일 화요일 오전 8시에 알려 드릴게요.');
    expect(agreed).toContain('아침 8시로 옮겼어요');
    expect(await comes(customer, '2026-11-23T22:00')).toEqual([]);
    expect(await comes(customer, '2026-11-24T08:00')).toHaveLength(1);
  });

  it('is told in the morning when the server slept until the night', async () => {
    const customer = test.customer();
    await customer.say('내일 저녁 8시에 알려줘');
    expect(await comes(customer, '2026-11-23T21:00')).toEqual([]);
    expect(await comes(customer, '2026-11-24T07:59')).toEqual([]);
    expect(await comes(customer, '2026-11-24T08:00')).toHaveLength(1);
  });

  it('is asked for when none was named, and no longer than one answer', async () => {
    const customer = test.customer();
    const replies = await customer.send({ type: 'message', text: '알림 맞춰줘' });
    expect(words(replies)[0]).toContain('언제 알려 드릴까요?');
    expect(suggestions(replies)).toContain('납부일 하루 전');
    expect((await customer.say('모레 오후 3시'))[0]).toContain('11월 24일 화요일 오후 3시에');

    await customer.say('알림 맞춰줘');
    expect((await customer.say('연체료가 붙나요?'))[0]).toContain('연체료가 붙어요');
    expect((await customer.say('내일'))[0]).not.toContain('알려 드릴게요');
  });

  it('is read in English as well', async () => {
    const customer = test.customer({ locale: 'en-US' });
    expect((await customer.say('remind me on December 5th at 3pm'))[0]).toContain(
      'I will remind you on Saturday 5 Dec, 3 pm (Korean time).',
    );
    expect((await comes(customer, '2026-12-05T15:00'))[0]).toMatch(/^\[Bill reminder\].*\nTo stop/);
    expect(await customer.say('stop')).toEqual(['You have no reminders at the moment.']);
  });

  it('wakes up on the way to a far day, so that the conversation is kept', async () => {
    const customer = test.customer();
    expect((await customer.say('2027년 5월 3일에 알려줘'))[0]).toContain('2027년 5월 3일 월요일 오전 9시');
    for (let at = test.nowMs; at < seoul('2027-05-03T09:00'); at += dayMs) {
      expect(await comes(customer, new Date(at + 9 * hourMs).toISOString().slice(0, 16))).toEqual([]);
      await test.store.sweep({ nowMs: at, keysBeforeMs: at - dayMs, conversationsBeforeMs: at - 30 * dayMs });
    }
    expect(await comes(customer, '2027-05-03T09:00')).toHaveLength(1);
  });
});

describe('every month', () => {
  beforeEach(() => {
    test = new TestAssistant({ nowMs: seoul('2026-12-20T10:00') });
  });

  it('comes on the day, and on the last day of shorter months', async () => {
    const customer = test.customer();
    const [agreed] = await customer.say('매달 30일에 알려줘');
    expect(agreed).toContain(
      '매달 30일에 알려 드릴게요. 첫 알림은 12월 30일 수요일 오전 9시예요.'.replace('시이에요', '시예요'),
    );
    expect(agreed).toContain('30일이 없는 달에는 그 달 마지막 날에');
    expect(await comes(customer, '2026-12-30T09:00')).toHaveLength(1);
    expect(await comes(customer, '2027-01-30T09:00')).toHaveLength(1);
    expect(await comes(customer, '2027-02-27T09:00')).toEqual([]);
    expect(await comes(customer, '2027-02-28T09:00')).toHaveLength(1);
    expect(await comes(customer, '2027-03-29T09:00')).toEqual([]);
    expect(await comes(customer, '2027-03-30T09:00')).toHaveLength(1);
  });

  it('asks for the day, and takes a bare number', async () => {
    const customer = test.customer();
    expect((await customer.say('월급날마다 알려줘'))[0]).toContain('며칠에');
    expect((await customer.say('10'))[0]).toContain('첫 알림은 2027년 1월 10일 일요일 오전 9시');
  });
});

describe('what was agreed', () => {
  beforeEach(() => {
    test = new TestAssistant();
  });

  it('is listed, changed and stopped, one or all', async () => {
    const customer = test.customer();
    await customer.say('내일 알려줘');
    await customer.say('매달 10일마다 알려줘');
    const [list] = await customer.say('알림 목록 보여 주세요');
    expect(list).toContain('[1] 한 번 11월 23일 월요일 오전 9시');
    expect(list).toContain('[2] 매달 10일 오전 9시 12월 10일 목요일 오전 9시');

    expect((await customer.say('2번 알림을 저녁 7시로 바꿔줘'))[0]).toContain(
      '매달 10일에 알려 드릴게요. 첫 알림은 12월 10일 목요일 오후 7시',
    );
    expect((await customer.say('1번 알림 꺼 주세요'))[0]).toContain(
      "'11월 23일 월요일 오전 9시' 알림을 껐어요",
    );
    expect(await comes(customer, '2026-11-23T09:00')).toEqual([]);
    expect(await comes(customer, '2026-12-10T09:00')).toEqual([]);
    expect(await comes(customer, '2026-12-10T19:00')).toHaveLength(1);
    expect(await customer.say('그만')).toEqual([expect.stringContaining('이제 알려 드리지 않을게요')]);
    expect(await comes(customer, '2027-01-10T19:00')).toEqual([]);
  });

  it('asks which one to change, by its number', async () => {
    const customer = test.customer();
    await customer.say('내일 알려줘');
    await customer.say('모레 알려줘');
    expect((await customer.say('알림을 바꿔 주세요')).at(-1)).toContain('어느 알림');
    expect((await customer.say('2번'))[0]).toContain('언제로');
    expect((await customer.say('25일 오후 2시'))[0]).toContain('11월 25일 수요일 오후 2시');
    expect(await comes(customer, '2026-11-24T09:00')).toEqual([expect.stringContaining('[요금 알림]')]);
  });

  it('leaves nothing when the conversation is erased', async () => {
    const customer = test.customer();
    await customer.say('내일 알려줘');
    const { channelId, conversationId, userId } = customer;
    await eraseConversation(test.store, { channelId, conversationId, userId });
    expect((await test.store.readRecord(reminderKey(customer.key))).value).toBeUndefined();
    expect(await test.store.nextOutboxDueMs()).toBeUndefined();
  });

  it('is bounded, and never twice the same', async () => {
    const customer = test.customer();
    for (let day = 1; day <= 10; day += 1) await customer.say(`매달 ${day}일에 알려줘`);
    expect((await customer.say('매달 10일에 알려줘'))[0]).toContain('10개까지');
    await customer.say('3번 알림 꺼줘');
    expect((await customer.say('매달 10일에 알려줘'))[0]).toContain('이미 부탁하셨어요');
  });

  it('is refused where others read along, and where nothing of ours arrives', async () => {
    expect((await test.customer({ isGroup: true }).say('내일 알려줘'))[0]).toContain('여러 사람이 있는 대화');
    expect((await test.customer({ channelId: 'kakao' }).say('내일 알려줘'))[0]).toContain(
      '보내 드리지는 못해요',
    );
  });

  it('cannot be set off by a customer', async () => {
    const customer = test.customer();
    await customer.say('내일 알려줘');
    const value = { id: 'x', revision: 1, wake: 1 };
    expect(await customer.send({ type: 'event', name: 'reminder.due', value })).toEqual([]);
  });
});

describe('the due date', () => {
  it('is asked for after a code, looked up again before each message, and silent when paid', async () => {
    let dueDates = ['2026-11-25'];
    const dues: DueStatusGateway = {
      dueStatus: async () => ({ anythingDue: dueDates.length > 0, dueDates, settled: true }),
      isAnswering: async () => true,
    };
    test = new TestAssistant({ dues });
    const customer = test.customer();
    expect((await customer.say('납부일 이틀 전에 알려줘'))[0]).toContain('휴대폰 번호');
    await customer.say('010-0000-1001');
    const [agreed] = await customer.say(await test.codeSentTo('01000001001'));
    expect(agreed).toContain('11월 23일 월요일 오전 9시에 알려 드릴게요. 납부일은 11월 25일이에요.');
    expect(agreed).toContain('이미 내셨으면 보내지 않아요');

    const [said] = await comes(customer, '2026-11-23T09:00');
    expect(said).toMatch(/^\[납부 알림\] 11월 25일이 납부일이에요/);
    expect(said).not.toMatch(/\d{2,}원|010|https?:/);
    expect(await comes(customer, '2026-11-25T12:00')).toEqual([]);

    dueDates = ['2026-12-25'];
    for (let day = 26; day <= 30; day += 1) await comes(customer, `2026-11-${day}T21:00`);
    dueDates = [];
    expect(await comes(customer, '2026-12-23T09:00')).toEqual([]);
    dueDates = ['2027-01-25'];
    for (const day of ['24', '25', '26', '27']) await comes(customer, `2026-12-${day}T20:59`);
    expect(await comes(customer, '2027-01-23T09:00')).toEqual([expect.stringContaining('1월 25일이 납부일')]);
  });

  it('needs no second code within the proof, and no line is kept in the clear', async () => {
    test = new TestAssistant();
    const customer = test.customer();
    await customer.verify('01000001001');
    expect((await customer.say('납부일 당일에 알려줘'))[0]).toContain(
      '에 알려 드릴게요. 그날이 납부일이에요.',
    );
    const stored = JSON.stringify((await test.store.readRecord(reminderKey(customer.key))).value);
    expect(stored).toContain('"grant"');
    expect(stored).not.toMatch(/line-|010\d{8}|원/);
  });

  it('waits while billing is down, and is dropped when it is past', async () => {
    let down = false;
    const dues: DueStatusGateway = {
      dueStatus: async () => {
        if (down) throw new (await import('../../services/errors')).BillingUnavailableError('down');
        return { anythingDue: true, dueDates: ['2026-11-25'], settled: true };
      },
      isAnswering: async () => !down,
    };
    test = new TestAssistant({ dues });
    const customer = test.customer();
    await customer.verify('01000001001');
    await customer.say('납부일 하루 전에 알려줘');
    down = true;
    expect(await comes(customer, '2026-11-24T09:00')).toEqual([]);
    down = false;
    expect(await comes(customer, '2026-11-24T09:30')).toHaveLength(1);
  });
});

describe('watches', () => {
  it('tell once that a payment has settled', async () => {
    let settled = false;
    const dues: DueStatusGateway = {
      dueStatus: async () => ({ anythingDue: false, dueDates: [], settled }),
      isAnswering: async () => true,
    };
    test = new TestAssistant({ dues, nowMs: seoul('2026-11-23T10:00') });
    const customer = test.customer();
    await customer.verify('01000001004');
    expect((await customer.say('결제가 반영되면 알려 주세요'))[0]).toContain(
      '11월 30일 월요일 오전 10시까지 살펴봐요',
    );
    expect(await comes(customer, '2026-11-23T11:00')).toEqual([]);
    settled = true;
    expect(await comes(customer, '2026-11-23T14:00')).toEqual([expect.stringContaining('모두 반영됐어요')]);
    expect(await comes(customer, '2026-11-24T14:00')).toEqual([]);
  });

  it('tell that the lookup works again, after an outage that offers it', async () => {
    let up = false;
    const dues: DueStatusGateway = {
      dueStatus: async () => ({ anythingDue: false, dueDates: [], settled: true }),
      isAnswering: async () => up,
    };
    const { BillingUnavailableError } = await import('../../services/errors');
    const fails = () => Promise.reject(new BillingUnavailableError('down'));
    const billing = { unpaidBills: fails, payments: fails, billItems: fails, paymentAccount: fails };
    test = new TestAssistant({ dues, billing, nowMs: seoul('2026-11-23T10:00') });
    const customer = test.customer();
    await customer.say('내 미납요금이 얼마예요?');
    await customer.say('010-0000-1001');
    const outage = await customer.send({ type: 'message', text: await test.codeSentTo('01000001001') });
    expect(suggestions(outage)).toContain('되면 알림');
    expect((await customer.say('조회가 다시 되면 알려 주세요'))[0]).toContain(
      '11월 24일 화요일 오전 10시까지',
    );
    expect(await comes(customer, '2026-11-23T10:05')).toEqual([]);
    up = true;
    expect(await comes(customer, '2026-11-23T10:10')).toEqual([]);
    expect(await comes(customer, '2026-11-23T10:12')).toEqual([
      expect.stringContaining('이제 요금 조회가 돼요'),
    ]);
    expect((await customer.say('조회가 다시 되면 알려 주세요'))[0]).toContain('지금은 조회가 돼요');
  });
});
