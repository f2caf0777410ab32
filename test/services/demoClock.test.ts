import fc from 'fast-check';
import { DemoClock, longestAheadDays, momentAfter } from '../../services/demoClock';
import { seoulDaysBetween, seoulTime } from '../../strings/seoulTime';
import { sized } from '../size';

const at = (text: string) => Date.parse(`${text}+09:00`);
const afternoon = at('2026-11-22T17:20:00');

describe('the demo clock', () => {
  it('goes with the clock under it, and stays ahead of it once moved', () => {
    let nowMs = afternoon;
    const clock = new DemoClock({ now: () => nowMs });
    expect(clock.now()).toBe(afternoon);

    expect(clock.advance(1)).toEqual({ status: 'moved' });
    nowMs += 1_500;

    expect(clock.now()).toBe(at('2026-11-23T17:20:00') + 1_500);
    expect(clock.ahead).toBe(86_400_000);
  });

  it.each([
    ['the afternoon', '2026-11-22T17:20:00', 1, '2026-11-23T17:20:00'],
    ['the last minute of the day’s messages', '2026-11-22T20:59:59', 1, '2026-11-23T20:59:59'],
    ['the first quiet minute', '2026-11-22T21:00:00', 1, '2026-11-23T10:00:00'],
    ['midnight', '2026-11-22T00:00:00', 1, '2026-11-23T10:00:00'],
    ['just before morning', '2026-11-22T07:59:59', 1, '2026-11-23T10:00:00'],
    ['morning', '2026-11-22T08:00:00', 1, '2026-11-23T08:00:00'],
    ['the last day of February', '2027-02-28T12:00:00', 1, '2027-03-01T12:00:00'],
    ['a whole month', '2026-11-30T12:00:00', 31, '2026-12-31T12:00:00'],
  ])('moves on from %s', (_, from, days, to) => {
    expect(new Date(momentAfter(at(from), days)).toISOString()).toBe(new Date(at(to)).toISOString());
  });

  it('always moves by exactly so many days of the calendar, forward, to an hour at which reminders go out', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: at('2100-01-01T00:00:00') }),
        fc.integer({ min: 1, max: 31 }),
        (nowMs, days) => {
          const moment = momentAfter(nowMs, days);
          const { hour } = seoulTime(moment);
          expect(moment).toBeGreaterThan(nowMs);
          expect(seoulDaysBetween(nowMs, moment)).toBe(days);
          expect(hour).toBeGreaterThanOrEqual(8);
          expect(hour).toBeLessThan(21);
        },
      ),
      { numRuns: sized(300, 5_000) },
    );
  });

  it('does not move further than a consent lasts', () => {
    const clock = new DemoClock({ now: () => afternoon });
    expect(clock.advance(longestAheadDays)).toEqual({ status: 'moved' });

    expect(clock.advance(1)).toEqual({ status: 'tooFar' });

    expect(clock.now()).toBe(afternoon + longestAheadDays * 86_400_000);
  });

  it('measures how long things take by what was not moved', () => {
    let elapsedMs = 5;
    const clock = new DemoClock({ now: () => afternoon, sinceStart: () => elapsedMs });
    const before = clock.sinceStart();
    clock.advance(1);
    elapsedMs += 7;
    expect(clock.sinceStart() - before).toBe(7);
    expect(new DemoClock({ now: () => afternoon }).sinceStart()).toBe(afternoon);
  });
});
