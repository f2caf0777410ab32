import {
  closestTopicsReply,
  notUnderstoodReply,
  offerable,
  onlyNumberReply,
  outOfScopeReply,
  wordlessReply,
} from '../cards/mannersReplies';
import type { Reply } from '../cards/reply';
import type { Topic, Understanding } from '../services/intent/intent';
import type { Locale, Strings } from '../strings';

/** Without one there is nothing to read: emoji, "ㅋㅋ", "?". */
const syllableOrDigit = /[가-힣\p{Nd}]|(?![ㄱ-ㆎ])\p{L}/u;
const onlyNumber = /^[\d\s()+.,_-]+(?:원|won)?[.?!\s]*$/i;

/** What to say to a message of which nothing follows for sure, and the topics it offers to choose from. */
export function unclearMessage(
  text: string,
  { decision, topic, alternatives }: Understanding,
  s: Strings,
  locale: Locale,
): { readonly reply: Reply; readonly offered: readonly Topic[] } {
  if (!syllableOrDigit.test(text)) return { reply: wordlessReply(s, locale), offered: [] };
  if (onlyNumber.test(text)) return { reply: onlyNumberReply(s, locale), offered: [] };
  if (decision === 'sure') return { reply: outOfScopeReply(s, locale), offered: [] };
  const offered = offerable([topic, ...alternatives.map((other) => other.topic)]);
  return decision === 'unknown' || offered.length === 0
    ? { reply: notUnderstoodReply(s, locale), offered: [] }
    : { reply: closestTopicsReply(offered, s, locale), offered };
}
