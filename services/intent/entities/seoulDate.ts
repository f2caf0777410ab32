import { addDays, monthsEarlier, type SeoulDay } from '../../billing/seoulCalendar';
import {
  dayNumber,
  dayPattern,
  lastDayOf,
  monthNumber,
  monthPattern,
  nearestYears,
  numberPattern,
  readCount,
  relativeDays,
  relativeMonthOf,
  relativeMonths,
  relativeYears,
  spanDays,
  twoDigits,
  validDay,
  weekdayOf,
  yearNumber,
  yearPattern,
} from './calendarWords';
import { exactly, type FoundDate, type Groups, onDay, type Reading, type Rule } from './foundDate';
import { findNumericDates } from './numericDate';
import { weekRules } from './seoulWeek';

const relativeYear = Object.keys(relativeYears).join('|');
const relativeMonth = relativeMonths.map(([words]) => words).join('|');
const weekdayTail = '(?:,?\\s?\\(?(?<weekday>[월화수목금토일])(?:요일|욜)\\)?)?';
/** After "3일": a span of time and not a day of the month. */
const notADay =
  '(?!\\s?(?:간|동안|째|치|씩|마다|만에|이내|내로|안에|정도|넘|이상|뒤|후|있다|지나|지났|연체|밀|늦|남|전(?!까지|에는|에\\s?꼭)))(?![가-힣]*\\s?이상)';
const month = `(?:(?<year>${yearPattern})\\s?,?\\s?|(?<relativeYear>${relativeYear}|다음\\s?해|이번\\s?해)\\s?|(?<which>이번|다음|지난)\\s)?(?<month>${monthPattern})\\s?월`;

const rules: readonly Rule[] = [
  {
    pattern: new RegExp(
      `${month}(?:\\s?의)?(?:[\\s-]{0,2}(?:(?<day>${dayPattern})\\s?일|(?<last>말일|말(?=[\\s까에일이쯤.,!?]|$)))${notADay}${weekdayTail}(?:,\\s?(?<yearAfter>\\d{4})(?:년|(?!\\d)))?)?`,
      'g',
    ),
    read: readMonthOrDay,
  },
  {
    pattern: new RegExp(
      `(?<![가-힣])(?<relative>${relativeMonth})(?:(?:에)?\\s?(?:(?<day>${dayPattern})\\s?일${notADay}|(?<last>말일|말(?=[\\s까에이쯤.,!?]|$)))${weekdayTail})?`,
      'g',
    ),
    read: readRelativeMonth,
  },
  {
    pattern: new RegExp(
      `(?<![\\d.,/:가-힣-])(?<![\\d일이삼사오육칠팔구십시유]\\s?월\\s?)(?<!(?:번|음|난|이|담)\\s?달\\s?)(?<day>${dayPattern})\\s?일(?=[\\s,.!?~)]|에|까|날|이|부|쯤|로|은|는|입|요|자|$)${notADay}${weekdayTail}`,
      'g',
    ),
    read: readDayOfMonth,
  },
  { pattern: /(?<![가-힣])(?:이번\s?달\s?)?(?<last>말일|월말)/g, read: readLastDay },
  { pattern: dayWords(), read: readDayWord },
  { pattern: spanPattern(), read: readSpan },
  ...weekRules,
];

const anyDate =
  /[\d일월달말]|오늘|금일|내일|명일|모레|글피|어제|어저께|그제|그저께|그끄저께|엊그제|낼|하루|이틀|흘|닷새|엿새|이레|보름|요일|욜|주말|[뒤후전]/;

/**
 * Days and months named in Korean or in figures, in order, none overlapping. Relative ones (지난달, 내일, 25일,
 * 금요일) need to know what day it is: without `today` they are left out. A day counted from something other than
 * today ("납부일 전날", "납부일 3일 전") is no date.
 * @param today the day in Asia/Seoul
 */
