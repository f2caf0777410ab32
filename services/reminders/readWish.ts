import { seoulDayAt } from '../billing/seoulCalendar';
import { readCount, spanDays } from '../intent/entities/calendarWords';
import { findDateTimeEntities } from '../intent/entities/dateTime';
import type { ReminderPlan } from './reminder';
import { serviceWatchMs, settledWatchMs } from './schedule';
import { dayInMonth, minuteOfDayAt, momentAt, monthAt } from './seoulMoment';
import {
  asksNow,
  asksToExplain,
  bareBeforeWords,
  dueSoonEnglish,
  dueSoonWords,
  dueTodayWords,
  monthlyDay,
  monthlyWords,
  noSuchDay,
  overdueWords,
  serviceBackWords,
  settledWords,
  soonWords,
  tooOftenWords,
  wishToBeTold,
} from './wishWords';

/** What a message asks to be reminded of. */
export type Wish =
  | { readonly status: 'plan'; readonly plan: ReminderPlan }
  /** Monthly, and not said on which day. */
  | { readonly status: 'whichDay' }
  /** Weekly, daily or oftener: that is not done. */
  | { readonly status: 'tooOften' }
  /** No calendar has the day that was named. */
  | { readonly status: 'noSuchDay' }
  /** So long before a due date nobody knows it. */
  | { readonly status: 'tooEarly' }
  /** No moment was named that can be used. */
  | { readonly status: 'when'; readonly past: boolean; readonly minute?: number };

const mostText = 200;
/** Nine in the morning, where no time of day was named. */
export const usualMinute = 9 * 60;
const minuteMs = 60_000;
/** Said with nothing else it can only be a wish. */
const everyMonthAlone =
  /^\s*(?:every (?:month on )?(?:the )?\d{1,2}(?:st|nd|rd|th)(?: of (?:the|each|every) month)?)[.!\s]*$/i;
const longestAheadDays = 400;
/** As `reminderPlan` takes them. */
const mostDaysBefore = 14;
const monthsBefore = /(?:달|개월|보름)\s?(?:쯤\s?)?(?:전|앞)/;

/**
 * Reads a wish to be reminded: "납부일 이틀 전에", "다음 달 5일 아침에", "월급날(10일)마다", "결제가 반영되면". Of a day
 * without a time it means nine in the morning, of a time without a day the next such time.
 * @param nowMs epoch ms
 */
export function readWish(message: string, nowMs: number): Wish {
  const text = spelledOut(message);
  const minute = timeIn(text, nowMs);
  const at = minute ?? usualMinute;
  if (settledWords.test(text)) return plan({ kind: 'settled', untilMs: nowMs + settledWatchMs });
  if (serviceBackWords.test(text)) return plan({ kind: 'serviceBack', untilMs: nowMs + serviceWatchMs });
  if (overdueWords.test(text)) return plan({ kind: 'overdueOnce', minute: at });
  const daysBefore = daysBeforeIn(text);
  if (daysBefore === 'some') return { status: 'when', past: false };
  if (daysBefore !== undefined)
    return daysBefore > mostDaysBefore
      ? { status: 'tooEarly' }
      : plan({ kind: 'dueSoon', daysBefore, minute: at });
  if (tooOftenWords.test(text)) return { status: 'tooOften' };
  if (monthlyWords.test(text) && !dueTodayWords.test(text)) {
    const day = monthlyDayIn(text);
    return day === undefined ? { status: 'whichDay' } : plan({ kind: 'monthly', day, minute: at });
  }
  if (dueTodayWords.test(text)) return plan({ kind: 'dueToday', minute: at });
  if (noSuchDay.test(text)) return { status: 'noSuchDay' };
  return momentIn(text, nowMs, minute);
}

