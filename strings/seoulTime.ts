/** Asia/Seoul wall clock of an instant. Korea keeps UTC+9 all year, so no time zone tables are needed. */
export interface SeoulTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** 0 = Sunday … 6 = Saturday. */
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
}

export function seoulTime(epochMs: number): SeoulTime {
  const shifted = new Date(epochMs + 9 * 3_600_000);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    weekday: shifted.getUTCDay(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
  };
}

/** Whole calendar days in Asia/Seoul from one instant to another: 0 = same day, 1 = tomorrow. */
export function seoulDaysBetween(fromMs: number, toMs: number): number {
  const day = (ms: number) => Math.floor((ms + 9 * 3_600_000) / 86_400_000);
  return day(toMs) - day(fromMs);
}
