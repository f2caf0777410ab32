import type { SeoulDay } from '../../billing/seoulCalendar';
import { validDay } from './calendarWords';

/** A day or month that somebody named. `start` and `end` are indices into the text, `end` exclusive. */
export interface FoundDate {
  readonly kind: 'date' | 'month' | 'weekend';
  readonly start: number;
  readonly end: number;
  /** TIMEX3, what was not said left open: 'XXXX-10-25', '2026-10', 'XXXX-WXX-5', '2026-W43-WE'. */
  readonly timex: string;
  /** What it can be, earliest first: 'YYYY-MM-DD', or 'YYYY-MM' of a month; a weekend's is its Saturday. */
  readonly candidates: readonly [string, ...string[]];
}

export type Groups = Readonly<Record<string, string | undefined>>;
export type Reading = Pick<FoundDate, 'kind' | 'timex' | 'candidates'>;

/** One way of naming a day. */
export interface Rule {
  readonly pattern: RegExp;
  /** Undefined when the words make no date; `today` is undefined when nobody knows what day it is. */
  readonly read: (
    groups: Groups,
    today: SeoulDay | undefined,
    text: string,
    index: number,
  ) => Reading | undefined;
}

/** One day and no other; undefined when the calendar has no such day. */
export function exactly(day: SeoulDay): Reading | undefined {
  return onDay(day, [day]);
}

/** The days of the candidates that the calendar has; undefined when it has none. */
export function onDay(timex: string, candidates: readonly string[]): Reading | undefined {
  const [first, ...others] = candidates.filter(validDay);
  return first === undefined ? undefined : { kind: 'date', timex, candidates: [first, ...others] };
}
