import {
  DateTimeOptions,
  DateTimeRecognizer,
  type IDateTimeModel,
} from '@microsoft/recognizers-text-date-time';
import { z } from 'zod';
import type { SeoulDay } from '../../billing/seoulCalendar';
import { lastDayOf, validDay } from './calendarWords';
import type { FoundTime } from './clockTime';
import type { FoundDate } from './foundDate';
import { findNumericDates } from './numericDate';

const english = 'en-us';
/**
 * The package takes milliseconds for a short sentence and far longer for a long one: it gets only the words that
 * can belong to a date, and of those only the first ones.
 */
const mostCharacters = 40;
/** Customers name the same few days: what was read once is kept, as many as this. */
const keptReadings = 256;

const months =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const days = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const figure = '\\d{1,4}(?:st|nd|rd|th)?(?:\\s?[ap]\\.?m)?';
const units = '(?:day|week|month)s?';
const counts = 'an?|one|two|three|four|five|six|seven|eight|nine|ten';
/** What makes a phrase a date. */
const telling = new RegExp(
  `\\b(?:today|tonight|tomorrow|yesterday|${days}|noon|midnight|\\d{1,2}(?:st|nd|rd|th)|(?:next|last|this|coming|past) (?:month|week|weekend)|${units} (?:ago|from now|later)|in (?:${counts}|\\d+) ${units}|end of (?:the |this |next |last )?month|\\d{1,2}(?::\\d\\d)?\\s?[ap]\\.?m|\\d{1,2}:\\d\\d|(?:${months}) \\d{1,2}|\\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:${months})|(?:in|of|next|last|this) (?:${months})|(?:${months.replace('may|', '').replace('mar(?:ch)?', 'march')}))\\b`,
  'i',
);
const word = `(?:today|tonight|tomorrow|yesterday|${days}|${months}|${figure}|${units}|${counts}|weekend|morning|noon|afternoon|evening|midnight|o'?clock|next|last|this|coming|past|in|on|at|of|the|end|ago|from|now|later|after|day)`;
const phrase = new RegExp(`\\b${word}(?:[\\s,/:.-]{1,2}${word}){0,8}\\b`, 'gi');

const values = z.object({
  values: z.array(
    z.object({
      timex: z.string(),
      type: z.string(),
      value: z.string().optional(),
      start: z.string().optional(),
      Mod: z.string().optional(),
    }),
  ),
});
const wholeMonth = /^(?:\d{4}|XXXX)-\d{2}$/;
const day = /^\d{4}-\d{2}-\d{2}$/;
const clock = /^\d{2}:\d{2}:\d{2}$/;
const namesItsYear = /\d{4}/;
/** What can be read of a phrase when it is not known what day it is: a year, or a time. */
const needsNoToday = /\d{4}|\d\s?[ap]\.?m|\d:\d|noon|midnight|o'?clock|\bat\b/i;

let model: IDateTimeModel | undefined;

/**
 * Builds the package's English model ahead of the first customer who names a day in English: it takes a quarter of
 * a second, once in a process.
 */
export function prepareEnglishDates(): void {
  readPhrase('next Friday at 3pm', '2000-01-01');
}

function englishModel(): IDateTimeModel {
  model ??= new DateTimeRecognizer(english, DateTimeOptions.SplitDateAndTime, true).getDateTimeModel(
    english,
    false,
  );
  return model;
}

/**
 * Days, months and times in an English message, by the package's own model; figures by ours. Without `today` only
 * dates that name their year.
 */
export function findEnglishDates(text: string, today?: SeoulDay): { dates: FoundDate[]; times: FoundTime[] } {
  const dates = findNumericDates(text, today);
  const times: FoundTime[] = [];
  const phrases = [...text.matchAll(phrase)].filter(
    ({ 0: said }) => telling.test(said) && (today !== undefined || needsNoToday.test(said)),
  );
  let left = mostCharacters;
  for (const { 0: said, index } of phrases) {
    if (left <= 0) break;
    const read = reading(said.slice(0, left), today);
    left -= said.length;
    for (const date of read.dates) {
      const placed = { ...date, start: index + date.start, end: index + date.end };
      if (!dates.some(({ start, end }) => placed.start < end && start < placed.end)) dates.push(placed);
    }
    for (const time of read.times) times.push({ ...time, start: index + time.start, end: index + time.end });
  }
  return { dates: dates.sort((one, other) => one.start - other.start), times };
}

