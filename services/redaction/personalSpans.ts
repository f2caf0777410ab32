import { readOutSpans } from '../intent/entities/readOutDigits';
import { residentNumberSpans } from './residentNumber';
import type { TextSpan } from './textSpan';

export type DetectorName =
  | 'token'
  | 'email'
  | 'residentNumber'
  | 'phoneNumber'
  | 'accountNumber'
  | 'oneTimeCode';

export interface PersonalSpan extends TextSpan {
  readonly detector: DetectorName;
}

interface Detector {
  readonly name: DetectorName;
  find(text: string): Iterable<TextSpan>;
}

/** Digits that are no number of a person: our own masks, ids, days, and the call centre's public number. */
const impersonal = [
  String.raw`(?<!\d)\d{2,3}-\*{4}-\d{4}(?!\d)`,
  String.raw`\*{4}\d{4}(?!\d)`,
  // A UUID needs a letter, so that nobody's digits pass as one.
  String.raw`(?<![\w-])(?=[\d-]{0,35}[a-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w-])`,
  String.raw`(?<!\d)\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?(?!\d)`,
  String.raw`(?<!\d)(?:19|20)\d{2}([-./ ]) ?(?:0?[1-9]|1[0-2])\1 ?(?:0?[1-9]|[12]\d|3[01])(?!\d)`,
  String.raw`(?<!\d)(?:19|20)\d{2}[-./](?:0[1-9]|1[0-2])(?![\d-])`,
  String.raw`(?<!\d)1588[- ]?0010(?!\d)`,
];
/**
 * What stands before won or has thousands commas, and decimals. No amount starts with a zero. Six or eight bare digits
 * before won are taken for a code: people who are asked for one do write "482915원".
 */
const amounts = [
  String.raw`(?<![\d,])[1-9]\d{0,2}(?:,\d{3}){1,5}(?![\d,])`,
  String.raw`(?<![\d,])(?<!\d[ -])(?!(?:\d{6}|\d{8})(?!\d))[1-9]\d{0,8}(?= ?(?:원|won\b|krw\b))`,
  String.raw`(?<![\d.])(?:0|[1-9]\d{0,2})\.\d{1,17}(?![\d.])`,
];
const impersonalPart = new RegExp(impersonal.join('|'), 'gi');
const impersonalOrAmount = new RegExp([...impersonal, ...amounts].join('|'), 'gi');

/** A SHA-256 in hex, such as the audit log's heads: digits in it are nobody's. It needs a letter. */
const digest = /(?<![\w-])(?=\d{0,63}[a-f])[0-9a-f]{64}(?![\w-])/g;
/** Connecting information (연계정보, CI): 88 characters that name one person everywhere (identity notes §5). */
const connectingInformation = '(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{86}==';

const token = new RegExp(
  [
    // A JWT has three parts; an encrypted one has five, of which the second may be empty.
    String.raw`(?<![\w-])eyJ[\w-]{5,}\.(?:[\w-]+|(?=\.))(?:\.[\w-]*){0,3}`,
    String.raw`(?<=\bBearer\s{1,4})[A-Za-z0-9._~+/=-]{8,}`,
    connectingInformation,
  ].join('|'),
  'gi',
);
const email = /(?<![\w.%+-])[\w.%+-]+@(?:[A-Za-z0-9-]+\.)+(?:[A-Za-z]{2,24}|한국)/g;
const phoneNumber =
  /(?<![\dA-Za-z])(?:(?:\+|00)?82[ .-]{0,2}(?:\(0\) ?|0)?|\(?0)(?:1[016789]|70|50\d|80|2|[3-6][1-5])\)?[ ./_~,-]{0,3}\d{3,4}[ ./_~,-]{0,3}\d{4}(?!\d)/g;
const accountNumber = /(?<!\d)\d{4}(?:[ ./_,-]{1,2}\d{4}){3}(?!\d)|(?<!\d)\d(?:[ -]{0,2}\d){9,}/g;
const digitChain = /\d(?:[ -]{0,2}\d)*/g;

