import { join } from 'node:path';
import fc from 'fast-check';
import { ConfigurationError } from '../../../services/errors';
import type { WeeklyHours } from '../../../services/faq/faq';
import { loadKnowledge } from '../../../services/faq/knowledge';
import { openState } from '../../../services/faq/openingHours';
import { loadPublicHolidays } from '../../../services/faq/publicHolidays';

const dataDir = join(__dirname, '../../../data');
const callCentre = loadKnowledge(dataDir).channel('phone').hours;
const holidays = loadPublicHolidays(dataDir);

/** An instant of Korea's clock, such as '2026-12-31 23:59'. */
const seoul = (text: string) => Date.parse(`${text.replace(' ', 'T')}+09:00`);
const stateAt = (text: string) => openState(callCentre, seoul(text), holidays);
const open = (until: string) => ({ status: 'open', closesAtMs: seoul(until) });
const closed = (until: string) => ({ status: 'closed', opensAtMs: seoul(until) });

describe('the call centre', () => {
  it.each([
    ['opens at nine sharp', '2026-11-20 09:00:00.000', open('2026-11-20 18:00')],
    ['is closed a millisecond before nine', '2026-11-20 08:59:59.999', closed('2026-11-20 09:00')],
    ['is open a millisecond before six', '2026-11-20 17:59:59.999', open('2026-11-20 18:00')],
    ['is closed at six sharp on Friday, until Monday', '2026-11-20 18:00:00.000', closed('2026-11-23 09:00')],
    ['is closed on Saturday noon', '2026-11-21 12:00', closed('2026-11-23 09:00')],
    ['is closed on Sunday night', '2026-11-22 23:30', closed('2026-11-23 09:00')],
    ['opens on the same Monday after midnight', '2026-11-23 00:00', closed('2026-11-23 09:00')],
    ['is open on an ordinary Wednesday', '2026-11-25 14:20', open('2026-11-25 18:00')],
    ['skips New Year and the weekend', '2026-12-31 23:59', closed('2027-01-04 09:00')],
    ['works on New Year’s Eve until six', '2026-12-31 17:00', open('2026-12-31 18:00')],
    ['skips Seollal with its eve', '2026-02-13 18:00', closed('2026-02-19 09:00')],
    ['is closed in the middle of Seollal', '2026-02-17 10:00', closed('2026-02-19 09:00')],
    ['skips Seollal 2027 with its substitute', '2027-02-05 19:00', closed('2027-02-10 09:00')],
    ['skips Chuseok', '2026-09-23 18:30', closed('2026-09-28 09:00')],
    ['skips Labour Day', '2026-04-30 20:00', closed('2026-05-04 09:00')],
    ['skips the local elections', '2026-06-03 10:00', closed('2026-06-04 09:00')],
    ['skips Constitution Day', '2026-07-17 10:00', closed('2026-07-20 09:00')],
  ])('%s', (_what, now, expected) => {
    expect(stateAt(now)).toEqual(expected);
  });

  it('reckons in Korea’s time: Sunday afternoon in London is Monday morning in Seoul', () => {
    expect(openState(callCentre, Date.parse('2026-11-22T23:59:59.999Z'), holidays)).toEqual(
      closed('2026-11-23 09:00'),
    );
    expect(openState(callCentre, Date.parse('2026-11-23T00:00:00.000Z'), holidays)).toEqual(
      open('2026-11-23 18:00'),
    );
  });

  it('always has a next opening, from 2026 to 2035', () => {
    for (let now = seoul('2026-01-01 00:30'); now < seoul('2036-01-01 00:00'); now += 6 * 3_600_000) {
      const state = openState(callCentre, now, holidays);
      expect(state.status === 'open' || state.opensAtMs > now).toBe(true);
    }
  });
});

describe('opening hours', () => {
  const hoursOf = (parts: Partial<WeeklyHours>): WeeklyHours => ({
    days: [1, 2, 3, 4, 5],
    openMinute: 540,
    closeMinute: 1080,
    closedOnPublicHolidays: true,
    ...parts,
  });

  it('never end where there are none', () => {
    expect(openState(undefined, seoul('2027-01-01 03:00'), holidays)).toEqual({ status: 'open' });
  });

  it('do not mind holidays where the channel does not', () => {
    const hours = hoursOf({ closedOnPublicHolidays: false });
    expect(openState(hours, seoul('2027-01-01 10:00'), holidays)).toEqual(open('2027-01-01 18:00'));
  });

  it('that end at midnight close with the day', () => {
    const hours = hoursOf({ closeMinute: 1440 });
    expect(openState(hours, seoul('2026-11-20 23:59:59.999'), holidays)).toEqual(open('2026-11-21 00:00'));
  });

  it('that never open again are an error of the data', () => {
    expect(() => openState(hoursOf({}), seoul('2026-11-20 10:00'), () => true)).toThrow(ConfigurationError);
    expect(() => openState(hoursOf({ days: [] }), seoul('2026-11-20 10:00'), holidays)).toThrow(
      ConfigurationError,
    );
  });

  it('F39: agree with a wall clock in Seoul at any instant', () => {
    const wallClock = new Intl.DateTimeFormat('en-CA', {
      timeZone: 'Asia/Seoul',
      hourCycle: 'h23',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    const weekday = new Intl.DateTimeFormat('en', { timeZone: 'Asia/Seoul', weekday: 'short' });
    const dayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
    const isHoliday = (ymd: string) => Number(ymd.slice(8)) % 7 === 0;
    const opensByTheClock = (hours: WeeklyHours, ms: number) => {
      const [ymd = '', time = ''] = wallClock.format(ms).split(', ');
      const minute = Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
      if (!hours.days.includes(dayNames.indexOf(weekday.format(ms)))) return false;
      if (hours.closedOnPublicHolidays && isHoliday(ymd)) return false;
      return hours.openMinute <= minute && minute < hours.closeMinute;
    };
    const anyHours = fc
      .record({
        days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 2 }),
        openMinute: fc.integer({ min: 0, max: 1438 }),
        length: fc.integer({ min: 1, max: 1440 }),
        closedOnPublicHolidays: fc.boolean(),
      })
      .map(({ length, ...hours }) => ({ ...hours, closeMinute: Math.min(1440, hours.openMinute + length) }));

    fc.assert(
      fc.property(
        anyHours,
        fc.integer({ min: seoul('2026-01-01 00:00'), max: seoul('2028-12-31 00:00') }),
        (hours, now) => {
          const state = openState(hours, now, isHoliday);
          expect(state.status === 'open').toBe(opensByTheClock(hours, now));
          if (state.status === 'open') {
            const { closesAtMs = 0 } = state;
            expect(opensByTheClock(hours, closesAtMs - 1)).toBe(true);
            expect(hours.closeMinute === 1440 || !opensByTheClock(hours, closesAtMs)).toBe(true);
          } else {
            expect(opensByTheClock(hours, state.opensAtMs)).toBe(true);
            for (let ms = now; ms < state.opensAtMs; ms += 3_600_000)
              expect(hours.closeMinute - hours.openMinute < 60 || !opensByTheClock(hours, ms)).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
