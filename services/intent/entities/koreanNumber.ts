import type { IModel, ModelResult } from '@microsoft/recognizers-text';
import { halfWidth } from './digitText';

const figures: ReadonlyMap<string, number> = new Map(
  [...'영일이삼사오육칠팔구'].map((syllable, value): [string, number] => [syllable, value]),
);
const smallUnits: ReadonlyMap<string, number> = new Map([
  ['천', 1_000],
  ['백', 100],
  ['십', 10],
]);
const bigUnits: ReadonlyMap<string, number> = new Map([
  ['억', 100_000_000],
  ['만', 10_000],
]);

/** A run of figures and Korean numerals; spaces may stand after 억, 만 and 천. */
const numeral =
  /(?:\d[\d,]*(?:\.\d+)?|[일이삼사오육칠팔구십백천만억])(?:\d[\d,]*(?:\.\d+)?|[일이삼사오육칠팔구십백천만억]|(?<=[억만천])\s(?=[\d일이삼사오육칠팔구십백천]))*/g;
const hasFigure = /\d/;
const hasUnit = /[십백천만억]/;
/** After a numeral in words, these say that it is a number and not the start of a word. */
const counted = /^\s?(?:원|건|개|번|명|회|장|일|월|년|시|분|퍼센트|프로|정도|쯤|[^가-힣]|$)/;
/** Numerals that are also everyday words: 이만 ("now"), 오만, 만사, 천만에. */
const everyday = new Set(['이만', '오만', '천만', '백만']);

export interface FoundNumber {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly value: number;
  /** True when a Korean unit (만, 천 …) takes part. */
  readonly inUnits: boolean;
}

/** Numbers written in figures (35,000), in words (삼만오천) or both (3만5천). Indices into the text as given. */
export function findKoreanNumbers(text: string): FoundNumber[] {
  const read = halfWidth(text);
  const found: FoundNumber[] = [];
  for (const match of read.matchAll(numeral)) {
    const run = match[0].replace(/,+$/, '');
    const end = match.index + run.length;
    const value = numberIn(run);
    if (value === undefined || !plausible(run, read.slice(end))) continue;
    found.push({ start: match.index, end, value, inUnits: hasUnit.test(run) });
  }
  return found;
}

function plausible(run: string, after: string): boolean {
  if (hasFigure.test(run)) return true;
  if (/^\s?원/.test(after)) return hasUnit.test(run);
  return run.length > 1 && hasUnit.test(run) && counted.test(after) && !everyday.has(run);
}

/** `3만5천` → 35000; undefined when the parts do not make one number. */
function numberIn(run: string): number | undefined {
  const parts = run.replaceAll(/[\s,]/g, '').match(/\d+(?:\.\d+)?|[^\d.]/g) ?? [];
  let total = 0;
  let section = 0;
  let figure: number | undefined;
  let lastBig = Number.POSITIVE_INFINITY;
  let lastSmall = Number.POSITIVE_INFINITY;
  for (const part of parts) {
    const small = smallUnits.get(part);
    const big = bigUnits.get(part);
    if (small !== undefined) {
      if (small >= lastSmall) return undefined;
      section += (figure ?? 1) * small;
      lastSmall = small;
      figure = undefined;
    } else if (big !== undefined) {
      if (big >= lastBig) return undefined;
      const before = section + (figure ?? 0);
      total += (before === 0 ? 1 : before) * big;
      lastBig = big;
      lastSmall = Number.POSITIVE_INFINITY;
      section = 0;
      figure = undefined;
    } else {
      if (figure !== undefined) return undefined;
      figure = figures.get(part) ?? Number(part);
    }
  }
  const value = Math.round((total + section + (figure ?? 0)) * 1_000) / 1_000;
  return value <= Number.MAX_SAFE_INTEGER ? value : undefined;
}

/** Korean numbers as recognizers-text knows models: `end` inclusive, `value` a string. */
export class KoreanNumberModel implements IModel {
  readonly modelTypeName = 'number';

  parse(query: string): ModelResult[] {
    return findKoreanNumbers(query).map(({ start, end, value }) => ({
      text: query.slice(start, end),
      start,
      end: end - 1,
      typeName: this.modelTypeName,
      resolution: { value: String(value) },
    }));
  }
}
