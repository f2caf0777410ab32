import type { Language } from '../intent/intent';
import type { exampleStyles } from '../intent/intentExamples';

type Style = (typeof exampleStyles)[number];

/** A guess at how a message is written, for an editor to correct: docs/topics.md lists the styles. */
export function guessStyle(text: string, language: Language): Style {
  const trimmed = text.trim();
  const words = trimmed.split(/\s+/);
  const hangul = /[가-힣]/.test(trimmed);
  if (hangul && /[a-z]{2,}/i.test(trimmed.replace(/\b(?:kt|app|pc|sms|ars|pass)\b/gi, ''))) return 'mixed';
  if (words.length === 1 && trimmed.length >= (language === 'ko' ? 8 : 12)) return 'nospace';
  if (trimmed.length > (language === 'ko' ? 60 : 110)) return 'long';
  if (
    /(?:니다|니까|십시오|시오|바랍니다)[.?!]*$/.test(trimmed) ||
    /\b(?:please advise|kindly|i would like)\b/i.test(trimmed)
  )
    return 'formal';
  if (/[ㄱ-ㅎㅏ-ㅣ]/.test(trimmed)) return 'slang';
  if (words.length <= 4 && !/[?!]|(?:요|죠|까|나|지|어|줘|야|냐|니)[.~]*$/.test(trimmed)) return 'keyword';
  return 'casual';
}
