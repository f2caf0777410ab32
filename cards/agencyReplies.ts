import type { Locale, Strings } from '../strings';
import type { Reply, ReplyAction, Suggestion } from './reply';
import { elsewhereReply } from './stepUpReplies';
import { suggestTopics } from './topicSuggestions';

/** Asks the customer to prove at an identity agency who they are. @param until clock time in words */
export function askAgencyReply(link: { url: string; until: string }, s: Strings, locale: Locale): Reply {
  const t = s.agency;
  return {
    locale,
    layout: 'card',
    body: [t.ask, t.until(link.until)],
    note: t.forward,
    actions: [{ kind: 'open', label: t.open, url: link.url }, doneButton(s)],
    suggestions: waitingSuggestions(s),
  };
}

/** The link is out: not finished yet, or we could not look. @param lead what to say about it */
export function agencyWaitingReply(lead: string, s: Strings, locale: Locale): Reply {
  return {
    locale,
    layout: 'card',
    body: [lead],
    actions: [doneButton(s)],
    suggestions: waitingSuggestions(s),
  };
}

/** Nothing came of it: another try, or the ways that work without it. @param lead ends in a question */
export function agencyAgainReply(lead: string, s: Strings, locale: Locale): Reply {
  const again: ReplyAction = { kind: 'do', label: s.agency.again, value: { action: 'agency.again' } };
  const suggestions = suggestTopics(['check_app', 'check_store', 'human_agent', 'cancel'], s);
  return { locale, layout: 'card', body: [lead], actions: [again], suggestions };
}

/** It ends here, with the ways that work without it. */
export function agencyRefusedReply(text: string, s: Strings, locale: Locale): Reply {
  const reply = elsewhereReply(text, s, locale);
  // S10: the app shows the details; S32: bring an ID to the store.
  return { ...reply, claims: [...new Set([...(reply.claims ?? []), 'S10', 'S32'])] };
}

function doneButton(s: Strings): ReplyAction {
  return { kind: 'do', label: s.agency.done, value: { action: 'agency.check' } };
}

function waitingSuggestions(s: Strings): Suggestion[] {
  const again = { label: s.agency.again, text: s.agency.again };
  return [again, ...suggestTopics(['check_store', 'human_agent', 'cancel'], s)];
}
