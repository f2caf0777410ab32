import type { Topic } from '../services/intent/intent';
import type { Locale, Strings } from '../strings';
import { sayCard } from './mannersReplies';
import type { Reply, Suggestion, TimeLimit } from './reply';
import { suggestTopics } from './topicSuggestions';

/** Claims behind "a store or the call centre can help". */
const otherWaysClaims = ['S23', 'S31'];
/** Claims behind "a store with ID, the website with your login, or a person". */
const withoutCodeClaims = ['S17', 'S18', 'S19', 'S23', 'S31', 'S32'];

const withoutCode: readonly Topic[] = ['check_store', 'check_web', 'human_agent', 'cancel'];

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
      // Room for what people paste: gaps, or the words around the code.
      maxLength: 60,
      submit: { label: t.codeSubmit, value: { action: 'stepUp.code' } },
    },
    suggestions: codeSuggestions(s),
  };
}

/** A code is on its way: says so, and what to do when it does not come. */
export function codeSentReply(lead: string, s: Strings, locale: Locale): Reply {
  return { ...askCodeReply([lead, s.stepUp.notArrived], s, locale), claims: otherWaysClaims };
}

/** Another code is on its way, so the first did not come or was of no use: says what works without one. */
export function codeSentAgainReply(lead: string, s: Strings, locale: Locale): Reply {
  const suggestions = [...codeSuggestions(s), ...suggestTopics(['check_store', 'check_web'], s)];
  return { ...askCodeReply([lead, s.stepUp.withoutCode], s, locale), suggestions, claims: withoutCodeClaims };
}

/** Offers to send the code to the line that a site vouched for. @param line masked, '010-****-1001' */
export function knownLineReply(line: string, s: Strings, locale: Locale): Reply {
  const { knownLine, knownLineYes, otherPhone } = s.stepUp;
  const buttons = [knownLineYes, otherPhone].map((text) => ({ label: text, text }));
  const suggestions = [...buttons, ...suggestTopics(['identity_check', 'human_agent'], s)];
  return { locale, layout: 'text', body: [knownLine(line)], suggestions };
}

/** Others can read along: no bill here. */
export function privateOnlyReply(s: Strings, locale: Locale): Reply {
  return sayCard(s.stepUp.privateOnly, ['check_methods', 'pay_methods'], s, locale);
}

/** Somebody asks for another person's bill. */
export function forAnotherReply(s: Strings, locale: Locale): Reply {
  const ways: readonly Topic[] = ['human_agent', 'check_store', 'unpaid_balance'];
  return { ...sayCard(s.stepUp.forAnother, ways, s, locale), claims: otherWaysClaims };
}

/** Says until when the code in the field counts, and has it read out as that comes near. @param expiresAtMs epoch ms */
export function withTimeLimit(reply: Reply, expiresAtMs: number, s: Strings): Reply {
  const t = s.codeTime;
  const timeLimit: TimeLimit = {
    expiresAtMs,
    announcements: [
      { leftMs: 60_000, text: t.minuteLeft },
      { leftMs: 20_000, text: t.secondsLeft },
      { leftMs: 0, text: t.over },
    ],
  };
  if (reply.input === undefined) return reply;
  return { ...reply, note: t.until(s.clockTime(expiresAtMs)), input: { ...reply.input, timeLimit } };
}

/** The code is void or too old: another one, another number, or a person. */
export function offerNewCodeReply(text: string, s: Strings, locale: Locale): Reply {
  return { locale, layout: 'text', body: [text], suggestions: codeSuggestions(s) };
}

/** No more codes for now. @param retryAt in words, such as "내일 오후 5시" */
export function limitedReply(retryAt: string, s: Strings, locale: Locale): Reply {
  const reply = sayCard(s.stepUp.limited(retryAt), withoutCode, s, locale);
  return { ...reply, body: [s.stepUp.limited(retryAt), s.stepUp.withoutCode], claims: withoutCodeClaims };
}

/** No more codes for now, but one that was sent still counts. */
export function limitedCodeReply(retryAt: string, s: Strings, locale: Locale): Reply {
  const lines = [s.stepUp.limited(retryAt), s.stepUp.limitedButSent, s.stepUp.withoutCode];
  const suggestions = suggestTopics(withoutCode, s);
  return { ...askCodeReply(lines, s, locale), suggestions, claims: withoutCodeClaims };
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
