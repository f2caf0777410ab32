import { findDateTimeEntities } from '../intent/entities/dateTime';
import { readWish, spelledOut, type Wish } from './readWish';

/** Why a second moment of a sentence cannot be used. */
export const unclearReasons = ['when', 'past', 'tooOften', 'tooEarly', 'noSuchDay', 'whichDay'] as const;
export type Unclear = (typeof unclearReasons)[number];

/** What one message asks to be reminded of. */
export interface Wishes {
  /** At least one; of several each has a plan. */
  readonly wishes: readonly [Wish, ...Wish[]];
  /** The sentence names another moment besides, which cannot be used: it has to be asked for. */
  readonly unclear?: Unclear;
}

/** Nobody means more at once; what comes after that is said to be unclear, and not set without a word. */
const mostWishes = 4;

/** Between two wishes: "이틀 전이랑 당일에", "전날하고 반영되면", "알려주고", "5일, 10일", "and". */
const between =
  /(?<=[가-힣\d\s)])(?:이랑|랑|하고(?:\s?나서)?)(?=[\s,]|[가-힣\d])|(?<=[날전일주달시분침심녁후밤낮때\d)])\s?(?:과|와|및)(?=[\s,])|도(?=\s\S{1,8}도(?:\s|$))|(?<=(?:알려|말해|연락해|이야기해|얘기해)\s?)(?:주(?:시)?고|주?셨다가)|\s*[,，+&/·]\s*(?=\D|\d{1,2}\s?[일월시:])|(?<=\d\s?일)\s+(?=\d{1,2}\s?일)|(?<=\d\s?시(?:\s?반)?)\s+(?=\d{1,2}\s?시)|\s(?:그리고|또한?|및|한\s?번\s?더)(?=[\s,])|\b(?:and|plus|also)\b/gi;

/** Says a moment of some kind, whether or not it can be used. */
const namesWhen =
  /(?:전|뒤|후|날|때|일|면|마다|매달|매월|매주|매일|당일|직전|아침|저녁|점심|오전|오후|밤|새벽)(?:에|에도|도|쯤|엔|에는)?(?=\s|$|알|말|연|문|톡)|\d\s?(?:일|시|월)|\b(?:when|before|after|on|at|once|every|if|tomorrow|tonight|morning|evening)\b/i;

/**
 * Reads a message that may name several moments. It holds several wishes only when each part, with what the part
 * before it said, is a wish of its own: "확인하고 알려줘" is one.
 * @param nowMs epoch ms
 */
export function readWishes(message: string, nowMs: number): Wishes {
  const text = spelledOut(message);
  const whole = readWish(text, nowMs);
  const parts = partsOf(text);
  if (parts.length < 2) return { wishes: [whole] };
  const read = readParts(parts, nowMs);
  const plans = distinct(read.flatMap((wish) => (wish?.status === 'plan' ? [wish] : [])));
  const [first, ...others] = plans.slice(0, mostWishes);
  if (first === undefined) return { wishes: [whole] };
  const unclear = plans.length > mostWishes ? 'when' : unclearIn(read);
  if (unclear === undefined && others.length === 0)
    return { wishes: [whole.status === 'plan' ? whole : first] };
  return { wishes: [first, ...others], ...(unclear === undefined ? {} : { unclear }) };
}

type Planned = Extract<Wish, { status: 'plan' }>;

function unclearIn(read: readonly (Wish | undefined)[]): Unclear | undefined {
  for (const wish of read) {
    if (wish === undefined || wish.status === 'plan') continue;
    return wish.status === 'when' && wish.past ? 'past' : wish.status;
  }
  return undefined;
}

