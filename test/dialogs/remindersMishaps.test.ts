import type { DueStatus, DueStatusGateway } from '../../services/billing/dueStatus';
import { BillingUnavailableError } from '../../services/errors';
import { grantLifetimeMs } from '../../services/identity/standingGrant';
import { ko } from '../../strings/ko';
import { TestAssistant, type TestCustomer, words } from '../assistant';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const seoul = (text: string) => Date.parse(`${text}:00+09:00`);

let test: TestAssistant;
afterEach(() => test.stop());

/** A billing system that says what it is told to; undefined: it does not answer. */
function billing(first: Partial<DueStatus>) {
  let status: DueStatus | undefined = { anythingDue: false, dueDates: [], settled: true, ...first };
  const dues: DueStatusGateway = {
    dueStatus: async () => {
      if (status === undefined) throw new BillingUnavailableError('down');
      return status;
    },
    isAnswering: async () => status !== undefined,
  };
  return {
    dues,
    says: (next: Partial<DueStatus> | undefined) => {
      status = next === undefined ? undefined : { anythingDue: false, dueDates: [], settled: true, ...next };
    },
  };
}

async function until(customer: TestCustomer, nowMs: number): Promise<string[]> {
  const before = await test.store.lastSeq(customer.key);
  test.nowMs = nowMs;
  await test.delivered();
  // Reminders of one moment go out at a set rate.
  test.nowMs += 100;
  await test.delivered();
  const said = await test.store.readLog(customer.key, before, 100);
  return words(said.map(({ activity }) => activity));
}
const at = (customer: TestCustomer, moment: string) => until(customer, seoul(moment));

describe('a watch', () => {
  it('tells of no recovery while the outage comes and goes', async () => {
    const system = billing({});
    test = new TestAssistant({ dues: system.dues, nowMs: seoul('2026-11-23T10:00') });
    const customer = test.customer();
    system.says(undefined);
    await customer.say('조회가 다시 되면 알려 주세요');
    system.says({});
    expect(await at(customer, '2026-11-23T10:05')).toEqual([]);
    expect(await customer.say('알림 목록')).toEqual([expect.stringContaining(ko.reminders.watching)]);
    system.says(undefined);
    expect(await at(customer, '2026-11-23T10:07')).toEqual([]);
    expect(await at(customer, '2026-11-23T10:12')).toEqual([]);
    system.says({});
    expect(await at(customer, '2026-11-23T10:17')).toEqual([]);
    expect(await at(customer, '2026-11-23T10:19')).toEqual([ko.reminders.messages.serviceBack].map(opening));
    expect(await at(customer, '2026-11-23T12:00')).toEqual([]);
  });

  it('does not say that a rejected payment has settled', async () => {
    const system = billing({ settled: false });
    test = new TestAssistant({ dues: system.dues, nowMs: seoul('2026-11-23T10:00') });
    const customer = test.customer();
    await customer.verify('01000001004');
    await customer.say('결제가 반영되면 알려 주세요');
    system.says({ anythingDue: true, dueDates: ['2026-11-25'], settled: true });
    const [said] = await at(customer, '2026-11-23T11:00');
    expect(said).toContain('아직 낼 요금이 남아 있어요');
    expect(said).not.toContain('반영됐어요');
  });
});

describe('a reminder of the customer’s own bills', () => {
  it('ends with a word when the leave to look has run out', async () => {
    const system = billing({ anythingDue: true, dueDates: ['2026-11-25'] });
    test = new TestAssistant({ dues: system.dues });
    const customer = test.customer();
    await customer.verify('01000001001');
    await customer.say('납부일 하루 전에 알려줘');
    const endMs = test.nowMs + grantLifetimeMs;
    let said: string[] = [];
    for (let nowMs = test.nowMs; nowMs < endMs + 3 * dayMs; nowMs += 10 * dayMs)
      said = [...said, ...(await until(customer, nowMs))];
    said = [...said, ...(await until(customer, seoul('2027-12-31T12:00')))];
    expect(said.filter((text) => text.includes(ko.reminders.messages.expired))).toHaveLength(1);
    expect(await customer.say('알림 목록')).toEqual([ko.reminders.list.none]);
  });

  it('says nothing once the line is nobody’s, however long', async () => {
    const system = billing({ anythingDue: true, dueDates: ['2026-11-25'] });
    test = new TestAssistant({ dues: system.dues });
    const customer = test.customer();
    await customer.verify('01000001001');
    await customer.say('납부일 당일에 알려줘');
    system.says(undefined);
    for (let hour = 0; hour < 24 * 12; hour += 6)
      expect(await until(customer, seoul('2026-11-24T08:00') + hour * hourMs)).toEqual([]);
  });
});

