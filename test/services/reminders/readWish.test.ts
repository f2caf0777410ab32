import { readWish, surelyWishes } from '../../../services/reminders/readWish';

/** Sunday, 22 November 2026, 17:20 in Seoul. */
const nowMs = Date.parse('2026-11-22T17:20:00+09:00');
const seoul = (text: string) => Date.parse(`${text}:00+09:00`);
const nine = 9 * 60;

describe('what somebody wants to be reminded of', () => {
  it.each([
    ['다음 달 5일 아침에 알려줘', '2026-12-05T09:00'],
    ['내일 알려줘', '2026-11-23T09:00'],
    ['모레 저녁에 다시 말해줘', '2026-11-24T18:00'],
    ['25일에 납부하라고 알려주세요', '2026-11-25T09:00'],
    ['사흘 뒤에 다시 얘기해 줘요', '2026-11-25T09:00'],
    ['오늘은 바쁘니까 저녁 여덟 시에 다시 알려주세요', '2026-11-22T20:00'],
    ['한 시간 뒤에 알려줘', '2026-11-22T18:20'],
    ['12월 24일 오후 3시 반에 알려 주세요', '2026-12-24T15:30'],
    ['이따 저녁에 다시 알려줘', '2026-11-22T18:00'],
    ['아침 10시에 알려줘', '2026-11-23T10:00'],
    ['알려줘 낼', '2026-11-23T09:00'],
    ['모래 알려줘', '2026-11-24T09:00'],
    ['두달뒤 5일에 알려줘', '2027-01-05T09:00'],
    ['remind me tomorrow', '2026-11-23T09:00'],
    ['remind me on December 5th at 3pm', '2026-12-05T15:00'],
    ['please tell me again in two hours', '2026-11-22T19:20'],
  ])('%s', (text, moment) => {
    expect(readWish(text, nowMs)).toEqual({ status: 'plan', plan: { kind: 'moment', atMs: seoul(moment) } });
  });

  it.each([
    ['납부일 이틀 전에 알려줘', 2],
    ['납부일 전날 알려 주세요', 1],
    ['납부일 전에 알려 주세요', 1],
    ['기한 사흘 전에 알림을 보내 주세요', 3],
    ['마감 일주일 전에 알려줘', 7],
    ['납부일 3일 전', 3],
    ['하루 전에 알려줘', 1],
    ['납부일 하루 전에 send me a message here', 1],
    ['납부일 2틀전에 알려줘', 2],
    ['납부일 열흘 전에 알려줘', 10],
    ['납부일 2주 전에 알려줘', 14],
    ['돈 빠져나가기 하루전에 알려줘', 1],
    ['납부 전날 알려줘', 1],
    ['Remind me ten days before it is due', 10],
    ['Please remind me two days before my payment is due.', 2],
    ['Remind me before the due date', 1],
    ['ping me the day before it is due', 1],
  ])('%s', (text, daysBefore) => {
    expect(readWish(text, nowMs)).toEqual({
      status: 'plan',
      plan: { kind: 'dueSoon', daysBefore, minute: nine },
    });
  });

  it.each([
    '납부일 한 달 전에 알려줘',
    '납부일 보름 전에 알려줘',
    '납부일 30일 전에 알려줘',
    '납부일 15일 전에 알려줘',
    'remind me 3 weeks before it is due',
    'remind me a month before it is due',
  ])('%s: nobody knows the due date so early, and it is not moved without a word', (text) =>
    expect(readWish(text, nowMs)).toEqual({ status: 'tooEarly' }),
  );

  it.each(['세 달 뒤 30일에 알려줘', '13월 5일에 알려줘', '4월 31일날 알려줘'])(
    '%s: no calendar has that day',
    (text) => expect(readWish(text, nowMs)).toEqual({ status: 'noSuchDay' }),
  );

  it.each([
    ['월급날(10일)마다 알려줘', 10, nine],
    ['매달 25일에 알려줘', 25, nine],
    ['매월 말일 저녁 7시에 알려 주세요', 31, 19 * 60],
    ['매월 31일에 알려줘', 31, nine],
    ['매달 이십오일에 말해줘', 25, nine],
    ['Could you remind me every month on the 10th?', 10, nine],
  ])('%s', (text, day, minute) => {
    expect(readWish(text, nowMs)).toEqual({ status: 'plan', plan: { kind: 'monthly', day, minute } });
  });

  it.each([
    ['납부일 당일에 알려줘', 'dueToday'],
    ['요금 내는 날 아침에 알려 주세요', 'dueToday'],
    ['납부일마다 알려줘', 'dueToday'],
    ['remind me on the due date', 'dueToday'],
    ['납부일 지나면 알려줘', 'overdueOnce'],
    ['연체되면 알려 주세요', 'overdueOnce'],
    ['let me know if I am overdue', 'overdueOnce'],
    ['결제가 반영되면 알려줘', 'settled'],
    ['납부한 게 반영되면 알려 주세요', 'settled'],
    ['tell me when my payment shows', 'settled'],
    ['조회가 다시 되면 알려줘', 'serviceBack'],
    ['let me know when it works again', 'serviceBack'],
  ])('%s', (text, kind) => {
    expect(readWish(text, nowMs)).toMatchObject({ status: 'plan', plan: { kind } });
  });

  it('asks where no moment was named, or a past one', () => {
    expect(readWish('나중에 알려줘', nowMs)).toEqual({ status: 'when', past: false });
    expect(readWish('알림 맞춰줘', nowMs)).toEqual({ status: 'when', past: false });
    expect(readWish('오늘 아침 9시에 알려줘', nowMs)).toMatchObject({ status: 'when', past: true });
    expect(readWish('납부일 몇일전에 알려줘', nowMs)).toEqual({ status: 'when', past: false });
    expect(readWish('매달 알려줘', nowMs)).toEqual({ status: 'whichDay' });
    // Of 2028: nobody means a day that far away.
    expect(readWish('2월 29일에 알려줘', nowMs)).toEqual({ status: 'when', past: false });
  });

  it.each([
    ['결제가 반영되면 알려줘'],
    ['다음 달 5일 아침에 알려줘'],
    ['매달 10일마다 알려줘'],
    ['tell me when my payment shows'],
  ])('is sure of %s', (text) => expect(surelyWishes(text, nowMs)).toBe(true));

  it.each([
    ['25일에 얼마 나가는지 알려줘'],
    ['미납요금 알려줘'],
    ['납부 방법 알려줘'],
    ['납부일이 언제예요?'],
    ['조회 방법 알려 주세요'],
    ['요금을 냈는데 왜 아직 미납으로 나와요?'],
    ['납부일 알림을 받을 수 있나요?'],
  ])('leaves %s to the recogniser', (text) => expect(surelyWishes(text, nowMs)).toBe(false));
});