export function findSeoulDates(text: string, today?: SeoulDay): FoundDate[] {
  if (!anyDate.test(text)) return [];
  const found: FoundDate[] = findNumericDates(text, today);
  for (const { pattern, read } of rules) {
    for (const match of text.matchAll(pattern)) {
      const reading = read(match.groups ?? {}, today, text, match.index);
      if (reading !== undefined)
        found.push({ ...reading, start: match.index, end: match.index + match[0].length });
    }
  }
  // The longest reading of a place is what was said: "다음 달 5일" and not "다음 달" and "5일".
  found.sort((one, other) => other.end - other.start - (one.end - one.start) || one.start - other.start);
  const kept: FoundDate[] = [];
  for (const date of found) {
    if (!kept.some(({ start, end }) => start < date.end && date.start < end)) kept.push(date);
  }
  return kept.sort((one, other) => one.start - other.start);
}

function readMonthOrDay(groups: Groups, today: SeoulDay | undefined): Reading | undefined {
  const number = monthNumber(groups.month ?? '');
  if (number === undefined) return undefined;
  const year = yearOf(groups, number, today);
  const dayWord = groups.day;
  const day = dayWord === undefined ? undefined : dayNumber(dayWord);
  const months = year === undefined ? yearlessMonths(number, today) : [`${year}-${twoDigits(number)}`];
  const [first, ...others] = months;
  if (first === undefined) return undefined;
  const open = `${year ?? 'XXXX'}-${twoDigits(number)}`;
  if (groups.last !== undefined) {
    const [day, ...rest] = [lastDayOf(first), ...others.map(lastDayOf)] as const;
    return {
      kind: 'date',
      timex: rest.length === 0 ? day : `${open}-${day.slice(8)}`,
      candidates: [day, ...rest],
    };
  }
  if (dayWord === undefined) return { kind: 'month', timex: open, candidates: [first, ...others] };
  if (day === undefined) return undefined;
  return onDay(
    `${open}-${twoDigits(day)}`,
    year === undefined && today !== undefined
      ? nearestYears(today, number, day)
      : [`${first}-${twoDigits(day)}`],
  );
}

function yearOf(groups: Groups, month: number, today: SeoulDay | undefined): number | undefined {
  const named = groups.year ?? groups.yearAfter;
  if (named !== undefined) return yearNumber(named);
  if (today === undefined) return undefined;
  const thisYear = Number(today.slice(0, 4));
  const thisMonth = Number(today.slice(5, 7));
  if (groups.which === '이번') return thisYear;
  if (groups.which === '다음') return month > thisMonth ? thisYear : thisYear + 1;
  if (groups.which === '지난') return month < thisMonth ? thisYear : thisYear - 1;
  const shift =
    groups.relativeYear === undefined ? undefined : relativeYears[groups.relativeYear.replace(/\s/g, '')];
  return shift === undefined ? undefined : thisYear + shift;
}

/** A month without a year: the last one that began, and the next. */
function yearlessMonths(month: number, today: SeoulDay | undefined): string[] {
  if (today === undefined) return [];
  const year = Number(today.slice(0, 4));
  const began = month <= Number(today.slice(5, 7));
  const past = began && month !== Number(today.slice(5, 7)) ? year : year - 1;
  return [`${past}-${twoDigits(month)}`, `${past + 1}-${twoDigits(month)}`];
}

function readRelativeMonth(groups: Groups, today: SeoulDay | undefined): Reading | undefined {
  if (today === undefined) return undefined;
  const shift = relativeMonthOf(groups.relative);
  if (shift === undefined) return undefined;
  const named = monthsEarlier(`${today.slice(0, 7)}-01`, -shift).slice(0, 7);
  if (groups.last !== undefined) return exactly(lastDayOf(named));
  if (groups.day === undefined) return { kind: 'month', timex: named, candidates: [named] };
  const day = dayNumber(groups.day);
  return day === undefined ? undefined : onDay(`${named}-${twoDigits(day)}`, [`${named}-${twoDigits(day)}`]);
}