interface Reading {
  readonly dates: readonly FoundDate[];
  readonly times: readonly FoundTime[];
}

const readings = new Map<string, Reading>();

function reading(said: string, today: SeoulDay | undefined): Reading {
  const key = `${today ?? ''} ${said.toLowerCase()}`;
  const kept = readings.get(key);
  if (kept !== undefined) return kept;
  const read = readPhrase(said, today);
  if (readings.size >= keptReadings) readings.clear();
  readings.set(key, read);
  return read;
}

/** "the 25th" alone: the package sees a date only in "on the 25th". */
const bareDay = /^(?:the )?\d{1,2}(?:st|nd|rd|th)\b(?! (?:of )?[a-z]{3})/i;
const on = 'on ';

function readPhrase(said: string, today: SeoulDay | undefined): Reading {
  const dates: FoundDate[] = [];
  const times: FoundTime[] = [];
  const lead = bareDay.test(said) ? on : '';
  for (const found of englishModel().parse(`${lead}${said}`, noonOf(today ?? '2000-01-01'))) {
    const resolution = values.safeParse(found.resolution);
    if (!resolution.success || found.start < lead.length) continue;
    const place = { start: found.start - lead.length, end: found.end + 1 - lead.length };
    const time = timeOf(resolution.data.values);
    if (time !== undefined) times.push({ ...time, ...place });
    const date = dateOf(resolution.data.values);
    if (date === undefined || (today === undefined && !namesItsYear.test(found.text))) continue;
    dates.push({ ...date, ...place });
  }
  return { dates: dayAndMonth(said, dates), times };
}

/** "the 25th of next month": the package reads a day of any month, and a month. */
function dayAndMonth(said: string, dates: readonly FoundDate[]): FoundDate[] {
  const [day, month] = dates;
  if (day === undefined || month?.kind !== 'month' || !day.timex.startsWith('XXXX-XX-')) return [...dates];
  if (said.slice(day.end, month.start).trim() !== 'of') return [...dates];
  const named = `${month.candidates[0]}-${day.timex.slice(8)}`;
  return validDay(named)
    ? [{ kind: 'date', start: day.start, end: month.end, timex: named, candidates: [named] }]
    : [month];
}

type Values = z.infer<typeof values>['values'];

function dateOf(read: Values): Pick<FoundDate, 'kind' | 'timex' | 'candidates'> | undefined {
  const timex = read[0]?.timex ?? '';
  if (read[0]?.Mod === 'end' && wholeMonth.test(timex) && !timex.startsWith('X')) {
    const day = lastDayOf(timex);
    return { kind: 'date', timex: day, candidates: [day] };
  }
  if (read.some(({ Mod }) => Mod !== undefined)) return undefined;
  const [first, ...others] = [
    ...new Set(
      read.flatMap(({ type, value }) => (type === 'date' && day.test(value ?? '') ? [value ?? ''] : [])),
    ),
  ];
  if (first !== undefined) return { kind: 'date', timex, candidates: [first, ...others] };
  if (!wholeMonth.test(timex)) return undefined;
  const [month, ...otherMonths] = read.flatMap(({ start }) =>
    start === undefined ? [] : [start.slice(0, 7)],
  );
  return month === undefined ? undefined : { kind: 'month', timex, candidates: [month, ...otherMonths] };
}

function timeOf(read: Values): Pick<FoundTime, 'timex' | 'candidates' | 'likely' | 'isPart'> | undefined {
  const [first, ...others] = read.flatMap(({ type, value }) =>
    type === 'time' && clock.test(value ?? '') ? [value ?? ''] : [],
  );
  if (first === undefined) return undefined;
  const hour = Number(first.slice(0, 2));
  const likely = (others.length > 0 && hour <= 6 ? others[0] : undefined) ?? first;
  return {
    timex: read[0]?.timex ?? '',
    candidates: [first, ...others],
    likely: likely.slice(0, 5),
    isPart: false,
  };
}

/** The package reads a reference by the host's clock: noon of that day there, wherever the host is. */
function noonOf(today: SeoulDay): Date {
  const [year = 2000, month = 1, date = 1] = today.split('-').map(Number);
  return new Date(year, month - 1, date, 12);
}