/** Nothing personal is shorter, "a@b.kr" and six digits. Skipping crumbs early halves the time of a long list. */
const shortest = 6;

/** In order: what an earlier detector took, a later one does not see. */
const detectors: readonly Detector[] = [
  { name: 'token', find: (text) => matches(text, token) },
  { name: 'email', find: (text) => matches(text, email) },
  { name: 'residentNumber', find: residentNumberSpans },
  {
    name: 'phoneNumber',
    find: (text) => besides(text, impersonalPart, (part) => matches(part, phoneNumber)),
  },
  {
    name: 'accountNumber',
    find: (text) => besides(text, impersonalOrAmount, (part) => matches(part, accountNumber)),
  },
  { name: 'oneTimeCode', find: (text) => besides(text, impersonalOrAmount, codeSpans) },
  { name: 'oneTimeCode', find: readOutSpans },
];

/**
 * Everything personal in a text, in the order in which it stands there. Linear time.
 * @param text folded by `digitText`
 */
export function personalSpans(text: string): PersonalSpan[] {
  const found: PersonalSpan[] = [];
  let free = between({ start: 0, end: text.length }, matches(text, digest));
  for (const { name, find } of detectors) {
    free = free.flatMap(({ start, end }) => {
      // Stryker disable next-line ConditionalExpression,ArithmeticOperator: it only saves time
      if (end - start < shortest) return [];
      const part = text.slice(start, end);
      const spans = [...find(part)].map((span) => ({ start: start + span.start, end: start + span.end }));
      for (const span of spans) found.push({ ...span, detector: name });
      return between({ start, end }, spans);
    });
  }
  return found.sort((a, b) => a.start - b.start);
}

function matches(text: string, pattern: RegExp): TextSpan[] {
  const spans: TextSpan[] = [];
  for (const { 0: match, index } of text.matchAll(pattern))
    spans.push({ start: index, end: index + match.length });
  return spans;
}

/** Looks only at what lies between the parts that are left alone. */
function besides(text: string, left: RegExp, find: (part: string) => Iterable<TextSpan>): TextSpan[] {
  const found: TextSpan[] = [];
  for (const { start, end } of between({ start: 0, end: text.length }, matches(text, left))) {
    // Stryker disable next-line ConditionalExpression,ArithmeticOperator: it only saves time
    if (end - start < shortest) continue;
    for (const span of find(text.slice(start, end))) {
      found.push({ start: start + span.start, end: start + span.end });
    }
  }
  return found;
}

/** What is left besides `taken`; parts may be empty. */
function between(whole: TextSpan, taken: readonly TextSpan[]): TextSpan[] {
  const rest: TextSpan[] = [];
  let start = whole.start;
  for (const span of taken) {
    rest.push({ start, end: span.start });
    start = span.end;
  }
  rest.push({ start, end: whole.end });
  return rest;
}

/**
 * Six to eight digits, in one piece or with gaps: codes, birth dates, and the second half of a resident number whose
 * first half came in another message. Digits inside a name, such as "id7f123456a", are none.
 */
function* codeSpans(text: string): Generator<TextSpan> {
  for (const { 0: chain, index } of text.matchAll(digitChain)) {
    const whole = { start: index, end: index + chain.length };
    const candidates = isCodeLength(chain.replace(/\D/g, '').length)
      ? [whole]
      : matches(chain, /\d+/g)
          .filter(({ start, end }) => isCodeLength(end - start))
          .map(({ start, end }) => ({ start: index + start, end: index + end }));
    yield* candidates.filter((span) => standsAlone(text, span));
  }
}

function isCodeLength(digits: number): boolean {
  return digits >= 6 && digits <= 8;
}

function standsAlone(text: string, { start, end }: TextSpan): boolean {
  if (/^(?!won\b|krw\b)[A-Za-z_]/i.test(text.slice(end, end + 4))) return false;
  const before = text.slice(Math.max(0, start - 4), start);
  return !/[A-Za-z_]$/.test(before) || /(?:otp|code|pin|no|sms|pw)$/i.test(before);
}
