import type { Topic } from '../services/intent/intent';
import type { Locale, Strings } from '../strings';
import { sayCard } from './mannersReplies';
import type { Reply, Suggestion } from './reply';
import { suggestTopics } from './topicSuggestions';

/** Claims behind "a store or the call centre can help". */
const otherWaysClaims = ['S23', 'S31'];

/** Asks for the billing line's number, as a field where the channel has one. */
export function askPhoneReply(lead: string, s: Strings, locale: Locale): Reply {
  const t = s.stepUp;
  return {
    locale,
    layout: 'card',
    body: [lead],
    input: {
      id: 'phone',
      kind: 'phoneNumber',
      label: t.phoneLabel,
      placeholder: t.phonePlaceholder,
      errorMessage: t.phoneError,
      maxLength: 20,
      submit: { label: t.phoneSubmit, value: { action: 'stepUp.phone' } },
    },
    suggestions: suggestTopics(['identity_check', 'human_agent', 'cancel'], s),
  };
}

/** What was written is no number: asks again, and names the ways that need none. */
export function askPhoneAgainReply(lead: string, s: Strings, locale: Locale): Reply {
  const reply = askPhoneReply(lead, s, locale);
  return { ...reply, body: [lead, s.stepUp.otherWays], claims: otherWaysClaims };
}

/** Asks for the one-time code. @param lines what to say above the field */
export function askCodeReply(lines: readonly string[], s: Strings, locale: Locale): Reply {
  const t = s.stepUp;
  return {
    locale,
    layout: 'card',
    body: lines,
    input: {
      id: 'code',
      kind: 'oneTimeCode',
      label: t.codeLabel,
      placeholder: t.codePlaceholder,
      errorMessage: t.codeError,
      maxLength: 12,
      submit: { label: t.codeSubmit, value: { action: 'stepUp.code' } },
    },
    suggestions: codeSuggestions(s),
  };
}

/** A code is on its way: says so, and what to do when it does not come. */
export function codeSentReply(lead: string, s: Strings, locale: Locale): Reply {
  return { ...askCodeReply([lead, s.stepUp.notArrived], s, locale), claims: otherWaysClaims };
}

/** The code is void or too old: another one, another number, or a person. */
export function offerNewCodeReply(text: string, s: Strings, locale: Locale): Reply {
  return { locale, layout: 'text', body: [text], suggestions: codeSuggestions(s) };
}

/** No more codes for now. @param retryAt in words, such as "내일 오후 5시" */
export function limitedReply(retryAt: string, s: Strings, locale: Locale): Reply {
  return elsewhereReply(s.stepUp.limited(retryAt), s, locale);
}

/** No more codes for now, but one that was sent still counts. */
export function limitedCodeReply(retryAt: string, s: Strings, locale: Locale): Reply {
  const lines = [s.stepUp.limited(retryAt), s.stepUp.limitedButSent];
  const suggestions = suggestTopics(['human_agent', 'check_store', 'cancel'], s);
  return { ...askCodeReply(lines, s, locale), suggestions, claims: otherWaysClaims };
}

/** The check ends here: the ways that work without it. */
export function elsewhereReply(text: string, s: Strings, locale: Locale): Reply {
  const ways: readonly Topic[] = ['check_app', 'check_store', 'human_agent', 'cancel'];
  return { ...sayCard(text, ways, s, locale), claims: [...otherWaysClaims, 'S48'] };
}

function codeSuggestions(s: Strings): Suggestion[] {
  const again = { label: s.stepUp.resend, text: s.stepUp.resend };
  const other = { label: s.stepUp.otherPhone, text: s.stepUp.otherPhone };
  return [again, other, ...suggestTopics(['human_agent', 'cancel'], s)];
}