/** As hurried people write, in the words that dates are read from. "낼" is also "to pay": only before a time it is a day. */
export function spelledOut(message: string): string {
  return message
    .normalize('NFC')
    .slice(0, mostText)
    .replace(
      /(?<![가-힣])낼(?=\s?(?:이?랑|하고|그리고|[,·]|모[레래]|아침|오전|오후|점심|저녁|밤|새벽|낮|다시|알려|말해|말씀|얘기|이야기|연락|문자|톡|\d))/g,
      '내일',
    )
    .replace(/(?<=(?:알려|말해|연락|깨워)\s?(?:줘|주라|죠|주세요)\s)낼(?=[\s.!]*$)/, '내일')
    .replace(
      /(?<![가-힣])모래(?=\s?(?:에|이?랑|하고|아침|오전|오후|점심|저녁|밤|새벽|낮|다시|알려|말해|연락|\d))/g,
      '모레',
    )
    .replace(/(?<!\d)2틀/g, '이틀')
    .replace(
      /납부(?=\s?(?:전날|하루|이틀|사흘|나흘|닷새|일주일|당일|\d{1,2}\s?일\s?전))|(?<=납부)\s(?=일\s)/g,
      (found) => (found === '납부' ? '납부일' : ''),
    )
    .replace(/\b(?:tmrw?|tmw|tmrrw|tomorow|tommorow|tommorrow|2moro)\b/gi, 'tomorrow');
}

/** The day alone that answers "매달 며칠에?"; undefined when there is none. */
export function readMonthlyDay(message: string): number | undefined {
  const text = message.normalize('NFC').slice(0, mostText);
  const alone = /^\s*(\d{1,2})\s*$/.exec(text)?.[1];
  const day = alone === undefined ? monthlyDayIn(text) : Number(alone);
  return day !== undefined && day >= 1 && day <= 31 ? day : undefined;
}

/**
 * Whether a message surely asks to be told later, whatever the recogniser makes of it: it says so, names when, and asks
 * for nothing now.
 */
export function surelyWishes(message: string, nowMs: number): boolean {
  const text = spelledOut(message);
  if (asksToExplain.test(text)) return false;
  if (settledWords.test(text) || serviceBackWords.test(text) || overdueWords.test(text)) return true;
  if (everyMonthAlone.test(text)) return true;
  if (!wishToBeTold.test(text) || asksNow.test(text)) return false;
  const { status } = readWish(text, nowMs);
  return status === 'plan' || status === 'tooOften' || status === 'noSuchDay' || status === 'tooEarly';
}

/** The time of day that a message names, minutes since midnight. */
export function timeIn(text: string, nowMs: number): number | undefined {
  const time = findDateTimeEntities(text, nowMs).find(({ type }) => type === 'time');
  const hour = inTheMorning.exec(text)?.[1];
  if (hour !== undefined) return Number(hour) * 60;
  if (time === undefined)
    return /\bmorning\b/i.test(text)
      ? usualMinute
      : /\bevening\b|\btonight\b/i.test(text)
        ? 18 * 60
        : undefined;
  const [hours = 0, minutes = 0] = String(time.value).split(':').map(Number);
  return hours * 60 + minutes;
}

/** The package takes the morning for an hour of its own. */
const inTheMorning = /\b(?:at )?(1[01]|[1-9])(?: o'?clock)? in the morning\b/i;

function plan(made: ReminderPlan): Wish {
  return { status: 'plan', plan: made };
}

/** @returns 'some' when it is said that it is before, and not how long */
function daysBeforeIn(text: string): number | 'some' | undefined {
  const korean = dueSoonWords.exec(text) ?? bareBeforeWords.exec(text);
  if (korean !== null) {
    const { days, unit } = korean.groups ?? {};
    if (days === undefined && monthsBefore.test(korean[0])) return mostDaysBefore + 1;
    if (days === undefined && /(?:몇|며칠)\s?일?\s?(?:쯤\s?)?전/.test(korean[0])) return 'some';
    const count = days === undefined ? 1 : daysOf(days.replace(/\s/g, ''));
    return inRange(count * (unit?.startsWith('주') ? 7 : 1));
  }
  const english = dueSoonEnglish.exec(text);
  if (english === null) return undefined;
  const { count, unit = 'day' } = english.groups ?? {};
  const counted = count === undefined ? 1 : (englishCounts[count.toLowerCase()] ?? Number(count));
  return inRange(counted * (unit.startsWith('month') ? 30 : unit.startsWith('week') ? 7 : 1));
}

function daysOf(word: string): number {
  if (word === '일주일' || word === '한주') return 7;
  if (word === '두주') return 14;
  if (word === '십') return 10;
  return spanDays[word] ?? readCount(word) ?? 1;
}

function inRange(days: number): number {
  return Math.max(Math.round(days) || 1, 1);
}

const englishCounts: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  fourteen: 14,
  twenty: 20,
  thirty: 30,
};

