import { disassemble } from 'es-hangul';

/** Taken from the global object once: looked up in a loop they can cost more than the arithmetic. */
const { floor } = Math;

const firstSyllable = 0xac00;
const lastSyllable = 0xd7a3;
const vowelCount = 21;
const finalCount = 28;

/** Initial consonants by sound: a tense one counts as its plain one (꺼 = 거). */
const plainInitial = [0, 0, 2, 3, 3, 5, 6, 7, 7, 9, 9, 11, 12, 12, 14, 15, 16, 17, 18];
/** Vowels that Korean typists confuse: ㅐ=ㅔ, ㅒ=ㅖ=ㅔ, ㅙ=ㅞ=ㅚ. */
const plainVowel = [0, 5, 2, 5, 4, 5, 6, 5, 8, 9, 11, 11, 12, 13, 14, 11, 16, 17, 18, 19, 20];
/** Final consonants neutralised as they sound at a syllable's end (않 = 안, 없 = 업, 됐 = 됃). */
const plainFinal = [
  0, 1, 1, 1, 4, 4, 4, 7, 8, 1, 16, 8, 8, 8, 17, 8, 16, 17, 17, 7, 7, 21, 7, 7, 1, 7, 17, 0,
];

/** True for a composed Hangul syllable. */
export function isSyllable(code: number): boolean {
  return code >= firstSyllable && code <= lastSyllable;
}

/** Every syllable's plain one, worked out once. */
const plainSyllables = Uint16Array.from({ length: lastSyllable - firstSyllable + 1 }, (_, index) => {
  const initial = plainInitial[floor(index / (vowelCount * finalCount))] ?? 0;
  const vowel = plainVowel[floor(index / finalCount) % vowelCount] ?? 0;
  const final = plainFinal[index % finalCount] ?? 0;
  return firstSyllable + (initial * vowelCount + vowel) * finalCount + final;
});

/** The syllable that spells the same sound plainly; any other code unit as it is. */
export function plainSound(code: number): number {
  return isSyllable(code) ? (plainSyllables[code - firstSyllable] as number) : code;
}

/** Spelled by sound, code unit by code unit: positions stay as they were. */
export function soundOf(text: string): string {
  let sound = '';
  for (let at = 0; at < text.length; at += 1) sound += String.fromCharCode(plainSound(text.charCodeAt(at)));
  return sound;
}

const jamoBySyllable = new Map<number, string>();

/** The jamo of a text spelled by sound; a syllable is taken apart once and remembered. */
export function jamoOf(sound: string): string {
  let jamo = '';
  for (let at = 0; at < sound.length; at += 1) {
    const code = sound.charCodeAt(at);
    if (!isSyllable(code)) {
      jamo += sound.charAt(at);
      continue;
    }
    let parts = jamoBySyllable.get(code);
    if (parts === undefined) {
      parts = disassemble(sound.charAt(at));
      jamoBySyllable.set(code, parts);
    }
    jamo += parts;
  }
  return jamo;
}