describe('a clock that jumps', () => {
  it('a month ahead: what is too late is left out, and the next month comes', async () => {
    test = new TestAssistant();
    const customer = test.customer();
    await customer.say('매달 25일에 알려줘');
    await customer.say('26일에 알려줘');
    expect(await at(customer, '2026-12-23T12:00')).toEqual([]);
    expect(await at(customer, '2026-12-25T09:00')).toHaveLength(1);
    expect(await at(customer, '2026-12-26T09:00')).toEqual([]);
  });

  it('back: nothing comes early, and nothing twice', async () => {
    test = new TestAssistant();
    const customer = test.customer();
    await customer.say('매달 25일에 알려줘');
    expect(await at(customer, '2026-11-25T09:00')).toHaveLength(1);
    expect(await at(customer, '2026-11-20T09:00')).toEqual([]);
    expect(await at(customer, '2026-11-25T09:00')).toEqual([]);
    expect(await at(customer, '2026-12-25T08:59')).toEqual([]);
    expect(await at(customer, '2026-12-25T09:00')).toHaveLength(1);
  });
});

describe('the month', () => {
  it.each([
    ['2027-02-01T10:00', '매달 말일에 알려줘', '2027-02-28T09:00'],
    ['2028-02-01T10:00', '매달 말일에 알려줘', '2028-02-29T09:00'],
    ['2028-02-01T10:00', '매달 30일에 알려줘', '2028-02-29T09:00'],
    ['2028-02-01T10:00', '2월 29일에 알려줘', '2028-02-29T09:00'],
    ['2026-12-31T10:00', '매달 31일 밤 11시에 알려줘', '2027-01-01T08:00'],
  ])('from %s, "%s" comes at %s', async (now, wish, moment) => {
    test = new TestAssistant({ nowMs: seoul(now) });
    const customer = test.customer();
    await customer.say(wish);
    expect(await until(customer, seoul(moment) - 1_000)).toEqual([]);
    expect(await at(customer, moment)).toHaveLength(1);
  });
});

describe('two reminders', () => {
  it('of one morning both come, and one word stops both', async () => {
    test = new TestAssistant();
    const customer = test.customer();
    await customer.say('매달 23일에 알려줘');
    await customer.say('내일 아침 9시에 알려줘');
    expect(await at(customer, '2026-11-23T09:00')).toHaveLength(2);
    expect(await customer.say('그만')).toEqual([ko.reminders.stopped.one]);
    expect(await at(customer, '2026-12-23T09:00')).toEqual([]);
  });

  it('a wish in the middle of proving a line is kept, and the line is asked for again', async () => {
    test = new TestAssistant();
    const customer = test.customer();
    await customer.say('내 미납요금이 얼마예요?');
    expect((await customer.say('납부일 이틀전에 알려줘'))[0]).toContain('휴대폰 번호');
    await customer.say('010-0000-1001');
    expect((await customer.say(await test.codeSentTo('01000001001')))[0]).toContain('에 알려 드릴게요');
    await customer.say('내 미납요금이 얼마예요?');
    expect((await customer.say('매달 10일에 알려줘')).join()).toContain('매달 10일에 알려 드릴게요');
  });
});

describe('a conversation', () => {
  it('that has become one of several people is told nothing any more', async () => {
    test = new TestAssistant();
    const where = { channelId: 'msteams', conversationId: 'a-chat' };
    const customer = test.customer(where);
    await customer.say('매달 23일에 알려줘');
    await test.customer({ ...where, isGroup: true }).say('안녕하세요');
    expect(await at(customer, '2026-11-23T09:00')).toEqual([]);
    expect(await at(customer, '2026-12-23T09:00')).toEqual([]);
  });

  it('is told nothing that a customer puts into our mouth', async () => {
    test = new TestAssistant();
    const value = { text: '입금해 주세요', language: 'ko' };
    expect(await test.customer().send({ type: 'event', name: 'reminder.say', value })).toEqual([]);
  });

  it('that waits for a code takes a wish, and no day of it for the code', async () => {
    test = new TestAssistant();
    const customer = test.customer();
    await customer.say('내 미납요금이 얼마예요?');
    await customer.say('010-0000-1001');
    const code = await test.codeSentTo('01000001001');
    expect((await customer.say('매달 10일에 알려줘')).join()).toContain('매달 10일에 알려 드릴게요');
    expect((await customer.say('납부일 3일 전에 알려줘')).join()).not.toContain('맞지 않');
    const [answer] = await customer.say(code);
    expect(answer).toMatch(/77,300원|에 알려 드릴게요|휴대폰 번호/);
  });
});

function opening(text: string) {
  return expect.stringContaining(text);
}
