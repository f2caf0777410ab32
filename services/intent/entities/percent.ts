import type { IModel, ModelResult } from '@microsoft/recognizers-text';
import { NumberRecognizer } from '@microsoft/recognizers-text-number';
import type { Entity } from '../intent';
import { halfWidth, maxEntityText } from './digitText';
import { findKoreanNumbers, readNumeral } from './koreanNumber';

const culture = 'ko-kr';
const sign = /^\s?(?:%(?!\d)|퍼센트|퍼센티지|프로(?![가-힣]*(?:그램|필|모션|젝트|야구)))/;
/** 이십 퍼센트, but also 오 퍼센트, which is no number without its sign. */
const spoken = /([영일이삼사오육칠팔구십백]+)\s?(?:%|퍼센트|퍼센티지)/g;
const link = /https?:\/\/\S+/g;

/** Percentages as recognizers-text knows models: `value` reads '50%'. */
class KoreanPercentModel implements IModel {
  readonly modelTypeName = 'percentage';

  parse(query: string): ModelResult[] {
    const read = halfWidth(query).replace(link, (url) => ' '.repeat(url.length));
    const found = findKoreanNumbers(read).flatMap(({ start, end, value }) => {
      const after = sign.exec(read.slice(end))?.[0];
      return after === undefined ? [] : [{ start, end: end + after.length, value }];
    });
    for (const { 0: run, 1: number = '', index } of read.matchAll(spoken)) {
      const value = readNumeral(number);
      const end = index + run.length;
      if (value === undefined || found.some((other) => other.start < end && index < other.end)) continue;
      const minus = /(?:마이너스|음수)\s?$/.exec(read.slice(0, index))?.[0] ?? '';
      found.push({ start: index - minus.length, end, value: minus === '' ? value : -value });
    }
    return found
      .sort((one, other) => one.start - other.start)
      .map(({ start, end, value }) => ({
        text: query.slice(start, end),
        start,
        end: end - 1,
        typeName: this.modelTypeName,
        resolution: { value: `${value}%` },
      }));
  }
}

const recognizer = new NumberRecognizer(culture);
recognizer.registerModel('PercentModel', culture, () => new KoreanPercentModel());

/** "50%", "오십 퍼센트", "3프로" in the first 200 characters: 50, 50, 3. */
export function findPercentages(text: string): Entity[] {
  return recognizer
    .getPercentageModel(culture, false)
    .parse(text.slice(0, maxEntityText))
    .map(({ text: found, start, end, resolution }) => ({
      type: 'percent',
      text: found,
      start,
      end: end + 1,
      value: Number.parseFloat(String(resolution.value)),
    }));
}
