import fc from 'fast-check';
import { addDays, monthBefore, monthsEarlier, seoulDayAt } from '../../../services/billing/seoulCalendar';

const seed = Number(process.env.TEST_SEED ?? 20261122);
const runs = { seed, numRuns: 2_000 };
const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

const monthNumber = (ymd: string) => Number(ymd.slice(0, 4)) * 12 + Number(ymd.slice(5, 7)) - 1;
const dateOf = (ymd: string) => Number(ymd.slice(8, 10));
const isLastOfMonth = (ymd: string) => addDays(ymd, 1).endsWith('-01');

describe('the calendar of Korea', () => {
  it.each([
    ['2026-12-31T14:59:59.999Z', '2026-12-31'],
    ['2026-12-31T15:00:00.000Z', '2027-01-01'],
    ['2028-02-28T15:00:00.000Z', '2028-02-29'],
  ])('has at %s the day %s, wherever the host is', (instant, ymd) => {
    expect(seoulDayAt(Date.parse(instant))).toBe(ymd);
  });

  it.each([
    ['2026-03-31', 1, '2026-02-28'],
    ['2028-03-31', 1, '2028-02-29'],
    ['2026-01-31', 1, '2025-12-31'],
    ['2026-05-31', 1, '2026-04-30'],
    ['2026-05-31', 3, '2026-02-28'],
    ['2026-01-15', 13, '2024-12-15'],
    ['2026-02-28', 1, '2026-01-28'],
  ])('%s less %i months is %s', (from, months, to) => {
    expect(monthsEarlier(from, months)).toBe(to);
  });

  it(`goes back exactly so many months, on the same date or the month's last (seed ${seed})`, () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 24 }), (from, months) => {
        const to = monthsEarlier(from, months);
        expect(monthNumber(to)).toBe(monthNumber(from) - months);
        expect(dateOf(to) === dateOf(from) || (dateOf(to) < dateOf(from) && isLastOfMonth(to))).toBe(true);
      }),
      runs,
    );
  });

  it(`counts days so that going there and back ends where it began (seed ${seed})`, () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -800, max: 800 }), (from, days) => {
        expect(addDays(addDays(from, days), -days)).toBe(from);
        expect(Math.sign(days)).toBe(addDays(from, days) > from ? 1 : addDays(from, days) < from ? -1 : 0);
      }),
      runs,
    );
  });

  it(`bills a month's use in the month after it (seed ${seed})`, () => {
    fc.assert(
      fc.property(day, (due) => {
        expect(monthNumber(`${monthBefore(due)}-01`)).toBe(monthNumber(due) - 1);
      }),
      runs,
    );
  });
});
