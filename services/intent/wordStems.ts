import { soundOf } from './hangulSound';

/** Particles and polite endings that say nothing about the topic. Longest first; spelled by sound. */
const koreanEnding =
  /(으로는|에서는|에게서|이라도|까지는|으로|에서|에게|한테|까지|부터|처럼|보다|이나|이랑|하고|라도|은|는|이|가|을|를|에|의|도|만|로|와|과|랑|나|요|야|여|용|욤)$/u;
const englishEnding = /(ing|ed|es|s|ly)$/;
const longestRoot = 6;
const hangul = /[가-힣]/;
const smallWords = new Set(
  'the a an to of is it i so um uh and or in on at for that be you my me do with'.split(' '),
);

/** The words of a normalised text without particles, endings and English small words, in order. */
export function wordStems(normalized: string): string[] {
  const stems: string[] = [];
  for (const word of normalized.split(' ')) {
    const stem = hangul.test(word) ? koreanStem(soundOf(word)) : englishStem(word);
    if (stem !== '') stems.push(stem);
  }
  return stems;
}

function koreanStem(word: string): string {
  return word.length > 2 ? word.replace(koreanEnding, '') : word;
}

function englishStem(word: string): string {
  if (smallWords.has(word)) return '';
  return (word.length > 4 ? word.replace(englishEnding, '') : word).slice(0, longestRoot);
}
