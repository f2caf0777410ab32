import type { IModel, ModelResult } from '@microsoft/recognizers-text';
import { NumberRecognizer } from '@microsoft/recognizers-text-number';
import type { Entity } from '../intent';
import { halfWidth, maxEntityText } from './digitText';
import { readNumeral } from './koreanNumber';
import { nativePattern, readNative } from './nativeNumeral';

const culture = 'ko-kr';

const sino =
  '(?:[\\d,]+|[일이삼사오육칠팔구십백천만억조])(?:[\\d,]+|[일이삼사오육칠팔구십백천만억조]|(?<=[조억만천])\\s)*';
const counted = new RegExp(`(${sino}\\s?)?(?:(${nativePattern})|(?:첫|처음))?\\s?(?:번\\s?째|째)`, 'g');
const first = /(?<![가-힣])(?:첫|처음)(?=\s)/g;
const rank = new RegExp(`(?<![가-힣])(${sino})등(?=[\\s은는이가을를으에석.,!?]|$)`, 'g');
const last = /(?<![가-힣])마지막(?!\s?으로)/g;

interface Found {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  /** From 1; 0 is the last one. */
  readonly place: number;
}

function find(text: string): Found[] {
  const found: Found[] = [];
  for (const { 0: run, 1: hundreds, 2: native, index } of text.matchAll(counted)) {
    const before = hundreds === undefined ? 0 : readNumeral(hundreds.trim());
    const rest = native === undefined ? (/첫|처음/.test(run) ? 1 : 0) : readNative(native);
    if (before === undefined || rest === undefined || before + rest === 0) continue;
    // "하나째" is no word, and 네째 stands for 넷째; "첫째" and "셋째" are.
    const start = index + run.length - run.trimStart().length;
    found.push({ start, end: index + run.length, place: before + rest });
  }
  for (const { 0: run, index } of text.matchAll(first))
    found.push({ start: index, end: index + run.length, place: 1 });
  for (const { 0: run, 1: number = '', index } of text.matchAll(rank)) {
    const place = readNumeral(number);
    if (place !== undefined && place > 0) found.push({ start: index, end: index + run.length, place });
  }
  for (const { 0: run, index } of text.matchAll(last))
    found.push({ start: index, end: index + run.length, place: 0 });
  return found.sort((one, other) => one.start - other.start);
}

/** Korean ordinals as recognizers-text knows models: `end` inclusive, offset from the start or from the end. */
class KoreanOrdinalModel implements IModel {
  readonly modelTypeName = 'ordinal';

  parse(query: string): ModelResult[] {
    return find(halfWidth(query)).map(({ start, end, place }) => ({
      text: query.slice(start, end),
      start,
      end: end - 1,
      typeName: this.modelTypeName,
      resolution:
        place === 0
          ? { value: 'end+0', offset: '0', relativeTo: 'end' }
          : { value: String(place), offset: String(place), relativeTo: 'start' },
    }));
  }
}

const recognizer = new NumberRecognizer(culture);
recognizer.registerModel('OrdinalModel', culture, () => new KoreanOrdinalModel());

/** "두 번째", "첫 번째", "3번째" in the first 200 characters: 1, 2, 3 …; "마지막" is left to who knows the list. */
export function findOrdinals(text: string): Entity[] {
  return recognizer
    .getOrdinalModel(culture, false)
    .parse(text.slice(0, maxEntityText))
    .filter(({ resolution }) => resolution.relativeTo === 'start')
    .map(({ text: found, start, end, resolution }) => ({
      type: 'ordinal',
      text: found,
      start,
      end: end + 1,
      value: Number(resolution.value),
    }));
}