function monthlyDayIn(text: string): number | undefined {
  const groups = monthlyDay.exec(text)?.groups;
  if (groups === undefined) return undefined;
  if (groups.word !== undefined) return 31;
  const said = groups.day ?? groups.nth ?? groups.spoken ?? '';
  const day = Number.isNaN(Number(said)) ? readCount(said) : Number(said);
  return day !== undefined && day >= 1 && day <= 31 ? day : undefined;
}

function momentIn(text: string, nowMs: number, minute: number | undefined): Wish {
  const soonMs = soonIn(text);
  if (soonMs !== undefined) return plan({ kind: 'moment', atMs: nowMs + soonMs });
  const monthsOn = dayMonthsOn(text, nowMs, minute ?? usualMinute);
  if (monthsOn !== undefined) return monthsOn;
  const bareDay = comingDay(text, nowMs, minute ?? usualMinute);
  if (bareDay !== undefined) return plan({ kind: 'moment', atMs: bareDay });
  const date = findDateTimeEntities(text, nowMs).find(({ type }) => type === 'date');
  const when = (past: boolean): Wish => ({
    status: 'when',
    past,
    ...(minute === undefined ? {} : { minute }),
  });
  if (date === undefined) {
    if (minute === undefined) return when(false);
    const today = momentAt(seoulDayAt(nowMs), minute);
    return plan({ kind: 'moment', atMs: today > nowMs ? today : today + 24 * 60 * minuteMs });
  }
  const day = String(date.value);
  const at = minute ?? usualMinute;
  // "오늘 알려줘" at noon: the usual nine o'clock is past, an hour from now is not.
  const atMs =
    day === seoulDayAt(nowMs) && minute === undefined && minuteOfDayAt(nowMs) >= at
      ? nowMs + 60 * minuteMs
      : momentAt(day, at);
  if (atMs <= nowMs) return when(true);
  return atMs - nowMs > longestAheadDays * 24 * 60 * minuteMs ? when(false) : plan({ kind: 'moment', atMs });
}

/** How far away "한 시간 뒤" is, ms. */
function soonIn(text: string): number | undefined {
  const groups = soonWords.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const countOf = (word: string) => englishCounts[word.toLowerCase()] ?? readCount(word) ?? Number(word);
  const hours = groups.hours ?? groups.enHours;
  const minutes = groups.minutes ?? groups.enMinutes;
  const total =
    hours === undefined ? countOf(minutes ?? '') : countOf(hours) * 60 + (groups.half === undefined ? 0 : 30);
  return Number.isFinite(total) && total > 0 ? total * minuteMs : undefined;
}

/** "두 달 뒤 5일에". */
function dayMonthsOn(text: string, nowMs: number, minute: number): Wish | undefined {
  const found = /(\d{1,2}|한|두|세|네)\s?(?:달|개월)\s?(?:뒤|후)(?:에|의)?\s?(\d{1,2})\s?일/.exec(text);
  if (found === null) return undefined;
  const later = readCount(found[1] ?? '') ?? Number(found[1]);
  const month = monthAt(nowMs, later);
  const day = `${month}-${(found[2] ?? '').padStart(2, '0')}`;
  if (dayInMonth(month, 31) < day || day < `${month}-01`) return { status: 'noSuchDay' };
  return later <= mostMonthsOn
    ? plan({ kind: 'moment', atMs: momentAt(day, minute) })
    : { status: 'when', past: false };
}
const mostMonthsOn = 12;

/** "31일에", "on the 31st", without a month: the next month that has such a day. Epoch ms. */
function comingDay(text: string, nowMs: number, minute: number): number | undefined {
  const found = dayWithoutMonth.exec(text);
  if (found === null || anotherDate.test(text)) return undefined;
  const day = Number(found[1] ?? found[2]);
  if (day < 29 || day > 31) return undefined;
  for (let later = 0; later < 3; later += 1) {
    const month = monthAt(nowMs, later);
    const named = `${month}-${day}`;
    if (dayInMonth(month, 31) >= named && momentAt(named, minute) > nowMs) return momentAt(named, minute);
  }
  return undefined;
}

const dayWithoutMonth =
  /(?<![\d월./-]\s?)(?<!\d)(\d{2})\s?일(?!\s?(?:뒤|후|전|간|동안|마다))|\bthe (\d{2})(?:st|nd|rd|th)\b/;
const anotherDate =
  /\d\s?월|[달월]\s?\d{2}\s?일|(?:지난|이번|다음|담|저번|요번)\s?달|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|month\b/i;
