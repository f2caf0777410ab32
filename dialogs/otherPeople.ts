import type { Reply } from '../cards/reply';
import { elsewhereReply, forAnotherReply } from '../cards/stepUpReplies';
import type { Locale, Strings } from '../strings';

const longest = 60;

const child =
  /(?<!\d)(만\s*)?([1-9]|1[0-3])\s*(살|세(?!트|기|대|차))(?!\s*(이상|넘|부터))|초등\s*학?생|초[1-6]\b|\bi(?:'| a)?m (?:[5-9]|1[0-3])(?! ?\d|th|st|nd|rd|0)\b(?: years? old)?|(?:[5-9]|1[0-3]) years? old/i;
const someone =
  /(?<![가-힣])(우리\s*|울\s*)?(엄마|엄니|어무이|아부지|장모님|시어머니|마누라|손녀|손자|아빠|어머니|어머님|아버지|아버님|부모님|할머니|할아버지|남편|아내|와이프|집사람|아들|딸|동생|누나|언니|오빠|형|친구|남자\s?친구|여자\s?친구|남)(의|께서|가|이|는|은|꺼|거)?\s*(내는\s*)?(요금|미납|번호|휴대폰|핸드폰|폰|전화)|다른\s*(사람|분)(의|꺼|거)?\s*(요금|미납|번호)|\b(my )?(mother|mom|mum|father|dad|grandmother|grandma|grandfather|grandpa|wife|husband|son|daughter|brother|sister|friend)'?s (unpaid |phone )?(bill|number|phone|line|balance)|somebody else'?s|someone else'?s/i;

/** "저 12살인데요": the bill of a child is a guardian's matter (PIPA art. 22-2). */
function underFourteen(text: string): boolean {
  return text.length <= longest && child.test(text);
}

/** "엄마 요금 알려줘": wants to see what belongs to somebody else. */
function speaksOfAnother(text: string): boolean {
  return text.length <= longest && someone.test(text);
}

/** Whether a message says that the bill is a child's or somebody else's: none that this chat may show. */
export function isNotTheirs(text: string): boolean {
  return underFourteen(text) || speaksOfAnother(text);
}

/** What to say to that; undefined for any other message. */
export function notTheirsReply(text: string, s: Strings, locale: Locale): Reply | undefined {
  if (underFourteen(text)) return elsewhereReply(s.stepUp.underFourteen, s, locale);
  return speaksOfAnother(text) ? forAnotherReply(s, locale) : undefined;
}
