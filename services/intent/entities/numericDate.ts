import type { SeoulDay } from '../../billing/seoulCalendar';
import { nearestYears, twoDigits, validDay, yearNumber } from './calendarWords';
import type { FoundDate } from './foundDate';

const fullDate = /(?<![\d./-])(\d{1,4})([-./])\s?(\d{1,2})(?:\2|,)\s?(\d{1,4})(?!\d|[-/]\d)/g;
const yearAndMonth = /(?<![\d./-])((?:19|20)\d{2})[-/.](0?[1-9]|1[0-2])(?!\d|[-/.]\d)/g;
/** 10/25, but not the half in "1/2만 낼게요". */
const monthAndDay =
  /(?<![\d./-])(0?[1-9]|1[0-2])\/(0?[1-9]|[12]\d|3[01])(?![\d/]|\.\d|만|로\s?나|씩|\s?(?:정도|할부))/g;

/**
 * Dates in figures: 2026-10-25, 2026.10.25, 26/10/25, 10/25, 2026-10. Korean order (year, month, day) first;
 * another order only when that makes no date.
 */
export function findNumericDates(text: string, today?: SeoulDay): FoundDate[] {
  const found: FoundDate[] = [];
  for (const { 0: run, 1: one = '', 3: two = '', 4: three = '', index } of text.matchAll(fullDate)) {
    const day = dayIn(one, two, three);
    if (day !== undefined)
      found.push({ kind: 'date', start: index, end: index + run.length, timex: day, candidates: [day] });
  }
  for (const { 0: run, 1: year, 2: month, index } of text.matchAll(yearAndMonth)) {
    const named = `${year}-${twoDigits(Number(month))}`;
    found.push({ kind: 'month', start: index, end: index + run.length, timex: named, candidates: [named] });
  }
  if (today === undefined) return found;
  for (const { 0: run, 1: month, 2: day, index } of text.matchAll(monthAndDay)) {
    const [first, ...others] = nearestYears(today, Number(month), Number(day));
    if (first === undefined) continue;
    const timex = `XXXX-${twoDigits(Number(month))}-${twoDigits(Number(day))}`;
    found.push({
      kind: 'date',
      start: index,
      end: index + run.length,
      timex,
      candidates: [first, ...others],
    });
  }
  return found;
}

function dayIn(one: string, two: string, three: string): SeoulDay | undefined {
  if (![one, two, three].every((part) => [1, 2, 4].includes(part.length))) return undefined;
  const orders = [
    [one, two, three],
    [three, one, two],
    [three, two, one],
  ] as const;
  for (const [year, month, day] of orders) {
    if ((year.length !== 4 && year.length !== 2) || month.length > 2 || day.length > 2) continue;
    const named = `${yearNumber(year)}-${twoDigits(Number(month))}-${twoDigits(Number(day))}`;
    if (validDay(named) && named >= '1800') return named;
  }
  return undefined;
}
