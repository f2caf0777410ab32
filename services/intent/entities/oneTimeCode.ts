import type { Entity } from '../intent';
import { halfWidth, maxEntityText } from './digitText';
import { readOutDigits } from './readOutDigits';

/** Six digits, or eight; nothing else is a code. */
const wholeCode = /^(?:\d{6}|\d{8})$/;
const introduction =
  /^(?:네|넵|예)?[\s,.]*(?:제|그|the|my)?\s*(?:인증\s*번호|인증\s*코드|확인\s*코드|코드|번호|verification code|code|otp)?\s*(?:은|는|가|is)?[\s:=]*/i;
/** How Koreans end a read-out number, shortest first, because 이 is also a digit. */
const endings = [
  '',
  '요',
  '이요',
  '이에요',
  '에요',
  '예요',
  '이예요',
  '입니다',
  '임',
  '임다',
  '이야',
  '야',
  '이고요',
  '다',
  '이다',
];
/** Six or eight digits on their own inside a sentence; not a part of a longer number or an amount. */
const insideSentence = /(?<![\d,.-]|\d\s)(?:\d{6}|\d{8})(?![\d,-]|\.\d|\s?\d|\s?(?:원|won|krw))/gi;

/**
 * The one-time code in a message that holds nothing else: `123456`, `123-456`, `１２３４５６`, `공일이삼사오요`,
 * `하나 둘 셋 넷 다섯 여섯`, `one two three four five six`, `인증번호는 123456입니다`. Undefined for anything that is
 * not exactly six or eight digits.
 */
export function parseOneTimeCode(text: string): string | undefined {
  if (text.length > maxEntityText) return undefined;
  const message = halfWidth(text.normalize('NFC'))
    .trim()
    .replace(/[.!~\s]+$/, '')
    .replace(introduction, '');
  for (const ending of endings) {
    if (!message.endsWith(ending)) continue;
    const body = message.slice(0, message.length - ending.length);
    const digits = readOutDigits(body);
    if (digits !== undefined && wholeCode.test(digits)) return digits;
  }
  return undefined;
}

/** The message's one-time code, or codes standing alone in a sentence, in the first 200 characters. */
export function findOneTimeCodes(text: string): Entity[] {
  const read = text.slice(0, maxEntityText);
  const whole = parseOneTimeCode(read);
  if (whole !== undefined) {
    const start = read.length - read.trimStart().length;
    return [{ type: 'code', text: read.trim(), start, end: read.trimEnd().length, value: whole }];
  }
  return [...halfWidth(read).matchAll(insideSentence)].map(({ 0: value, index }) => ({
    type: 'code',
    text: read.slice(index, index + value.length),
    start: index,
    end: index + value.length,
    value,
  }));
}
