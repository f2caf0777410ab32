import type { IModel } from '@microsoft/recognizers-text';
import { NumberRecognizer } from '@microsoft/recognizers-text-number';
import type { Entity } from '../intent';
import { halfWidth, maxEntityText } from './digitText';
import { KoreanNumberModel } from './koreanNumber';

const korean = 'ko-kr';
const english = 'en-us';

const recognizer = new NumberRecognizer(korean);
recognizer.registerModel('NumberModel', korean, () => new KoreanNumberModel());

const hangul = /[가-힣]/;
const englishMultiples = /hundred|thousand|million/i;
const mentionsWon = /원|\bwon\b(?!['’])|krw|₩|만|천/i;
const wonAfter = /^\s?(?:원|won\b|krw\b)/i;
const wonBefore = /(?:krw|₩|￦)\s?$/i;
/** "3만5천" is money on its own, unless it counts something. */
const roundUnits = /[만천]/;
const countsSomething = /^\s?(?:명|개|건|번|회|장|시|분|일|월|년|점|포인트|[%퍼프]|보|세대|기가|메가)/;

/**
 * Won amounts in the first 200 characters: 35,000원, 3만5천원, 삼만오천원, ₩35,000, KRW 35,000, 35000 won.
 * The package's currency model is not asked: it reads `KRW 35,000` as 350 and is slow on long text.
 */
export function findAmounts(text: string): Entity[] {
  const read = halfWidth(text.slice(0, maxEntityText));
  if (!mentionsWon.test(read)) return [];
  return modelFor(read)
    .parse(read)
    .flatMap(({ start, end: last, resolution }): Entity[] => {
      const value = Number(resolution.value);
      if (!Number.isSafeInteger(value) || value < 0) return [];
      const end = last + 1;
      const after = wonAfter.exec(read.slice(end))?.[0] ?? '';
      const before = wonBefore.exec(read.slice(0, start))?.[0] ?? '';
      const round = roundUnits.test(read.slice(start, end)) && !countsSomething.test(read.slice(end));
      if (after === '' && before === '' && !round) return [];
      const from = start - before.length;
      const to = end + after.length;
      return [{ type: 'amount', text: text.slice(from, to), start: from, end: to, value }];
    });
}

/** English words for numbers (thirty five thousand) are the package's own; figures and Korean are ours. */
function modelFor(text: string): IModel {
  const inEnglishWords = !hangul.test(text) && (!/\d/.test(text) || englishMultiples.test(text));
  return inEnglishWords
    ? recognizer.getNumberModel(english, false)
    : recognizer.getNumberModel(korean, false);
}
