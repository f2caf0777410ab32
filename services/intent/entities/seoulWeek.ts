import { addDays, monthsEarlier, type SeoulDay } from '../../billing/seoulCalendar';
import {
  monthNumber,
  monthPattern,
  relativeMonthOf,
  relativeMonths,
  twoDigits,
  weekdayNumber,
  weekdays,
} from './calendarWords';
import { exactly, type Groups, onDay, type Reading, type Rule } from './foundDate';

/** Days named by their place in a week: 금요일, 다음 주 금요일, 이번 주말, 첫째 주 금요일. Weeks begin on Monday. */
export const weekRules: readonly Rule[] = [
  {
    pattern:
      /(?<![가-힣])(?:(?<which>지지난|지난|저번|이번|이|다다음|다음|담|돌아오는|다가오는|오는)\s?(?<week>주)?\s?)?(?<weekday>[월화수목금토일])(?:요일|욜)/g,
    read: readWeekday,
  },
  { pattern: /(?<![가-힣])(?<which>지난|저번|이번|이|다다음|다음|담)\s?주말/g, read: readWeekend },
  {
    pattern: new RegExp(
      `(?:(?<month>${monthPattern})\\s?월(?:의)?\\s?|(?<![가-힣])(?<relative>${relativeMonths.map(([words]) => words).join('|')})(?:의)?\\s?)?(?<![가-힣])(?<nth>첫|두|둘|세|셋|네|넷|다섯)(?:\\s?번)?\\s?째\\s?(?:주\\s?)?(?<weekday>[월화수목금토일])요일`,
      'g',
    ),
    read: readNthWeekday,
  },
];

function readWeekday(
  { which, week, weekday = '' }: Groups,
  today: SeoulDay | undefined,
): Reading | undefined {
  if (today === undefined) return undefined;
  const wanted = weekdays.indexOf(weekday) + 1;
  const monday = mondayOf(today);
  const thisWeeks = addDays(monday, wanted - 1);
  const next = thisWeeks >= today ? thisWeeks : addDays(thisWeeks, 7);
  if (which === undefined) return onDay(`XXXX-WXX-${wanted}`, [addDays(next, -7), next]);
  if (which.endsWith('오는')) return exactly(thisWeeks > today ? thisWeeks : addDays(thisWeeks, 7));
  if (which === '지난' && week === undefined)
    return exactly(thisWeeks < today ? thisWeeks : addDays(thisWeeks, -7));
  return exactly(addDays(thisWeeks, (weekShifts[which] ?? 0) * 7));
}

const weekShifts: Readonly<Record<string, number>> = {
  지지난: -2,
  지난: -1,
  저번: -1,
  다음: 1,
  담: 1,
  다다음: 2,
};

function readWeekend({ which = '' }: Groups, today: SeoulDay | undefined): Reading | undefined {
  if (today === undefined) return undefined;
  const monday = addDays(mondayOf(today), (weekShifts[which] ?? 0) * 7);
  return { kind: 'weekend', timex: `${isoWeek(monday)}-WE`, candidates: [addDays(monday, 5)] };
}

function mondayOf(day: SeoulDay): SeoulDay {
  return addDays(day, 1 - weekdayNumber(day));
}

/** ISO 8601: the week belongs to the year of its Thursday. */
function isoWeek(monday: SeoulDay): string {
  const thursday = addDays(monday, 3);
  const year = thursday.slice(0, 4);
  const days = (Date.parse(thursday) - Date.parse(`${year}-01-01`)) / 86_400_000;
  return `${year}-W${twoDigits(Math.floor(days / 7) + 1)}`;
}

const places: Readonly<Record<string, number>> = { 첫: 1, 두: 2, 둘: 2, 세: 3, 셋: 3, 네: 4, 넷: 4, 다섯: 5 };

/** "다음 달 첫째 주 금요일": the first Friday of that month; without a month, of this one. */
function readNthWeekday(groups: Groups, today: SeoulDay | undefined): Reading | undefined {
  const nth = places[groups.nth ?? ''];
  const wanted = weekdays.indexOf(groups.weekday ?? '') + 1;
  if (today === undefined || nth === undefined) return undefined;
  const thisYear = Number(today.slice(0, 4));
  const number = groups.month === undefined ? undefined : monthNumber(groups.month);
  const shift = relativeMonthOf(groups.relative) ?? 0;
  const thatMonth = monthsEarlier(`${today.slice(0, 7)}-01`, -shift).slice(0, 7);
  const named =
    number === undefined ? [] : [-1, 0, 1].map((years) => `${thisYear + years}-${twoDigits(number)}`);
  const months = number === undefined ? [thatMonth] : named;
  const days = months.flatMap((month) => {
    const first = `${month}-01`;
    const nthDay = addDays(first, ((wanted - weekdayNumber(first) + 7) % 7) + (nth - 1) * 7);
    return nthDay.startsWith(month) ? [nthDay] : [];
  });
  const past = days.filter((day) => day < today).at(-1);
  const next = days.find((day) => day >= today);
  const both = number === undefined ? days : [past, next].filter((day) => day !== undefined);
  const open = number === undefined ? thatMonth : `XXXX-${twoDigits(number)}`;
  return onDay(`${open}-WXX-${wanted}-#${nth}`, both);
}
