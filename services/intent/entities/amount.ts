import type { IModel, ModelResult } from '@microsoft/recognizers-text';
import { NumberRecognizer } from '@microsoft/recognizers-text-number';
import { NumberWithUnitRecognizer } from '@microsoft/recognizers-text-number-with-unit';
import type { Entity } from '../intent';
import { halfWidth, maxEntityText } from './digitText';
import { KoreanNumberModel } from './koreanNumber';

const korean = 'ko-kr';
const english = 'en-us';

const hangul = /[가-힣]/;
const englishMultiples = /hundred|thousand|million/i;
const mentionsWon = /원|\bwon\b(?!['’])|krw|₩|￦|만|천/i;
const wonAfter = /^\s?(?:원|won\b|krw\b)/i;
const wonBefore = /(?:krw|₩|￦)\s?$/i;
/** "3만5천" is money on its own, unless it counts something. */
const roundUnits = /[만천]/;
const countsSomething =
  /^\s?(?:명|개|건|번|회|장|시|분|일|월|년|점|포인트|[%퍼프]|보|세대|기가|메가|(?:[가-힣]{2,4}\s)?(?:달러|엔|유로|위안|파운드|프랑|마르카|휠던|페세타|센트|킵|루피|라리|콜론|페니|펜스)|usd|eur|jpy|\$)/i;

/** Won as recognizers-text knows currencies. The number before or behind it is read by the number models. */
class KoreanWonModel implements IModel {
  readonly modelTypeName = 'currency';

  constructor(private readonly numbers: (text: string) => IModel) {}

  parse(query: string): ModelResult[] {
    const read = halfWidth(query);
    if (!mentionsWon.test(read)) return [];
    return this.numbers(read)
      .parse(read)
      .flatMap(({ start, end: last, resolution }): ModelResult[] => {
        const end = last + 1;
        const after = wonAfter.exec(read.slice(end))?.[0] ?? '';
        const before = wonBefore.exec(read.slice(0, start))?.[0] ?? '';
        const round = roundUnits.test(read.slice(start, end)) && !countsSomething.test(read.slice(end));
        if (after === '' && before === '' && !round) return [];
        const from = start - before.length;
        const to = end + after.length;
        return [
          {
            text: query.slice(from, to),
            start: from,
            end: to - 1,
            typeName: this.modelTypeName,
            resolution: { value: String(resolution.value), unit: 'South Korean won', isoCurrency: 'KRW' },
          },
        ];
      });
  }
}

const numbers = new NumberRecognizer(korean);
numbers.registerModel('NumberModel', korean, () => new KoreanNumberModel());
const currencies = new NumberWithUnitRecognizer(korean);
currencies.registerModel('CurrencyModel', korean, () => new KoreanWonModel(numberModelFor));

/**
 * Won amounts in the first 200 characters: 35,000원, 3만5천원, 삼만오천원, ₩35,000, KRW 35,000, 35000 won.
 * The package's own currency model is not asked: it reads `KRW 35,000` as 350 and is slow on long text.
 */
export function findAmounts(text: string): Entity[] {
  return currencies
    .getCurrencyModel(korean, false)
    .parse(text.slice(0, maxEntityText))
    .flatMap(({ text: found, start, end, resolution }): Entity[] => {
      const value = Number(resolution.value);
      if (!Number.isSafeInteger(value) || value < 0) return [];
      return [{ type: 'amount', text: found, start, end: end + 1, value }];
    });
}

/** The numbers of a text, by the Korean model; words of an English text (thirty five thousand) by the package's. */
export function findNumbers(text: string): ModelResult[] {
  const read = halfWidth(text.slice(0, maxEntityText));
  return numberModelFor(read).parse(read);
}

function numberModelFor(text: string): IModel {
  const inEnglishWords = !hangul.test(text) && (!/\d/.test(text) || englishMultiples.test(text));
  return inEnglishWords ? numbers.getNumberModel(english, false) : numbers.getNumberModel(korean, false);
}
