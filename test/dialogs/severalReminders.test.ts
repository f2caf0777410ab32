import fc from 'fast-check';
import { nextMoment } from '../../cards/reminderCard';
import type { DueStatus } from '../../services/billing/dueStatus';
import { reminderKey } from '../../services/reminders/reminder';
import { readBook } from '../../services/reminders/reminderBook';
import { stringsFor } from '../../strings';
import { ko } from '../../strings/ko';
import { TestAssistant, type TestCustomer } from '../assistant';
import { sized } from '../size';

const { ask, agreed } = ko.reminders;

let test: TestAssistant;
let bill: DueStatus;
beforeEach(() => {
  bill = { anythingDue: true, dueDates: ['2026-12-05'], settled: false };
  test = new TestAssistant({ dues: { dueStatus: async () => bill, isAnswering: async () => true } });
});
afterEach(() => test.stop());

/** What is said in the end, after the line was proved where that was asked for. */
async function says(customer: TestCustomer, text: string): Promise<string> {
  const said = (await customer.say(text)).join('\n');
  if (!/휴대폰 번호|mobile number/.test(said)) return said;
  await customer.say('010-0000-1001');
  return (await customer.say(await test.codeSentTo('01000001001'))).join('\n');
}
async function book(customer: TestCustomer) {
  return readBook((await test.store.readRecord(reminderKey(customer.key))).value).reminders;
}
const times = (text: string, part: string) => text.split(part).length - 1;

