/** What must stay together: numbers with their separators, masks and unit. */
const numberPart = /[\d,.\-*:]/;

/**
 * A text in pieces of at most `limit` UTF-16 units (never fewer than the characters a messenger counts): broken after
 * lines and sentences where that is possible, else between words, and inside a word only where no number is cut.
 */
export function splitText(text: string, limit: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const part of breakable(text, limit)) {
    if (piece !== '' && (piece + part).trimEnd().length > limit) {
      pieces.push(piece);
      piece = '';
    }
    piece += part;
  }
  pieces.push(piece);
  return pieces.map((one) => one.trim()).filter((one) => one !== '');
}

/** At most `limit` units, ended by an ellipsis where something is left out. */
export function shortened(text: string, limit: number): string {
  const whole = text.trim();
  if (whole.length <= limit) return whole;
  return `${splitText(whole, limit - 1)[0] ?? ''}…`;
}

/** Parts that fit, as large as they can be: sentences, else words, else pieces of a word. */
function breakable(text: string, limit: number): string[] {
  return text
    .split(/(?<=\n)|(?<=[.!?…] )/)
    .flatMap((sentence) => (fits(sentence, limit) ? [sentence] : sentence.split(/(?<=\s)/)))
    .flatMap((word) => (fits(word, limit) ? [word] : brokenWord(word, limit)));
}

function fits(part: string, limit: number): boolean {
  return part.trimEnd().length <= limit;
}

function brokenWord(word: string, limit: number): string[] {
  const pieces: string[] = [];
  let rest = word;
  while (rest.length > limit) {
    const end = breakBefore(rest, limit);
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...pieces, rest];
}

/** The last place up to `limit` where neither a number nor a character falls apart; `limit` where there is none. */
function breakBefore(text: string, limit: number): number {
  for (let end = limit; end > 0; end -= 1) {
    const inNumber = numberPart.test(text.charAt(end - 1)) && numberPart.test(text.charAt(end));
    if (!inNumber && !isHalf(text, end)) return end;
  }
  return isHalf(text, limit) ? Math.max(1, limit - 1) : limit;
}

function isHalf(text: string, end: number): boolean {
  return /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
}
