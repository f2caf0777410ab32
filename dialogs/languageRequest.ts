import type { Locale } from '../strings';

const longest = 40;
const english = /영어|잉글리[쉬시]|english/i;
const korean = /한국[어말]|한글|korean/i;
const refused = /못|말고|몰라|모르|don'?t|do not|can'?t|cannot|\bnot?\b/i;
/** "영어 청구서 받을 수 있나요?" asks for something else. */
const aboutPaper = /청구|고지|요금|bill|invoice|charge/i;

/** The language that a message asks for: "영어로 해 주세요", "I don't speak Korean"; undefined for all others. */
export function languageAskedFor(text: string): Locale | undefined {
  if (text.length > longest || aboutPaper.test(text)) return undefined;
  const named = english.test(text);
  if (named === korean.test(text)) return undefined;
  return named === refused.test(text) ? 'ko' : 'en';
}
