import type { JsonValue } from '../turn/turnStore';
import { type DigitText, digitText } from './digitText';
import { isEverydayText } from './everydayText';
import { maskPhoneNumber } from './maskPhoneNumber';
import { namesOfMachines } from './namesOfMachines';
import { type DetectorName, type PersonalSpan, personalSpans } from './personalSpans';
import { erasedResidentNumber, residentNumberSpans } from './residentNumber';
import { besides } from './textSpan';

const masks: Readonly<Record<DetectorName, (found: string) => string>> = {
  token: () => '[token]',
  email: () => '***@***',
  residentNumber: () => erasedResidentNumber,
  phoneNumber: maskPhoneNumber,
  accountNumber: (found) => `****${found.replace(/\D/g, '').slice(-4)}`,
  oneTimeCode: () => '******',
};

const deepest = 32;
/** Two rounds suffice for all that is known; a mask must never make its neighbour look personal for ever. */
const mostRounds = 6;

/**
 * Replaces resident registration numbers before anything is stored (PIPA art. 24-2). The rest of the text
 * stays as it was.
 */
export function eraseResidentNumbers(text: string): { readonly text: string; readonly erased: boolean } {
  const spansOf = (folded: string) =>
    besides(folded, namesOfMachines, residentNumberSpans).map((span) => ({
      ...span,
      detector: 'residentNumber' as const,
    }));
  const cleaned = untilNothingIsLeft(text, spansOf);
  return { text: cleaned, erased: cleaned !== text };
}

/**
 * For logs and the activity log: hides resident numbers, phone numbers, one-time codes, card and account
 * numbers, e-mail addresses and tokens. Amounts, dates and the call centre's numbers stay. Redacting twice
 * changes nothing more.
 */
export function redact(text: string): string {
  return untilNothingIsLeft(text, personalSpans);
}

/** `redact` for every key and string in a JSON value; numbers and shape stay. Deeper than 32 levels is cut off. */
export function redactJson(value: JsonValue): JsonValue {
  return redactLevel(value, deepest);
}

/** What kinds of personal data a text holds, for scanners. Finds nothing in what `redact` returns. */
export function detectPersonal(text: string): DetectorName[] {
  return [...new Set(personalSpans(digitText(text).text).map(({ detector }) => detector))];
}

function redactLevel(value: JsonValue, levels: number): JsonValue {
  if (typeof value === 'string') return redact(value);
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return '[…]';
  if (isList(value)) return value.map((item) => redactLevel(item, levels - 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [redact(key), redactLevel(item, levels - 1)]),
  );
}

/** `Array.isArray` alone does not narrow a read-only array. */
function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function untilNothingIsLeft(original: string, spansOf: (folded: string) => readonly PersonalSpan[]): string {
  // Stryker disable next-line ConditionalExpression: it only saves time
  if (isEverydayText(original)) return original;
  let text = original;
  for (let round = 0; round < mostRounds; round += 1) {
    const folded = digitText(text);
    const spans = spansOf(folded.text);
    if (spans.length === 0) break;
    text = replaced(text, folded, spans);
  }
  return text;
}

function replaced(text: string, folded: DigitText, spans: readonly PersonalSpan[]): string {
  const parts: string[] = [];
  let position = 0;
  for (const { start, end, detector } of spans) {
    const origin = folded.originOf(start, end);
    parts.push(text.slice(position, origin.start), masks[detector](folded.text.slice(start, end)));
    position = origin.end;
  }
  parts.push(text.slice(position));
  return parts.join('');
}
