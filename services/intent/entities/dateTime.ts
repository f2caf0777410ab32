import type { ModelResult } from '@microsoft/recognizers-text';
import { DateTimeRecognizer, type IDateTimeModel } from '@microsoft/recognizers-text-date-time';
import { addDays, monthsEarlier, type SeoulDay, seoulDayAt } from '../../billing/seoulCalendar';
import type { Entity } from '../intent';
import { type FoundTime, findClockTimes } from './clockTime';
import { halfWidth, maxEntityText } from './digitText';
import { findEnglishDates } from './englishDateTime';
import type { FoundDate } from './foundDate';
import { findSeoulDates } from './seoulDate';

const culture = 'ko-kr';
const hangul = /[가-힣]/;

/**
 * Korean dates and times as recognizers-text knows models: `end` inclusive, `values` with TIMEX, earliest first; a
 * range's `end` exclusive. The reference is a moment, and its day that of Asia/Seoul.
 */
class KoreanDateTimeModel implements IDateTimeModel {
  readonly modelTypeName = 'datetime';

  parse(query: string, referenceDate?: Date): ModelResult[] {
    const text = halfWidth(query);
    const today = referenceDate === undefined ? undefined : seoulDayAt(referenceDate.getTime());
    const dates = findSeoulDates(text, today);
    const times = findClockTimes(text).filter(({ isPart }) => !isPart);
    const joined = dates.map((date) => ({ date, time: times.find((time) => follows(text, date, time)) }));
    return [
      ...joined.map(({ date, time }) =>
        time === undefined ? dateResult(query, date) : dateTimeResult(query, date, time),
      ),
      ...times
        .filter((time) => !joined.some((pair) => pair.time === time))
        .map((time) => timeResult(query, time)),
    ].sort((one, other) => one.start - other.start);
  }
}

function follows(text: string, date: FoundDate, time: FoundTime): boolean {
  return date.kind === 'date' && time.start >= date.end && /^\s?$/.test(text.slice(date.end, time.start));
}

function dateResult(query: string, { kind, start, end, timex, candidates }: FoundDate): ModelResult {
  const values = candidates.map((value) => {
    if (kind === 'date') return { timex, type: 'date', value };
    const from = kind === 'month' ? `${value}-01` : value;
    const until = kind === 'month' ? monthsEarlier(from, -1) : addDays(from, 2);
    return { timex, type: 'daterange', start: from, end: until };
  });
  return result(query, start, end, kind === 'date' ? 'date' : 'daterange', values);
}

function timeResult(query: string, { start, end, timex, candidates }: FoundTime): ModelResult {
  const values = candidates.map((value) => ({ timex: timexOf(timex, value), type: 'time', value }));
  return result(query, start, end, 'time', values);
}

function dateTimeResult(query: string, date: FoundDate, time: FoundTime): ModelResult {
  const values = time.candidates.flatMap((clock) =>
    date.candidates.map((day) => ({
      timex: `${date.timex}${timexOf(time.timex, clock)}`,
      type: 'datetime',
      value: `${day} ${clock}`,
    })),
  );
  return result(query, date.start, time.end, 'datetime', values);
}

/** T03:30 of a candidate in the afternoon is T15:30. */
function timexOf(timex: string, clock: string): string {
  return `T${clock.slice(0, 2)}${timex.slice(3)}`;
}

function result(query: string, start: number, end: number, type: string, values: object[]): ModelResult {
  return {
    text: query.slice(start, end),
    start,
    end: end - 1,
    typeName: `datetimeV2.${type}`,
    resolution: { values },
  };
}

const recognizer = new DateTimeRecognizer(culture);
recognizer.registerModel('DateTimeModel', culture, () => new KoreanDateTimeModel());

/** The registered model, for who wants TIMEX and every candidate: `parse(text of at most 200 characters, moment)`. */
export function koreanDateTimeModel(): IDateTimeModel {
  return recognizer.getDateTimeModel(culture, false);
}

/**
 * Days and months in the first 200 characters with everything they can be; see `findSeoulDates`. English ones in a
 * message without Korean.
 * @param nowMs epoch ms; without it relative ones are left out
 */
export function findDates(text: string, nowMs?: number): FoundDate[] {
  const read = halfWidth(text.slice(0, maxEntityText));
  const today = nowMs === undefined ? undefined : seoulDayAt(nowMs);
  return hangul.test(read) ? findSeoulDates(read, today) : findEnglishDates(read, today).dates;
}

const past = /^[^.?!]{0,12}(?:[했냈었았였됐왔갔졌렸났]|낸)|^[^.?!]{0,6}거/;
const pastInEnglish = /\b(?:paid|was|were|did|sent|got|charged|withdrawn|debited)\b/i;
const billed = /^\s?(?:분|요금|청구|고지|통신비|미납|치|것|거|꺼|사용)/;

/**
 * Days, months and times as entities. Of several candidates the one meant most likely: the next one from today on;
 * the last one when the words behind it tell of the past, or of a month's bill; the nearest month otherwise.
 */
export function findDateTimeEntities(text: string, nowMs?: number): Entity[] {
  const read = halfWidth(text.slice(0, maxEntityText));
  const today = nowMs === undefined ? undefined : seoulDayAt(nowMs);
  const { dates, times } = hangul.test(read)
    ? { dates: findSeoulDates(read, today), times: findClockTimes(read) }
    : findEnglishDates(read, today);
  return [
    ...dates.map((date): Entity => {
      const { kind, start, end } = date;
      const value = likely(
        date,
        today,
        read.slice(end),
        past.test(read.slice(end)) || pastInEnglish.test(read),
      );
      return { type: kind === 'month' ? 'month' : 'date', text: text.slice(start, end), start, end, value };
    }),
    ...times.map(
      ({ start, end, likely: value }): Entity => ({
        type: 'time',
        text: text.slice(start, end),
        start,
        end,
        value,
      }),
    ),
  ].sort((one, other) => one.start - other.start);
}

function likely(
  { kind, candidates }: FoundDate,
  today: SeoulDay | undefined,
  after: string,
  isPast: boolean,
): string {
  const [first] = candidates;
  const latest = candidates.at(-1) ?? first;
  if (today === undefined || candidates.length === 1) {
    // A weekend that has begun is its Sunday.
    return kind === 'weekend' && today === addDays(first, 1) ? today : first;
  }
  if (kind === 'month') {
    const thisMonth = today.slice(0, 7);
    if (billed.test(after) || isPast) return candidates.findLast((month) => month <= thisMonth) ?? first;
    const distance = (month: string) => Math.abs(monthsBetween(thisMonth, month));
    return distance(first) < distance(latest) ? first : latest;
  }
  if (isPast) return candidates.findLast((day) => day <= today) ?? first;
  return candidates.find((day) => day >= today) ?? latest;
}

function monthsBetween(one: string, other: string): number {
  const months = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));
  return months(other) - months(one);
}
