import { readNumeral } from './koreanNumber';
import { readNative } from './nativeNumeral';

/** A time of day that somebody named. `start` and `end` are indices into the text, `end` exclusive. */
export interface FoundTime {
  readonly start: number;
  readonly end: number;
  /** TIMEX3: 'T15:30', 'TMO' for a morning. */
  readonly timex: string;
  /** What it can be, 'HH:mm:ss'; two when neither morning nor afternoon was said. */
  readonly candidates: readonly [string, ...string[]];
  /** The one that is meant most likely, 'HH:mm'. */
  readonly likely: string;
  /** Only a part of the day (아침, 저녁) was named. */
  readonly isPart: boolean;
}

const half = '오전|오후|이른\\s?아침|아침|대낮|한낮|낮|점심|저녁|밤|새벽|한밤중|한밤|자정|정오';
const hour =
  '[01]?\\d|2[0-4]|열한|열두|열|한|두|세|네|다섯|여섯|일곱|여덟|아홉|십[일이삼사오육칠팔구]?|이십[일이삼사]?';
const minute = '[0-5]?\\d|[일이삼사오]?십[일이삼사오육칠팔구]?|[일이삼사오육칠팔구]';
const spoken = new RegExp(
  `(?:(?<half>${half})\\s?|(?<![가-힣\\d.:]))(?<hour>${hour})\\s?시(?=[\\s\\d에까부반쯤경정이요로면.,!?~]|$|전|후|예|입|넘|[일이삼사오육칠팔구십]{1,3}\\s?분)(?:\\s?(?<minute>${minute})\\s?분(?:\\s?(?<second>[0-5]?\\d)\\s?초)?|\\s?(?<thirty>반)|\\s?(?<secondOnly>[0-5]?\\d)\\s?초)?(?:\\s?정각|쯤)?`,
  'g',
);
const figures = new RegExp(
  `(?:(?<half>${half}|am|pm)\\s?)?(?<![\\d:.])(?<hour>[01]?\\d|2[0-3]):(?<minute>[0-5]\\d)(?![\\d:])`,
  'gi',
);
const parts: readonly (readonly [words: RegExp, timex: string, from: string, usual: string])[] = [
  [/새벽/g, 'TDA', '04:00:00', '05:00'],
  [/(?<!좋은\s?)아침|(?<![가-힣])오전/g, 'TMO', '08:00:00', '09:00'],
  [/정오|한낮/g, 'T12', '12:00:00', '12:00'],
  [/점심(?!\s?시간)|(?<![가-힣])낮에/g, 'TMI', '11:00:00', '12:00'],
  [/(?<![가-힣])오후/g, 'TAF', '12:00:00', '14:00'],
  [/저녁/g, 'TEV', '16:00:00', '18:00'],
  [/자정/g, 'T00', '00:00:00', '00:00'],
  [/(?<=^|\s|늘|젯|일)밤(?=[\s.,!?]|$|에|까지|늦)/g, 'TNI', '20:00:00', '20:00'],
];
const anyTime = /시|:|아침|오전|오후|점심|정오|낮|저녁|밤|새벽|자정/;

/**
 * Times of day in Korean or in figures, in order: 오후 3시 반, 열두 시 십오 분, 15:30, 아침. An hour from 1 to 6
 * without its half of the day is most likely one of the afternoon; a part of the day stands for a usual hour of it.
 */
export function findClockTimes(text: string): FoundTime[] {
  if (!anyTime.test(text)) return [];
  const found: FoundTime[] = [];
  for (const pattern of [spoken, figures]) {
    for (const { 0: run, groups = {}, index } of text.matchAll(pattern)) {
      const time = timeOf(groups);
      if (time !== undefined)
        found.push({ ...time, start: index, end: index + run.trimEnd().length, isPart: false });
    }
  }
  for (const [words, timex, from, likely] of parts) {
    for (const { 0: run, index } of text.matchAll(words)) {
      const end = index + run.length;
      if (found.some((other) => other.start < end && index < other.end)) continue;
      const exact = /\d/.test(timex);
      const tail = exact ? (/^쯤/.exec(text.slice(end))?.[0] ?? '') : '';
      found.push({ timex, candidates: [from], likely, start: index, end: end + tail.length, isPart: !exact });
    }
  }
  return found.sort((one, other) => one.start - other.start);
}

function timeOf(
  groups: Readonly<Record<string, string | undefined>>,
): Pick<FoundTime, 'timex' | 'candidates' | 'likely'> | undefined {
  const said = readNumeral(groups.hour ?? '') ?? readNative(groups.hour ?? '');
  const minutes = groups.thirty === undefined ? readNumeral(groups.minute ?? '') : 30;
  const seconds = groups.second ?? groups.secondOnly;
  if (said === undefined || said > 24 || (minutes ?? 0) > 59) return undefined;
  const hours = hourOf(said, groups.half?.replace(/\s/g, ''));
  const rest = `:${pad(minutes ?? 0)}:${pad(Number(seconds ?? 0))}`;
  const shown = seconds !== undefined ? rest : minutes !== undefined ? `:${pad(minutes)}` : '';
  if (groups.half !== undefined || hours > 12 || hours === 0) {
    return {
      timex: `T${pad(hours)}${shown}`,
      candidates: [`${pad(hours)}${rest}`],
      likely: `${pad(hours)}${rest.slice(0, 3)}`,
    };
  }
  const afternoon = hours === 12 ? 12 : hours + 12;
  const morning = hours === 12 ? 0 : hours;
  const likely = hours <= 6 || hours === 12 ? afternoon : morning;
  return {
    timex: `T${pad(hours)}${shown}`,
    candidates: [`${pad(morning)}${rest}`, `${pad(afternoon)}${rest}`],
    likely: `${pad(likely)}${rest.slice(0, 3)}`,
  };
}

/** The hour of 24: 밤 12시 is midnight, 밤 1시 one in the morning, 점심 11시 before noon. */
function hourOf(said: number, half: string | undefined): number {
  if (said >= 13) return said === 24 ? 0 : said;
  switch (half?.toLowerCase()) {
    case undefined:
      return said;
    case '오전':
    case '아침':
    case '이른아침':
    case '새벽':
    case '자정':
    case 'am':
      return said === 12 ? 0 : said;
    case '밤':
    case '한밤':
    case '한밤중':
      return said === 12 ? 0 : said >= 5 ? said + 12 : said;
    case '낮':
    case '점심':
    case '대낮':
    case '한낮':
    case '정오':
      return said === 12 || said >= 10 ? said : said + 12;
    default:
      return said === 12 ? 12 : said + 12;
  }
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
