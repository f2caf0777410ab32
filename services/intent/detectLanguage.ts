import type { Language } from './intent';

const hangul = /[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]/g;
const latinWord = /[A-Za-z']{2,}/g;
/** Latin words that are at home in Korean sentences. */
const loanWords = new Set([
  'kt',
  'app',
  'pc',
  'ok',
  'kt.com',
  'mykt',
  'sms',
  'ars',
  'pass',
  'krw',
  'my',
  'com',
]);

/** Enough to decide; a longer text is written in what it starts with. */
const readLength = 500;

/**
 * The language of a message: Korean when any Hangul is there, unless English words clearly carry the sentence;
 * English when there are only Latin words; otherwise (digits, emoji, a single loan word) the fallback.
 */
export function detectLanguage(text: string, fallback: Language): Language {
  const read = text.slice(0, readLength);
  const syllables = read.match(hangul)?.length ?? 0;
  const words = (read.match(latinWord) ?? []).filter((word) => !loanWords.has(word.toLowerCase()));
  if (syllables === 0) return words.length > 0 ? 'en' : fallback;
  return words.length >= 4 && words.length > syllables ? 'en' : 'ko';
}
