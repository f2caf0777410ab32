import { addDays, monthsEarlier, type SeoulDay, seoulDayAt } from '../billing/seoulCalendar';

/** Korea has had no daylight saving time since 1988. */
const seoulOffsetMs = 9 * 3_600_000;
const dayMs = 86_400_000;

/** Epoch ms of a minute (0 to 1439) of a day in Asia/Seoul. */
export function momentAt(day: SeoulDay, minuteOfDay: number): number {
  return Date.parse(`${day}T00:00:00Z`) - seoulOffsetMs + minuteOfDay * 60_000;
}

/** Minutes since midnight in Asia/Seoul. */
export function minuteOfDayAt(atMs: number): number {
  const sinceMidnight = (((atMs + seoulOffsetMs) % dayMs) + dayMs) % dayMs;
  return Math.floor(sinceMidnight / 60_000);
}

/** The day of a month 'YYYY-MM'; its last day where the month is shorter. */
export function dayInMonth(month: string, dayOfMonth: number): SeoulDay {
  const last = addDays(monthsEarlier(`${month}-01`, -1), -1);
  const wanted = `${month}-${String(dayOfMonth).padStart(2, '0')}`;
  return wanted < last ? wanted : last;
}

/** 'YYYY-MM' of a moment, and of the months after it. */
export function monthAt(atMs: number, later = 0): string {
  return monthsEarlier(`${seoulDayAt(atMs).slice(0, 7)}-01`, -later).slice(0, 7);
}
