/** A day of Korea's calendar, 'YYYY-MM-DD'. */
export type SeoulDay = string;

const dayMs = 86_400_000;
/** Korea has had no daylight saving time since 1988. */
const seoulOffsetMs = 9 * 3_600_000;

/** @param atMs epoch ms */
export function seoulDayAt(atMs: number): SeoulDay {
  return isoDay(atMs + seoulOffsetMs);
}

export function addDays(day: SeoulDay, days: number): SeoulDay {
  return isoDay(Date.parse(`${day}T00:00:00Z`) + days * dayMs);
}

/** The same day of an earlier month, or that month's last day when it is shorter: 31 March → 28 February. */
export function monthsEarlier(day: SeoulDay, months: number): SeoulDay {
  const { year, month, date } = partsOf(day);
  const lastDate = new Date(Date.UTC(year, month - months + 1, 0)).getUTCDate();
  return isoDay(Date.UTC(year, month - months, Math.min(date, lastDate)));
}

/** The calendar month before a day's, 'YYYY-MM'. */
export function monthBefore(day: SeoulDay): string {
  return monthsEarlier(day, 1).slice(0, 7);
}

function partsOf(day: SeoulDay): { year: number; month: number; date: number } {
  const at = new Date(`${day}T00:00:00Z`);
  return { year: at.getUTCFullYear(), month: at.getUTCMonth(), date: at.getUTCDate() };
}

function isoDay(utcMs: number): SeoulDay {
  return new Date(utcMs).toISOString().slice(0, 10);
}
