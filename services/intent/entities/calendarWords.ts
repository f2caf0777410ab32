import { addDays, monthsEarlier, type SeoulDay } from '../../billing/seoulCalendar';
import { readNumeral } from './koreanNumber';
import { nativePattern, readNative } from './nativeNumeral';

const sino = '[일이삼사오육칠팔구십]{1,4}';
export const yearPattern = '(?<!\\d)(?:\\d{4}|\\d{2})\\s?년(?:도)?|이천[일이삼사오육칠팔구십]{1,3}\\s?년';
/** 시월 and 유월 are October and June. */
export const monthPattern =
  '(?<![\\d.])(?:1[0-2]|0?[1-9])|(?<![가-힣])(?:십일|십이|십|시|유|[일이삼사오육칠팔구])';
export const dayPattern = `(?:3[01]|[12]\\d|0?[1-9])|${sino}`;
export const numberPattern = `\\d{1,4}|[일이삼사오육칠팔구십백]{1,5}|${nativePattern}`;

export const weekdays = '월화수목금토일';

/** Words for a day, how far from today, and how they are written without spaces. */
export const relativeDays: readonly (readonly [pattern: string, days: number, names: readonly string[]])[] = [
  ['그글피', 4, ['그글피']],
  ['글피', 3, ['글피']],
  ['내일\\s?모레|낼\\s?모레', 2, ['내일모레', '낼모레']],
  ['모레', 2, ['모레']],
  ['(?<![안배보꺼])내일|(?<![가-힣])명일', 1, ['내일', '명일']],
  ['(?<![가-힣])낼(?=\\s?(?:까지|부터|아침|점심|오전|오후|저녁|밤))', 1, ['낼']],
  ['오늘|(?<![가-힣])금일', 0, ['오늘', '금일']],
  ['그끄저께|그끄제', -3, ['그끄저께', '그끄제']],
  ['(?<![가-힣])(?:그저께|그제(?!서|야)|엊그제|엊그저께)', -2, ['그저께', '그제', '엊그제', '엊그저께']],
  ['어제|어저께|어젯(?=밤)', -1, ['어제', '어저께', '어젯']],
];

/** Native words for a number of days. */
export const spanDays: Readonly<Record<string, number>> = {
  하루: 1,
  이틀: 2,
  사흘: 3,
  나흘: 4,
  닷새: 5,
  엿새: 6,
  이레: 7,
  여드레: 8,
  아흐레: 9,
  열흘: 10,
  보름: 15,
};

/** Words for a month (as a pattern), and how far from this one. */
export const relativeMonths: readonly (readonly [pattern: string, months: number])[] = [
  ['지지난\\s?달|저저번\\s?달|전전\\s?달|전전월', -2],
  ['지난\\s?달|저번\\s?달|전\\s?달|전월', -1],
  ['이번\\s?달|요번\\s?달|이\\s?달|당월|금월', 0],
  ['다다음\\s?달', 2],
  ['다음\\s?달|담\\s?달|내달|익월|다가오는\\s?달', 1],
];

export const relativeYears: Readonly<Record<string, number>> = {
  재작년: -2,
  작년: -1,
  지난해: -1,
  전년도: -1,
  올해: 0,
  금년: 0,
  이번해: 0,
  내후년: 2,
  내년: 1,
  다음해: 1,
};

/** '2026년' → 2026, '26년' → 2026, '89년' → 1989 (two digits: the hundred years up to 2069). */
export function yearNumber(word: string): number | undefined {
  const digits = /\d+/.exec(word)?.[0];
  if (digits === undefined) return readNumeral(word.replace(/\s?년.*/, ''));
  const year = Number(digits);
  if (digits.length === 4) return year;
  return year < 70 ? 2_000 + year : 1_900 + year;
}

/** '10', '십', '시' → 10; '유' → 6. */
export function monthNumber(word: string): number | undefined {
  if (word === '시') return 10;
  if (word === '유') return 6;
  const month = readNumeral(word);
  return month !== undefined && month >= 1 && month <= 12 ? month : undefined;
}

/** '25', '이십오' → 25. */
export function dayNumber(word: string): number | undefined {
  const day = readNumeral(word);
  return day !== undefined && day >= 1 && day <= 31 ? day : undefined;
}

/** '3', '삼', '세' → 3. */
export function readCount(word: string): number | undefined {
  return readNumeral(word) ?? readNative(word);
}

export function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

/** Whether the calendar has that day: no 31 November. */
export function validDay(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === day;
}

/** The last day of a month 'YYYY-MM'. */
export function lastDayOf(month: string): SeoulDay {
  return addDays(monthsEarlier(`${month}-01`, -1), -1);
}

/** A day of the year without its year: the last one before today, and the next from today on. */
export function nearestYears(today: SeoulDay, month: number, day: number): SeoulDay[] {
  const year = Number(today.slice(0, 4));
  const days = [-8, -4, -3, -2, -1, 0, 1, 2, 3, 4, 8]
    .map((shift) => `${year + shift}-${twoDigits(month)}-${twoDigits(day)}`)
    .filter(validDay);
  const past = days.filter((named) => named < today).at(-1);
  const next = days.find((named) => named >= today);
  return [past, next].filter((named) => named !== undefined);
}

/** '지난 달' → -1; undefined for anything else. */
export function relativeMonthOf(words: string | undefined): number | undefined {
  const spoken = words?.replace(/\s/g, '');
  return spoken === undefined
    ? undefined
    : relativeMonths.find(([pattern]) => new RegExp(`^(?:${pattern})$`).test(spoken))?.[1];
}

/** Monday 1 … Sunday 7, as ISO 8601 counts. */
export function weekdayNumber(day: SeoulDay): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** '월' … '일'. */
export function weekdayOf(day: SeoulDay): string {
  return weekdays.charAt(weekdayNumber(day) - 1);
}
