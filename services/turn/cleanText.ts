/** The longest text a customer's message keeps, in UTF-16 units. */
export const textLimit = 4_000;

/**
 * What a person could have meant to type: well-formed Unicode in NFC, without control and invisible
 * characters, at most `limit` units long. Cleaning twice changes nothing more.
 *
 * Invisible means Unicode's default-ignorable set: zero-width and bidirectional marks, Hangul fillers, tags.
 * They would hide digits from redaction. Inside emoji the joiner and the variation selector stay.
 */
export function cleanText(raw: string, limit = textLimit): string {
  // Decomposed Hangul is three units a syllable: cut far above the limit first, so that cost is bounded.
  const bounded = wellFormed(raw.slice(0, limit * 4));
  const visible = withoutInvisible(bounded.replace(/\r\n?|[\u2028\u2029]/g, '\n'));
  const composed = fewMarks(fewMarks(visible).normalize('NFC'));
  return withoutInvisible(cutAt(composed, limit));
}

/** Lone surrogates replaced by U+FFFD; everything else as it was. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}

/** At most `limit` UTF-16 units, never half a character. */
export function cutAt(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return /[\uD800-\uDBFF]/.test(text.charAt(limit - 1)) ? text.slice(0, limit - 1) : text.slice(0, limit);
}

const invisible =
  /(\u200D(?=\p{Extended_Pictographic})|(?<=\p{Extended_Pictographic})\uFE0F)|\p{Default_Ignorable_Code_Point}|(?![\n\t])\p{Cc}|[\uFFF9-\uFFFB]/gu;

/** At most eight combining marks in a row: no script needs more, and putting thousands in order costs 100 ms. */
function fewMarks(text: string): string {
  return text.replace(/(\p{M}{8})\p{M}+/gu, '$1');
}

function withoutInvisible(text: string): string {
  return text.replace(invisible, '$1');
}
