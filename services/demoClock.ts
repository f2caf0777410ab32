import type { Clock } from './clock';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** Korea has had no daylight saving time since 1988. */
const seoulOffsetMs = 9 * hourMs;

/** Nothing is sent between these hours (Asia/Seoul), so a demo that arrived there would show nothing. */
const quietFromHour = 21;
const quietUntilHour = 8;
/** Where it arrives instead: what was due in the morning is due by then. */
const morningHour = 10;

/** How far a demo may be moved, in days: as long as a consent to reminders lasts at most. */
export const longestAheadDays = 400;

/**
 * The clock of a demonstration, which people move forward to see what comes later. It is ahead of the clock under it
 * for as long as the process runs; a new start is today again, as is the demo ledger.
 *
 * What is about the machine and not about bills (tokens, sessions, signatures, rate limits, expiry in the store)
 * keeps the clock under it, or a jump would end the very conversation that it is for.
 */
export class DemoClock implements Clock {
  private aheadMs = 0;

  constructor(private readonly base: Clock) {}

  /** Milliseconds since 1970-01-01T00:00:00Z, as far ahead as the demo has been moved. */
  now(): number {
    return this.base.now() + this.aheadMs;
  }

  /** Not moved: it measures how long things take. */
  sinceStart(): number {
    return this.base.sinceStart?.() ?? this.base.now();
  }

  /** How far it is ahead, ms. */
  get ahead(): number {
    return this.aheadMs;
  }

  /**
   * Moves on by whole days of Korea's calendar.
   * @param days at least 1
   * @returns 'tooFar' when that would be more than `longestAheadDays`; nothing has moved then
   */
  advance(days: number): { readonly status: 'moved' | 'tooFar' } {
    const aheadMs = this.aheadMs + momentAfter(this.now(), days) - this.now();
    if (aheadMs > longestAheadDays * dayMs) return { status: 'tooFar' };
    this.aheadMs = aheadMs;
    return { status: 'moved' };
  }
}

/**
 * The same time of day so many days of Korea's calendar later; 10:00 when that would be at night.
 * @param nowMs epoch ms
 * @param days at least 1, or it could lie before `nowMs`
 */
export function momentAfter(nowMs: number, days: number): number {
  const seoulMs = nowMs + seoulOffsetMs;
  const timeOfDayMs = ((seoulMs % dayMs) + dayMs) % dayMs;
  const isQuiet = timeOfDayMs >= quietFromHour * hourMs || timeOfDayMs < quietUntilHour * hourMs;
  return nowMs + days * dayMs + (isQuiet ? morningHour * hourMs - timeOfDayMs : 0);
}