function partsOf(text: string): string[] {
  return text
    .split(between)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** @returns one for each part; undefined for a part that names no moment at all */
function readParts(parts: readonly string[], nowMs: number): (Wish | undefined)[] {
  const frame = frameOf(parts, nowMs);
  return parts.map((part, index) => {
    if (!namesWhen.test(part) && !hasMoment(part, nowMs)) return undefined;
    const framed = frame(part, index);
    return readWish(framed, nowMs);
  });
}

function hasMoment(text: string, nowMs: number): boolean {
  return findDateTimeEntities(text, nowMs).some(({ type }) => type === 'date' || type === 'time');
}

const dueName = /납부|납기|마감|기한|결제일|출금일|요금\s?(?:내|낼)|\bdue\b|\bdeadline\b/i;
const ofDueDate =
  /^(?:그\s?)?(?:당일|전\s?날|(?:하루|이틀|사흘|나흘|닷새|엿새|열흘|일주일|[한두]\s?주|\d{1,2}\s?(?:일|주)?|[일이삼사오육칠십]\s?일)\s?(?:쯤\s?)?전|직전|그날|지나|넘)/;
const everyMonth = /매달|매월|다달이|\bevery month\b|\beach month\b|\bmonthly\b/i;
const monthName = /(?:\d{1,2}\s?월|(?:다음|이번|담|다담)\s?달)(?=\s?\d)/;
const dayAlone = /^\d{1,2}\s?일/;
const settledName = /결제|납부|입금|송금|이체|낸\s?(?:거|것|돈|요금)/;

/** What one part says for the parts after it, or before it where only the last one says it: the due date, the month, the time. */
function frameOf(parts: readonly string[], nowMs: number): (part: string, index: number) => string {
  const namesDue = parts.some((part) => dueName.test(part) || /당일/.test(part));
  const months = parts.map((part) => monthName.exec(part)?.[0]);
  const everyMonths = parts.map((part) => everyMonth.exec(part)?.[0]);
  const isKorean = parts.some((part) => /[가-힣]/.test(part));
  const times = parts.map(
    (part) => wordsOf(part, 'time', nowMs) ?? /\b(?:morning|evening)\b/i.exec(part)?.[0],
  );
  const dates = parts.map((part) => wordsOf(part, 'date', nowMs));
  const lastTime = times.at(-1);
  const onlyLastTime = lastTime !== undefined && times.filter((time) => time !== undefined).length === 1;
  return (part, index) => {
    let framed = part;
    const month = months.slice(0, index).findLast((found) => found !== undefined);
    // "매달 5일이랑 20일" says it first, "on the 5th and the 20th of each month" last.
    const monthly = everyMonths
      .slice(0, isKorean ? index : parts.length)
      .findLast((found) => found !== undefined);
    if (namesDue && !dueName.test(part) && ofDueDate.test(part)) framed = `납부일 ${part}`;
    else if (namesDue && /^(?:on|at)? ?the (?:day|due day)$/i.test(part)) framed = 'on the due date';
    else if (
      monthly !== undefined &&
      !everyMonth.test(part) &&
      /^\d{1,2}\s?일|^말일|\b\d{1,2}(?:st|nd|rd|th)\b/.test(part)
    )
      framed = `${monthly} ${part}`;
    else if (month !== undefined && dayAlone.test(part)) framed = `${month} ${part}`;
    else if (/^반영|^처리/.test(part) && !settledName.test(part)) framed = `결제 ${part}`;
    else if (isTimeAlone(part, times[index], dates[index])) {
      const day = dates.slice(0, index).findLast((date) => date !== undefined);
      if (day !== undefined) framed = `${day} ${part}`;
    }
    if (onlyLastTime && times[index] === undefined) framed = `${framed} ${lastTime}`;
    // The verb stands at the end of a Korean sentence and at the beginning of an English one.
    return /[가-힣]/.test(framed) && !/알려|말해|연락|알림/.test(framed) ? `${framed} 알려줘` : framed;
  };
}

/** "내일 아침이랑 저녁에": the evening of the same day. */
function isTimeAlone(part: string, time: string | undefined, date: string | undefined): boolean {
  return time !== undefined && date === undefined && !dueName.test(part) && !everyMonth.test(part);
}

function wordsOf(part: string, type: 'date' | 'time', nowMs: number): string | undefined {
  return findDateTimeEntities(part, nowMs).find((found) => found.type === type)?.text;
}

function distinct(wishes: readonly Planned[]): Planned[] {
  const core = ({ plan }: Planned) => JSON.stringify({ ...plan, untilMs: undefined });
  return wishes.filter((wish, at) => wishes.findIndex((other) => core(other) === core(wish)) === at);
}