describe('two wishes in one sentence', () => {
  it('are both set, and said back in one reply with both moments', async () => {
    const customer = test.customer();
    const said = await says(customer, '납부일 이틀 전이랑 당일에 알려줘');
    expect(said).toContain(agreed.several(2));
    expect(said).toContain('12월 3일 목요일 오전 9시에 알려 드릴게요. 납부일은 12월 5일이에요.');
    expect(said).toContain('12월 5일 토요일 오전 9시에 알려 드릴게요. 그날이 납부일이에요.');
    for (const once of [agreed.eachBill, agreed.onlyIfDue, agreed.stop]) expect(times(said, once)).toBe(1);
    const list = (await customer.say('알림 목록')).join();
    expect(list).toContain('납부일 이틀 전 오전 9시');
    expect(list).toContain('납부일 당일 오전 9시');
  });

  it('are both set although one of them has no due date', async () => {
    const customer = test.customer();
    const said = await says(customer, '납부일 전날하고 결제 반영되면 알려줘');
    expect(said).toContain('12월 4일 금요일 오전 9시에');
    expect(said).toContain('11월 29일 일요일 오후 5시 20분까지 살펴봐요');
    expect((await book(customer)).map(({ plan }) => plan.kind)).toEqual(['dueSoon', 'settled']);
  });

  it('are both set in English', async () => {
    const customer = test.customer({ locale: 'en-US' });
    const said = await says(customer, 'remind me 3 days before and on the due date');
    expect(said).toContain('Wednesday 2 Dec, 9 am (Korean time). The due date is 5 Dec.');
    expect(said).toContain('Saturday 5 Dec, 9 am (Korean time). That is the due date.');
  });

  it('come each at its moment', async () => {
    const customer = test.customer();
    await says(customer, '내일 아침이랑 저녁에 알려줘');
    for (const [moment, count] of [
      ['2026-11-23T09:00', 1],
      ['2026-11-23T18:00', 2],
    ] as const) {
      test.nowMs = Date.parse(`${moment}:00+09:00`);
      await test.delivered();
      expect(times(await customer.log(), '"text":"[요금 알림]')).toBe(count);
    }
  });

  it.each([
    ['납부일 전날이랑 보너스 나올 때 알려줘', '12월 4일 금요일 오전 9시에', ask.other.when],
    ['내일이랑 매주 월요일에 알려줘', '11월 23일 월요일 오전 9시에', ask.other.tooOften],
    ['4월 31일하고 5월 1일에 알려줘', '2027년 5월 1일 토요일 오전 9시에', ask.other.noSuchDay],
    ['어제랑 내일 알려줘', '11월 23일 월요일 오전 9시에', ask.other.past],
    ['납부일 한 달 전이랑 당일에 알려줘', '12월 5일 토요일 오전 9시에', ask.other.tooEarly],
    ['내일이랑 매달 알려줘', '11월 23일 월요일 오전 9시에', ask.other.whichDay],
  ])('%s: says which one was set, and asks for the other', async (text, when, other) => {
    const customer = test.customer();
    const said = await says(customer, text);
    expect(said).toContain(when);
    expect(said.endsWith(other)).toBe(true);
    expect(await book(customer)).toHaveLength(1);
    expect((await customer.say('25일')).join()).toMatch(/25일/);
    expect(await book(customer)).toHaveLength(2);
  });

  it('says of one that was asked for before that it was, and sets the other', async () => {
    const customer = test.customer();
    await customer.say('내일 알려줘');
    const said = await says(customer, '내일이랑 모레 알려줘');
    expect(said).toContain('11월 24일 화요일 오전 9시에 알려 드릴게요.');
    expect(said).toContain('이미 부탁하셨어요. 11월 23일 월요일 오전 9시');
    expect(await book(customer)).toHaveLength(2);
  });

  it('sets the one that there is room for, and says that there is none for the other', async () => {
    const customer = test.customer();
    for (let day = 1; day <= 9; day += 1) await customer.say(`12월 ${day}일에 알려줘`);
    const said = await says(customer, '12월 20일이랑 21일에 알려줘');
    expect(said).toContain('12월 20일 일요일');
    expect(said).not.toContain('12월 21일');
    expect(said).toContain(ko.reminders.full);
    expect(await book(customer)).toHaveLength(10);
  });

  it('sets nothing when the line is not proved', async () => {
    const customer = test.customer();
    await customer.say('내일이랑 납부일 전날 알려줘');
    await customer.say('취소');
    expect(await book(customer)).toEqual([]);
  });

  it('changes a reminder into both', async () => {
    const customer = test.customer();
    await customer.say('내일 알려줘');
    const said = await says(customer, '알림을 25일이랑 26일로 바꿔줘');
    expect(said).toContain('11월 25일');
    expect(said).toContain('11월 26일');
    expect(await book(customer)).toHaveLength(2);
    expect((await customer.say('알림 목록')).join()).not.toContain('11월 23일');
  });

  const parts = [
    '내일',
    '모레 저녁',
    '25일',
    '4월 31일',
    '어제',
    '매달 10일',
    '매일',
    '새벽 3시',
    '시간 날 때',
    '납부일 이틀 전',
    '납부일 당일',
    '결제 반영되면',
    '연체되면',
    '한 시간 뒤',
    '납부일 한 달 전',
  ];
  const joints = ['이랑 ', '하고 ', ', ', ' 그리고 ', ' '];
  it(
    'sets nothing that is not said back with its moment, whatever is joined',
    async () => {
      const s = stringsFor('ko');
      const sentence = fc
        .array(fc.tuple(fc.constantFrom(...parts), fc.constantFrom(...joints)), {
          minLength: 1,
          maxLength: 5,
        })
        .map(
          (some) =>
            `${some.map(([part, joint], at) => (at === some.length - 1 ? part : part + joint)).join('')} 알려줘`,
        );
      await fc.assert(
        fc.asyncProperty(sentence, async (text) => {
          const customer = test.customer({ userId: 'dl_customer' });
          const said = await says(customer, text);
          for (const { plan, stage } of await book(customer)) {
            const back =
              plan.kind === 'settled' || plan.kind === 'serviceBack'
                ? s.reminders.moment(plan.untilMs, test.nowMs)
                : nextMoment({ plan, stage }, test.nowMs, s);
            expect(said).toContain(back);
          }
          test.nowMs += 60_000;
        }),
        { numRuns: sized(40, 400) },
      );
    },
    sized(30_000, 300_000),
  );
});
