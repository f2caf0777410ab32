import fc from 'fast-check';
import { readWish } from '../../../services/reminders/readWish';
import { readWishes } from '../../../services/reminders/readWishes';
import { sized } from '../../size';

/** Sunday, 22 November 2026, 17:20 in Seoul. */
const nowMs = Date.parse('2026-11-22T17:20:00+09:00');
const nine = 540;

/** '2 days before 9:00', 'moment 11-23T09:00': short enough for a table. */
function told(text: string): string[] {
  const { wishes, unclear } = readWishes(text, nowMs);
  return [
    ...wishes.map((wish) => {
      if (wish.status !== 'plan') return wish.status;
      const { plan } = wish;
      if (plan.kind === 'moment') return new Date(plan.atMs + 9 * 3_600_000).toISOString().slice(5, 16);
      const minute = 'minute' in plan && plan.minute !== nine ? ` at ${plan.minute / 60}` : '';
      if (plan.kind === 'dueSoon') return `${plan.daysBefore} before${minute}`;
      return `${plan.kind}${plan.kind === 'monthly' ? ` ${plan.day}` : ''}${minute}`;
    }),
    ...(unclear === undefined ? [] : [`? ${unclear}`]),
  ];
}

describe('two wishes in one sentence', () => {
  it.each([
    ['납부일 이틀 전이랑 당일에 알려줘', ['2 before', 'dueToday']],
    ['납부일 전날하고 결제 반영되면 알려줘', ['1 before', 'settled']],
    ['반영되면 알려주고 납부일 전날에도 알려줘', ['settled', '1 before']],
    ['remind me 3 days before and on the due date', ['3 before', 'dueToday']],
    ['납부일전날이랑당일알려줘', ['1 before', 'dueToday']],
    ['전날이랑 당일 알려줘', ['1 before', 'dueToday']],
    ['납부일 이틀 전과 당일에 알려 주세요', ['2 before', 'dueToday']],
    ['납부일 이틀 전 그리고 당일에 알려 주세요', ['2 before', 'dueToday']],
    ['납부일 일주일 전, 3일 전, 전날 알려줘', ['7 before', '3 before', '1 before']],
    ['납부일 전날 알려주고 연체되면 또 알려줘', ['1 before', 'overdueOnce']],
    ['납부일에 알려주고 지나도 안냈으면 또 알려줘', ['dueToday', 'overdueOnce']],
    ['납부 전날 아침 10시랑 당일 저녁 6시에 알려줘', ['1 before at 10', 'dueToday at 18']],
    ['납부일 3일전, 당일 저녁 7시에 알려줘', ['3 before at 19', 'dueToday at 19']],
    ['내일이랑 모레 알려줘', ['11-23T09:00', '11-24T09:00']],
    ['낼이랑 모래 알려죠', ['11-23T09:00', '11-24T09:00']],
    ['내일 아침이랑 저녁에 알려줘', ['11-23T09:00', '11-23T18:00']],
    ['내일 9시, 12시, 6시에 알려줘', ['11-23T09:00', '11-23T12:00', '11-23T18:00']],
    ['내일 아침 9시 10시 알려줘', ['11-23T09:00', '11-23T10:00']],
    ['25일 26일 알려줘', ['11-25T09:00', '11-26T09:00']],
    ['1월 5일하고 10일에 알려줘', ['01-05T09:00', '01-10T09:00']],
    ['다음 달 5일하고 6일 오후 3시에 알려줘', ['12-05T15:00', '12-06T15:00']],
    ['매달 5일이랑 20일에 알려줘', ['monthly 5', 'monthly 20']],
    ['매달 10일하고 말일에 알려줘', ['monthly 10', 'monthly 31']],
    ['remind me on the 5th and the 20th of each month', ['monthly 5', 'monthly 20']],
    ['tell me when my payment clears and the day before it is due', ['settled', '1 before']],
  ])('%s', (text, plans) => expect(told(text)).toEqual(plans));

  it.each([
    ['납부일 전날이랑 보너스 나올 때 알려줘', ['1 before', '? when']],
    ['내일이랑 매주 월요일에 알려줘', ['11-23T09:00', '? tooOften']],
    ['내일하고 4월 31일에 알려줘', ['11-23T09:00', '? noSuchDay']],
    ['어제랑 내일 알려줘', ['11-23T09:00', '? past']],
    ['납부일 한 달 전이랑 당일에 알려줘', ['dueToday', '? tooEarly']],
    ['매일 알려주고 납부일에도 알려줘', ['dueToday', '? tooOften']],
    [
      '25일 26일 27일 28일 29일 알려줘',
      ['11-25T09:00', '11-26T09:00', '11-27T09:00', '11-28T09:00', '? when'],
    ],
  ])('%s: one of them cannot be used', (text, plans) => expect(told(text)).toEqual(plans));

  it.each([
    ['확인하고 내일 알려줘', '11-23T09:00'],
    ['결제하고 반영되면 알려줘', 'settled'],
    ['엄마랑 상의하게 내일 알려줘', '11-23T09:00'],
    ['엄마하고 통화할 때 물어보게 내일 알려줘', '11-23T09:00'],
    ['납부일 이틀 전에 알려줘', '2 before'],
    ['내일이랑 내일 알려줘', '11-23T09:00'],
    ['바쁘니까, 내일 알려줘', '11-23T09:00'],
    ['알림 맞춰줘', 'when'],
  ])('%s is one', (text, plan) => expect(told(text)).toEqual([plan]));

  const moments = ['내일', '모레', '12월 24일', '사흘 뒤', '다음 달 5일'];
  const ofBills = ['납부일 이틀 전', '납부일 당일', '납부일 전날', '결제 반영되면', '연체되면'];
  it('finds each of two that it finds alone', () => {
    const one = fc.constantFrom(...moments, ...ofBills);
    fc.assert(
      fc.property(one, one, fc.constantFrom('이랑 ', '하고 ', ', ', ' 그리고 '), (first, second, joint) => {
        fc.pre(first !== second);
        const alone = [first, second].map((text) => readWish(`${text} 알려줘`, nowMs));
        expect(readWishes(`${first}${joint}${second} 알려줘`, nowMs)).toEqual({ wishes: alone });
      }),
      { numRuns: sized(300, 3_000) },
    );
  });

  it('takes any text, and makes of one at most four wishes, each once', () => {
    const words = fc.constantFrom(
      '이랑',
      '하고',
      ',',
      '그리고',
      '알려줘',
      '매달',
      '시',
      '31일',
      '4월',
      ' ',
      '전',
      'and',
      ...moments,
      ...ofBills,
    );
    const text = fc.oneof(
      fc.string({ maxLength: 300 }),
      fc.array(words, { maxLength: 30 }).map((some) => some.join(' ')),
    );
    fc.assert(
      fc.property(text, (said) => {
        const { wishes } = readWishes(said, nowMs);
        expect(wishes.length).toBeLessThanOrEqual(4);
        expect(new Set(wishes.map((wish) => JSON.stringify(wish))).size).toBe(wishes.length);
        if (wishes.length > 1) expect(wishes.every(({ status }) => status === 'plan')).toBe(true);
      }),
      { numRuns: sized(300, 5_000) },
    );
  });
});
