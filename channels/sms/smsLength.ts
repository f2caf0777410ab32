/** Longest short message that Korean carriers take in one piece, in bytes of their encoding. */
export const shortMessageBytes = 90;

/**
 * How long a text is to a Korean carrier: one byte for ASCII, two for everything else (EUC-KR and its extension
 * CP949).
 */
export function smsBytes(text: string): number {
  return [...text].reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) < 0x80 ? 1 : 2), 0);
}

/** 'SMS' up to 90 bytes, beyond that the long message 'LMS' (up to 2,000). */
export function messageTypeOf(text: string): 'SMS' | 'LMS' {
  return smsBytes(text) <= shortMessageBytes ? 'SMS' : 'LMS';
}
