import type { IModel, ModelResult } from '@microsoft/recognizers-text';
import { SequenceRecognizer } from '@microsoft/recognizers-text-sequence';
import type { Entity } from '../intent';
import { halfWidth, maxEntityText, spokenAsFigures } from './digitText';

const culture = 'ko-kr';
const gap = String.raw`(?:[\s.()·_-]|에|의|다시){0,3}`;
const digits = (count: string) => `(?:\\d${gap}){${count}}`;
/** A Korean mobile number: 010 and eight digits, or 011, 016–019 and seven or eight; +82 drops the 0. */
const mobile = new RegExp(
  `(?<![\\d+])(?:\\+?82${gap}(?:0${gap})?|0${gap})1${gap}(?:0${gap}${digits('7')}\\d|[16-9]${gap}${digits('6,7')}\\d)`,
  'g',
);

/** O10-OOOO-1001: the letter O typed for a zero, where digits are about. Every code unit keeps its place. */
function zerosForLetters(text: string): string {
  return text.replace(/(?<![a-z])[o\d][o\d\s.·_-]{6,}(?![a-z])/gi, (run) =>
    /\d/.test(run) ? run.replace(/o/gi, '0') : run,
  );
}

interface Found {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly digits: string;
}

/** Written numbers first; only when there are none, numbers read out (the particle 이 also means 2). */
function find(text: string): Found[] {
  const written = zerosForLetters(halfWidth(text));
  const ends = ({ end }: Found) => !/\d/.test(written.charAt(end));
  const found = matches(written).filter(ends);
  return found.length > 0 ? found : matches(spokenAsFigures(written)).filter(ends);
}

function matches(text: string): Found[] {
  return [...text.matchAll(mobile)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    digits: match[0].replace(/\D/g, '').replace(/^82/, '').replace(/^0?/, '0'),
  }));
}

/** Korean mobile numbers as recognizers-text knows models: `end` inclusive, `value` digits only. */
class KoreanPhoneNumberModel implements IModel {
  readonly modelTypeName = 'phonenumber';

  parse(query: string): ModelResult[] {
    return find(query).map(({ start, end, digits: value }) => ({
      text: query.slice(start, end),
      start,
      end: end - 1,
      typeName: this.modelTypeName,
      resolution: { value },
    }));
  }
}

const recognizer = new SequenceRecognizer(culture);
recognizer.registerModel('PhoneNumberModel', culture, () => new KoreanPhoneNumberModel());

/** Korean mobile numbers in the first 200 characters. */
export function findPhoneNumbers(text: string): Entity[] {
  const model = recognizer.getPhoneNumberModel(culture, false);
  return model.parse(text.slice(0, maxEntityText)).map(({ text: found, start, end, resolution }) => ({
    type: 'phoneNumber',
    text: found,
    start,
    end: end + 1,
    value: String(resolution.value),
  }));
}

/**
 * The Korean mobile number in what a customer typed or read out: '01000001001'.
 * Undefined when there is none, or when there are two different ones.
 */
export function parsePhoneNumber(text: string): string | undefined {
  const numbers = new Set(
    findPhoneNumbers(text.slice(0, maxEntityText).normalize('NFC')).map(({ value }) => value),
  );
  const [number] = numbers;
  return numbers.size === 1 ? String(number) : undefined;
}
