import { spokenDigits } from './digitText';

/** Longer words first: 여덟 is not 여, seven is not sev. Native Korean also short (한 둘) as people count. */
const words: readonly (readonly [string, string])[] = [
  ['하나', '1'],
  ['다섯', '5'],
  ['여섯', '6'],
  ['일곱', '7'],
  ['여덟', '8'],
  ['여덜', '8'],
  ['아홉', '9'],
  ['두울', '2'],
  ['세엣', '3'],
  ['네엣', '4'],
  ['제로', '0'],
  ['한', '1'],
  ['둘', '2'],
  ['셋', '3'],
  ['넷', '4'],
  ['빵', '0'],
  ...spokenDigits,
  ['zero', '0'],
  ['one', '1'],
  ['two', '2'],
  ['three', '3'],
  ['four', '4'],
  ['five', '5'],
  ['six', '6'],
  ['seven', '7'],
  ['eight', '8'],
  ['nine', '9'],
  ['oh', '0'],
  ['o', '0'],
];
const digitOf: ReadonlyMap<string, string> = new Map(words);
const wordPattern = words.map(([word]) => word).join('|');
/** A digit or a word for one; in English twice or three times ("double five"), and words kept apart. */
const piece = new RegExp(
  `^(?:(double|triple)[\\s-]+)?(?:(\\d)|((?:${wordPattern}))(?![a-z]))(?:이?랑|하고|에)?`,
  'i',
);
/** What stands between digits that are read out: spaces, signs, a breath, "그리고". */
const pause = /^(?:[\s.,·_/|~-]|그리고|다음[은에]?|and\b)+/i;

/**
 * Digits that were read out one by one, as figures: `공일이 삼사오`, `하나둘셋`, `one two double three`, and any mixture
 * with figures. undefined when anything else is in the text.
 */
export function readOutDigits(text: string): string | undefined {
  let digits = '';
  let rest = text.trim();
  while (rest !== '') {
    const found = piece.exec(rest);
    if (found === null) return undefined;
    const [whole, times, figure, word = ''] = found;
    const digit = figure ?? digitOf.get(word.toLowerCase()) ?? '';
    digits += digit.repeat(times === undefined ? 1 : times.toLowerCase() === 'double' ? 2 : 3);
    rest = rest.slice(whole.length);
    rest = rest.slice(pause.exec(rest)?.[0].length ?? 0);
  }
  return digits === '' ? undefined : digits;
}

const oneDigit = `(?:(?:double|triple)[\\s-]{1,3})?(?:\\d|(?:${wordPattern})(?![a-z]))`;
const run = new RegExp(`(?<![a-z])(?:${oneDigit}(?:이?랑|하고|에)?[\\s.,·_/|~-]{0,3}){4,}${oneDigit}`, 'gi');
/** Words that are nothing but digits; 일, 이 and their like also stand in dates and endings. */
const plainWord = /하나|[둘셋넷빵]|두울|세엣|네엣|다섯|여섯|일곱|여덟|여덜|아홉|제로|[a-z]{3,}/gi;

/**
 * Five digits or more ("double five" is two) of which at least two are native Korean or English words, wherever they stand: what a code
 * looks like in a log. Runs of figures and of 일이삼 are others' to find.
 */
export function* readOutSpans(text: string): Generator<{ start: number; end: number }> {
  for (const { 0: found, index } of text.matchAll(run))
    if ((found.match(plainWord)?.length ?? 0) >= 2) yield { start: index, end: index + found.length };
}
