import { readOutSpans } from '../intent/entities/readOutDigits';
import { namesOfMachines } from './namesOfMachines';
import { residentNumberSpans } from './residentNumber';
import { besides, between, matches, moved, shortest, type TextSpan } from './textSpan';

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
  /** Without a name: what it finds is nobody's. */
  readonly name: DetectorName | undefined;
  find(text: string): Iterable<TextSpan>;
}

/** Digits that are no number of a person: our own masks, ids, days, and the call centre's public number. */
const impersonal = [
  String.raw`(?<!\d)\d{2,3}-\*{4}-\d{4}(?!\d)`,
  String.raw`\*{4}\d{4}(?!\d)`,
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

/** In order: what an earlier detector took, a later one does not see. */
const detectors: readonly Detector[] = [
  // A token and an address may look like a machine's name, and are personal all the same.
  { name: 'token', find: (text) => matches(text, token) },
  { name: 'email', find: (text) => matches(text, email) },
  { name: undefined, find: (text) => matches(text, namesOfMachines) },
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
  let free: readonly TextSpan[] = [{ start: 0, end: text.length }];
  for (const { name, find } of detectors) {
    free = free.flatMap((part) => {
      // Stryker disable next-line ConditionalExpression,ArithmeticOperator: it only saves time
      if (part.end - part.start < shortest) return [];
      const spans = [...find(text.slice(part.start, part.end))].map((span) => moved(span, part.start));
      if (name !== undefined) for (const span of spans) found.push({ ...span, detector: name });
      return between(part, spans);
    });
  }
  return found.sort((a, b) => a.start - b.start);
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
          .map((span) => moved(span, index));
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
