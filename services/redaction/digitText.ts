/** A text as somebody reads it who looks for numbers: every kind of digit, hyphen, dot and space is the ASCII one. */
export interface DigitText {
  readonly text: string;
  /** Where `text[start..end)` stands in the original. */
  originOf(start: number, end: number): { readonly start: number; readonly end: number };
}

/**
 * Folds full-width, circled and other digits, drops what is invisible, and reads spoken Korean digits
 * ("공일공 일이삼사 오육칠팔"). One pass, linear time.
 */
export function digitText(original: string): DigitText {
  // Stryker disable next-line ConditionalExpression: the longer way comes to the same
  if (folded.test(original))
    return { text: withReadDigits(original), originOf: (start, end) => ({ start, end }) };
  const characters: string[] = [];
  const starts = new Uint32Array(original.length);
  const ends = new Uint32Array(original.length);
  for (let index = 0; index < original.length; ) {
    const code = Number(original.codePointAt(index));
    const length = code > 0xffff ? 2 : 1;
    const read = fold(code);
    if (read !== '') {
      starts[characters.length] = index;
      ends[characters.length] = index + length;
      characters.push(read);
    }
    index += length;
  }
  return {
    text: withReadDigits(characters.join('')),
    originOf: (start, end) => ({ start: Number(starts[start]), end: Number(ends[end - 1]) }),
  };
}

/** Nothing in it has to be folded: most of what people write. */
const folded = /^[\x20-\x7e\uac00-\ud7a3]*$/;

/** Keeps every character's place. */
function withReadDigits(text: string): string {
  return withLettersForZeros(withSpokenDigits(text));
}

const foldedBefore = new Map<number, string>();

/** One UTF-16 unit, or '' for what nobody sees. */
function fold(code: number): string {
  // Stryker disable ConditionalExpression,EqualityOperator: shortcuts and a cache, which change no answer
  if (code >= 0x20 && code < 0x7f) return String.fromCharCode(code);
  if (code >= 0xac00 && code <= 0xd7a3) return String.fromCharCode(code);
  const known = foldedBefore.get(code);
  if (known !== undefined) return known;
  const folded = foldRare(code);
  if (foldedBefore.size > 4_096) foldedBefore.clear();
  // Stryker restore ConditionalExpression,EqualityOperator
  foldedBefore.set(code, folded);
  return folded;
}

function foldRare(code: number): string {
  const character = String.fromCodePoint(code);
  if (/[\n\r\u2028\u2029]/.test(character)) return '\n';
  if (/[\t\p{Zs}]/u.test(character)) return ' ';
  if (/[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\p{Mn}\p{Me}]/u.test(character)) return '';
  if (/\p{Nd}/u.test(character)) return decimalValue(code);
  // Minus, long vowel mark, box line and the vowel ㅡ pass for hyphens on a Korean keyboard.
  if (/[\p{Pd}\u2212\u02d7\u2043\u30fc\u2500\u2501\u3161\u1173]/u.test(character)) return '-';
  if (/[\u00b7\u2022\u2024\u2027\u2219\u22c5\u30fb\u318d\u3002\uff65]/.test(character)) return '.';
  const digit = enclosedDigit(code, character);
  if (digit !== undefined) return digit;
  const compatible = character.normalize('NFKC');
  if (/^[\x20-\x7e]$/.test(compatible)) return compatible;
  return character.length === 1 ? character : '\uFFFD';
}

/** First code points of digits one to nine in rings and on discs; Unicode gives these no compatible form. */
const ringedOnes = [0x2776, 0x2780, 0x278a, 0x24f5];
const ringedZeros = new Set([0x24ff, 0x1f10b, 0x1f10c]);

/** The digit in a ring, on a disc, in brackets or before a dot: ❶ ⓿ ⑴ ⒈ */
function enclosedDigit(code: number, character: string): string | undefined {
  if (ringedZeros.has(code)) return '0';
  const one = ringedOnes.find((first) => code >= first && code < first + 9);
  if (one !== undefined) return String(code - one + 1);
  return /^[(]?(\d)[).,]$/.exec(character.normalize('NFKC'))?.[1];
}

/** Unicode keeps each script's ten digits together, zero first. */
function decimalValue(code: number): string {
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % 10);
}

const spokenDigits: Readonly<Record<string, string>> = {
  공: '0',
  영: '0',
  령: '0',
  일: '1',
  이: '2',
  삼: '3',
  사: '4',
  오: '5',
  육: '6',
  륙: '6',
  칠: '7',
  팔: '8',
  구: '9',
};
/** The 이 of "…이에요" and "…이고" is no two. */
const spoken = '(?:[공영령일삼사오육륙칠팔구]|이(?!에요|예요|고|며|야|라|다|요))';
const numberAloud = new RegExp(`(?:(?:[0-9]|${spoken})[ .,-]{0,2}){6,}`, 'g');
const spokenPart = new RegExp(`${spoken}(?:[ .,-]{0,2}${spoken}){2,}`, 'g');

/** The same syllables are everyday words ("25일 이사 오면"): only long runs are numbers, mixed ones from ten on. */
function withSpokenDigits(text: string): string {
  return text.replace(numberAloud, (run) => {
    const length = run.replace(/[ .,-]/g, '').length;
    if (/[0-9]/.test(run) && length < 10) return run;
    return run.replace(spokenPart, (part) =>
      part.replace(/[가-힣]/g, (syllable) => String(spokenDigits[syllable])),
    );
  });
}

/** People write the letter O for a zero. Only inside long numbers: names are full of letters beside digits. */
function withLettersForZeros(text: string): string {
  return text.replace(/(?<![A-Za-z0-9])[\doO]{6,}(?![A-Za-z0-9])/g, (run) =>
    run.replace(/\D/g, '').length < 3 ? run : run.replace(/[oO]/g, '0'),
  );
}
