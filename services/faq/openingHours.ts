import { ConfigurationError } from '../errors';
import type { WeeklyHours } from './faq';

export type OpenState =
  /** `closesAtMs` is absent where nothing ever closes. */
  | { readonly status: 'open'; readonly closesAtMs?: number }
  | { readonly status: 'closed'; readonly opensAtMs: number };

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Korea has had no daylight saving time since 1988, so the business's clock is a fixed step ahead of UTC. */
const seoulOffsetMs = 9 * 60 * minuteMs;
/** The longest run of weekends and holidays is under two weeks; a longer one is a mistake in the data. */
const horizonDays = 14;

/**
 * Whether a channel is open at an instant, and until when or from when. Opening counts as open, closing as
 * closed: at 18:00:00.000 sharp nobody answers any more.
 * @param hours Asia/Seoul; undefined = around the clock. Where `hoursVary`, ask no question of this function
 * @param nowMs milliseconds since 1970-01-01T00:00:00Z, as the results are
 * @param holidays whether a day of Korea's calendar, 'YYYY-MM-DD', is a public holiday
 * @throws ConfigurationError when no day of the next 14 opens: the hours or the holidays are wrong
 */
export function openState(
  hours: WeeklyHours | undefined,
  nowMs: number,
  holidays: (ymd: string) => boolean,
): OpenState {
  if (hours === undefined) return { status: 'open' };
  const today = Math.floor((nowMs + seoulOffsetMs) / dayMs);
  for (let day = today; day <= today + horizonDays; day += 1) {
    if (!opensOn(hours, day, holidays)) continue;
    const midnightMs = day * dayMs - seoulOffsetMs;
    const opensAtMs = midnightMs + hours.openMinute * minuteMs;
    const closesAtMs = midnightMs + hours.closeMinute * minuteMs;
    if (nowMs < opensAtMs) return { status: 'closed', opensAtMs };
    if (nowMs < closesAtMs) return { status: 'open', closesAtMs };
  }
  throw new ConfigurationError(`the opening hours have no open day within ${horizonDays} days`);
}

/** @param day days since 1970-01-01 of Korea's calendar */
function opensOn(hours: WeeklyHours, day: number, holidays: (ymd: string) => boolean): boolean {
  const date = new Date(day * dayMs);
  if (!hours.days.includes(date.getUTCDay())) return false;
  return !(hours.closedOnPublicHolidays && holidays(date.toISOString().slice(0, 10)));
}
