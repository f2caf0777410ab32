import { digitText } from './digitText';
import { erasedResidentNumber } from './residentNumber';

/** Words between the two halves, as people say them. */
const between = String.raw`(?:다시|대시|하이픈|빼기|뒷\s?자리|뒤)(?:는|가|에)?`;
const endsHidden = new RegExp(String.raw`\*{6}[\s\-.,:]{0,4}(?:${between})?[\s:]{0,2}$`);
/** Seven digits, the first from 1 to 8, that are no amount. */
const startsWithHalf = new RegExp(
  String.raw`^[\s\-.,:]{0,4}(?:${between})?[\s:\-]{0,3}([1-8](?:[ .-]{0,2}\d){6})(?!\d|,\d|\s?(?:원|won\b|krw\b))`,
  'i',
);

/**
 * Whether the first half of a resident registration number may have stood at the end of a message. Looks at the
 * message as `redact` left it for the log: six digits are hidden there like any code, so that nothing personal has to
 * be remembered from one message to the next.
 */
export function mayEndWithFirstHalf(redacted: string): boolean {
  return endsHidden.test(redacted);
}

/**
 * Erases the second half of a resident registration number from the start of a message. Only where the message before
 * `mayEndWithFirstHalf`: seven digits alone are too little to tell.
 */
export function eraseSecondHalf(text: string): { readonly text: string; readonly erased: boolean } {
  const folded = digitText(text);
  const found = startsWithHalf.exec(folded.text);
  if (found === null) return { text, erased: false };
  const [{ length }, half] = found;
  const { start, end } = folded.originOf(length - String(half).length, length);
  return { text: text.slice(0, start) + erasedResidentNumber + text.slice(end), erased: true };
}
