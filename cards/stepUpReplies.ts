import type { Locale, Strings } from '../strings';
import type { Reply, Suggestion } from './reply';
import { suggestTopics } from './topicSuggestions';

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
    suggestions: suggestTopics(['identity_check', 'cancel'], s),
  };
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

/** The code is void or too old: another one, another number, or a person. */
export function offerNewCodeReply(text: string, s: Strings, locale: Locale): Reply {
  return { locale, layout: 'text', body: [text], suggestions: codeSuggestions(s) };
}

function codeSuggestions(s: Strings): Suggestion[] {
  const again = { label: s.stepUp.resend, text: s.stepUp.resend };
  const other = { label: s.stepUp.otherPhone, text: s.stepUp.otherPhone };
  return [again, other, ...suggestTopics(['human_agent', 'cancel'], s)];
}
