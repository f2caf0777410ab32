import type { Locale } from '../strings';

const longest = 40;
const english = /영어|잉글리[쉬시]|english/i;
const korean = /한국[어말]|한글|korean/i;
const refused = /못|말고|몰라|모르|don'?t|do not|can'?t|cannot|\bnot?\b/i;
/** "영어 청구서 받을 수 있나요?" asks for something else. */
const aboutPaper = /청구|고지|요금|bill|invoice|charge/i;
/** "They speak English?" asks about the people at the call centre. */
const aboutOthers =
  /\b(?:they|agents?|staff|someone|somebody|anyone|person|people)\b|상담[원사]|직원|고객\s?센터|매장|대리점/i;

/** The language that a message asks for: "영어로 해 주세요", "I don't speak Korean"; undefined for all others. */
export function languageAskedFor(text: string): Locale | undefined {
  if (text.length > longest || aboutPaper.test(text) || aboutOthers.test(text)) return undefined;
  const named = english.test(text);
  if (named === korean.test(text)) return undefined;
  return named === refused.test(text) ? 'ko' : 'en';
}