/** A day without its month: the last one before today, and the next from today on. */
function readDayOfMonth(groups: Groups, today: SeoulDay | undefined): Reading | undefined {
  const day = dayNumber(groups.day ?? '');
  if (day === undefined || today === undefined) return undefined;
  const months = [-2, -1, 0, 1, 2].map((shift) =>
    monthsEarlier(`${today.slice(0, 7)}-01`, -shift).slice(0, 7),
  );
  const days = months.map((named) => `${named}-${twoDigits(day)}`).filter(validDay);
  const past = days.filter((named) => named < today).at(-1);
  const next = days.find((named) => named >= today);
  const both = [past, next].filter((named) => named !== undefined);
  const onWeekday = both.filter((named) => weekdayOf(named) === groups.weekday);
  return onDay(`XXXX-XX-${twoDigits(day)}`, onWeekday.length > 0 ? onWeekday : both);
}

function readLastDay(_groups: Groups, today: SeoulDay | undefined): Reading | undefined {
  return today === undefined ? undefined : exactly(lastDayOf(today.slice(0, 7)));
}

function dayWords(): RegExp {
  const words = relativeDays.map(([pattern]) => pattern).join('|');
  return new RegExp(`(?<word>${words})`, 'g');
}

function readDayWord({ word = '' }: Groups, today: SeoulDay | undefined): Reading | undefined {
  if (today === undefined) return undefined;
  const spoken = word.replace(/\s/g, '');
  const shift = relativeDays.find(([, , names]) => names.includes(spoken))?.[1];
  return shift === undefined ? undefined : exactly(addDays(today, shift));
}

function spanPattern(): RegExp {
  const days = Object.keys(spanDays).join('|');
  const glue = '(?:\\s?하고|,)?\\s?';
  return new RegExp(
    `(?<![가-힣\\d])(?:(?<from>오늘|지금|어제|내일)(?:로)?부터\\s?)?(?=[\\d가-힣])(?:(?<years>${numberPattern})\\s?년${glue})?(?:(?<months>${numberPattern})\\s?(?:개월|달)${glue})?(?:(?<weeks>${numberPattern})\\s?주일?|(?<named>${days})|(?<days>${numberPattern})\\s?일)?\\s?(?<way>뒤|후|있다가?|지나서|이후|안에|이내|내로|내에|전(?!화|체|달|송|에\\s?없|까지|산|부|용|자))`,
    'g',
  );
}

/** "납부 3일 전", "연체 열흘 뒤": counted from that, and not from today. */
const anchor =
  /(?:일|납부|납기|마감|만기|기한|기일|결제|이체|출금|청구|고지|발행|정지|연체|미납|가입|개통|입금|변경|신청|해지|인출|[내낸한])(?:\s?(?:후|뒤|된|되고|하고|고|지|부터|에서|로부터))?\s*$/;

function readSpan(
  groups: Groups,
  today: SeoulDay | undefined,
  text: string,
  index: number,
): Reading | undefined {
  const { years, months, weeks, named, days, from, way = '' } = groups;
  if (today === undefined || (years ?? months ?? weeks ?? named ?? days) === undefined) return undefined;
  if (from === undefined && anchor.test(text.slice(Math.max(0, index - 12), index))) return undefined;
  const inMonths = count(years) * 12 + count(months);
  const inDays = count(weeks) * 7 + (named === undefined ? 0 : (spanDays[named] ?? 0)) + count(days);
  if (!Number.isFinite(inMonths + inDays) || inMonths > 1_200 || inDays > 36_500) return undefined;
  const start = from === '어제' ? addDays(today, -1) : from === '내일' ? addDays(today, 1) : today;
  const back = way.startsWith('전');
  return exactly(addDays(monthsEarlier(start, back ? inMonths : -inMonths), back ? -inDays : inDays));
}

function count(word: string | undefined): number {
  return word === undefined ? 0 : (readCount(word) ?? Number.NaN);
}
