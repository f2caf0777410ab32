import type { ChannelLook } from './channelLook';
import { shortened } from './splitText';

/**
 * A text within what a channel takes, ended at a sentence with an ellipsis where it is too long.
 * @param maxText in bytes of EUC-KR, a Korean character has two; what EUC-KR cannot write is replaced first
 */
export function fittingText(text: string, maxText: ChannelLook['maxText']): string {
  if (maxText === undefined) return text;
  if (maxText.unit === 'characters') return shortened(text, maxText.limit);
  const writable = inEucKr(text);
  if (eucKrBytes(writable) <= maxText.limit) return writable;
  let limit = Math.min(writable.length, maxText.limit);
  let cut = shortened(writable, limit);
  while (eucKrBytes(cut) > maxText.limit) {
    limit -= Math.ceil((eucKrBytes(cut) - maxText.limit) / 2);
    cut = shortened(writable, limit);
  }
  return cut;
}

/** How many bytes a text has in EUC-KR (with its extension CP949, as carriers read it). */
export function eucKrBytes(text: string): number {
  let bytes = 0;
  for (const character of text) bytes += isAscii(character) ? 1 : 2;
  return bytes;
}

/** Every character that EUC-KR has none for, such as emoji and long dashes, as the nearest one that it has. */
function inEucKr(text: string): string {
  return [...text.normalize('NFC')]
    .map((character) => (isAscii(character) || hasTwoBytes(character) ? character : nearest(character)))
    .join('');
}

function nearest(character: string): string {
  if (/[\u2010-\u2015\u2212]/.test(character)) return '-';
  if (character === '\u2022') return '·';
  return /\s/.test(character) ? ' ' : '';
}

function isAscii(character: string): boolean {
  return (character.codePointAt(0) ?? 0) < 0x80;
}

let table: ReadonlySet<string> | undefined;

/** From the platform's own decoder: the WHATWG encoding `euc-kr` is CP949. */
function hasTwoBytes(character: string): boolean {
  if (/[가-힣]/.test(character)) return true;
  table ??= twoByteCharacters();
  return table.has(character);
}

function twoByteCharacters(): ReadonlySet<string> {
  const decoder = new TextDecoder('euc-kr');
  const found = new Set<string>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x41; trail <= 0xfe; trail += 1) {
      const decoded = decoder.decode(Uint8Array.of(lead, trail));
      if (decoded !== '\uFFFD' && [...decoded].length === 1) found.add(decoded);
    }
  }
  return found;
}
