/** Longest text that entity finders read: the recognizers-text models get slow beyond it. */
export const maxEntityText = 200;

/** Sino-Korean digits as they are read out. */
export const spokenDigits: ReadonlyMap<string, string> = new Map([
  ['공', '0'],
  ['영', '0'],
  ['일', '1'],
  ['이', '2'],
  ['삼', '3'],
  ['사', '4'],
  ['오', '5'],
  ['육', '6'],
  ['륙', '6'],
  ['칠', '7'],
  ['팔', '8'],
  ['구', '9'],
]);

/** Full-width digits, signs and letters as ASCII. Every code unit keeps its place. */
export function halfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\u2010-\u2015\u2212\u30fc\u3161]/g, '-')
    .replaceAll('\u3000', ' ');
}

/** Digits read out one by one (공일공) as figures. Every code unit keeps its place; other words change too. */
export function spokenAsFigures(text: string): string {
  return text.replace(/[공영일이삼사오육륙칠팔구]/g, (syllable) => spokenDigits.get(syllable) ?? syllable);
}
