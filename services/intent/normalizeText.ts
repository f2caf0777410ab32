/** The recogniser reads this many characters; the rest cannot change what is meant, only how long it takes. */
export const maxRecognizedLength = 500;

/** Decomposed Hangul (as macOS types it) takes up to three code units a syllable. */
const maxRawLength = maxRecognizedLength * 3;

/**
 * One spelling for many: NFC, full-width Latin to ASCII, lower case, everything but letters, digits, `%` and
 * `+` to single spaces, runs such as ㅋㅋㅋㅋ or ㅠㅠㅠ to two. Long digit runs (phone numbers, codes) become `0`,
 * so that no number a customer types becomes a feature. An
 * English word ends where Hangul begins. At most 500 characters; never throws.
 */
export function normalizeText(text: string): string {
  return text
    .slice(0, maxRawLength)
    .normalize('NFC')
    .slice(0, maxRecognizedLength)
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .toLowerCase()
    .replace(/[\u2018\u2019`]/g, "'")
    .replace(/\d[\d-]{3,}\d/g, (run) => (run.startsWith('1588') ? '1588' : '0'))
    .replace(/[^\p{L}\p{N}%+']+/gu, ' ')
    .replace(/(.)\1{2,}/gu, '$1$1')
    .replace(/([a-z])(?=[가-힣])/g, '$1 ')
    .trim();
}

/** `normalizeText` without its spaces: Korean spacing is too unreliable to carry meaning. */
export function withoutSpaces(normalized: string): string {
  return normalized.replaceAll(' ', '');
}
