import type { IModel, ModelResult } from '@microsoft/recognizers-text';
import { halfWidth } from './digitText';
import { findNativeNumerals } from './nativeNumeral';

const figures: ReadonlyMap<string, number> = new Map(
  [...'영일이삼사오육칠팔구'].map((syllable, value): [string, number] => [syllable, value]),
);
const smallUnits: ReadonlyMap<string, number> = new Map([
  ['천', 1_000],
  ['백', 100],
  ['십', 10],
]);
const bigUnits: ReadonlyMap<string, number> = new Map([
  ['조', 1_000_000_000_000],
  ['억', 100_000_000],
  ['만', 10_000],
]);

/** A run of figures and Korean numerals; spaces may stand after 조, 억, 만, 천 and 백. */
const numeral =
  /(?:\d[\d,]*(?:\.\d+)?|\.\d+|[영일이삼사오육칠팔구십백천만억조])(?:\d[\d,]*(?:\.\d+)?|[영일이삼사오육칠팔구십백천만억조]|(?<=[조억만천백])\s{1,2}(?=[\d일이삼사오육칠팔구십백천만]))*/g;
const minus = /(?:마이너스|음수)\s?$|(?:^|[^\d가-힣\s-])-\s?$|(?:^|\s)-$/;
const hasFigure = /\d/;
const hasUnit = /[십백천만억조]/;
/** After a numeral in words, these say that it is a number and not the start of a word. */
const counted =
  /^\s?(?:원|건|개|번|명|회|장|호|점|일|월|년|시|분|달러|엔|유로|위안|프랑|파운드|퍼센트|퍼센티지|프로|정도|쯤|등|자루|척|[^가-힣]|$)/;
const particle =
  /^(?:은|는|이|가|을|를|와|과|의|도|로|으로|에|이나|입니다|이다|이에요|예요|요|이요|이고|부터|까지|보다)(?![가-힣])/;
const said = /^(?:입니다|이다|이에요|예요|요|이요)?[.!?~\s]*$/;
/** Numerals that are also everyday words: 이만 ("now"), 오만, 만사, 천만에. */
const everyday = new Set([
  '이만',
  '오만',
  '천만',
  '백만',
  '조만',
  '사조',
  '이조',
  '이천',
  '구천',
  '오조',
  '일조',
  '만일',
]);

export interface FoundNumber {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly value: number;
  /** True when a Korean unit (만, 천 …) takes part. */
  readonly inUnits: boolean;
}

/**
 * Numbers written in figures (35,000), in words (삼만오천원, 두 건) or both (3만5천). Indices into the text as
 * given, in order.
 */
export function findKoreanNumbers(text: string): FoundNumber[] {
  const read = halfWidth(text);
  const found: FoundNumber[] = [];
  for (const match of read.matchAll(numeral)) {
    const run = withoutParticle(match[0].replace(/,+$/, ''), read.slice(match.index + match[0].length));
    const end = match.index + run.length;
    const value = readNumeral(run);
    if (value === undefined || !plausible(run, read, match.index, end)) continue;
    const sign = minus.exec(read.slice(0, match.index))?.[0].replace(/^[^마음-]/, '') ?? '';
    found.push({
      start: match.index - sign.length,
      end,
      value: sign === '' || value === 0 ? value : -value,
      inUnits: hasUnit.test(run),
    });
  }
  for (const native of findNativeNumerals(read)) {
    if (!found.some(({ start, end }) => start < native.end && native.start < end))
      found.push({ ...native, inUnits: false });
  }
  return found.sort((one, other) => one.start - other.start);
}

/** 이 is also a particle and the start of 이에요: "3만5천이에요" is 35,000 and not 35,002. */
function withoutParticle(run: string, after: string): string {
  const figuresOnly = /^[\d,.]+(?=[일이삼사오육칠팔구영]+$)/.exec(run)?.[0];
  if (figuresOnly !== undefined) return figuresOnly.replace(/,+$/, '');
  if (!/[\d백천만억조]이$/.test(run) || /^\s?(?:원|건|개|번|명|회|장|점)/.test(after)) return run;
  return run.slice(0, -1);
}

function plausible(run: string, text: string, start: number, end: number): boolean {
  if (hasFigure.test(run)) return true;
  const after = text.slice(end);
  if (/^\s?원/.test(after)) return hasUnit.test(run);
  if (said.test(after) && /^[\s"']*(?:마이너스\s?|음수\s?)?$/.test(text.slice(0, start)))
    return run.length > 1 ? !everyday.has(run) || run === '일조' : /[영일이삼사오육칠팔구]/.test(run);
  if (run.length < 2 || !hasUnit.test(run) || everyday.has(run)) return false;
  return counted.test(after) || (particle.test(after) && !/[가-힣]/.test(text.charAt(start - 1)));
}

/** `3만5천` → 35000, `이십오` → 25; undefined when the parts do not make one number. */
export function readNumeral(run: string): number | undefined {
  const parts = run.replaceAll(/[\s,]/g, '').match(/\d*\.?\d+|[^\d.]/g) ?? [];
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
  const sum = total + section + (figure ?? 0);
  const value = Number.isInteger(sum) ? sum : Number(sum.toPrecision(15));
  return parts.length > 0 && value <= Number.MAX_SAFE_INTEGER ? value : undefined;
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
