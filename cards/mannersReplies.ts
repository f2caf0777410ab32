import { actionTopics, faqTopics, type Topic } from '../services/intent/intent';
import type { Locale, Strings } from '../strings';
import type { Reply } from './reply';
import { suggestTopics } from './topicSuggestions';

const firstSteps: readonly Topic[] = ['unpaid_balance', 'check_methods', 'overdue_help', 'pay_methods'];

/** A plain sentence with quick replies. */
export function sayCard(text: string, suggestions: readonly Topic[], s: Strings, locale: Locale): Reply {
  return { locale, layout: 'text', body: [text], suggestions: suggestTopics(suggestions, s) };
}

export function welcomeReply(s: Strings, locale: Locale): Reply {
  return sayCard(s.manners.welcome, firstSteps, s, locale);
}

export function startOverReply(text: string, s: Strings, locale: Locale): Reply {
  return sayCard(text, firstSteps, s, locale);
}

export function helpReply(s: Strings, locale: Locale): Reply {
  return {
    locale,
    layout: 'text',
    title: s.manners.helpTitle,
    body: s.manners.help,
    suggestions: suggestTopics(firstSteps, s),
  };
}

/** The candidates worth offering: real questions, no manners, at most three. */
export function offerable(candidates: readonly Topic[]): Topic[] {
  return candidates.filter((topic) => isFaqTopic(topic) || isActionTopic(topic)).slice(0, 3);
}

/** Offers the closest topics as buttons instead of guessing. @param offered see `offerable` */
export function closestTopicsReply(offered: readonly Topic[], s: Strings, locale: Locale): Reply {
  return sayCard(s.unsure.closest, [...new Set<Topic>([...offered, 'human_agent'])], s, locale);
}

/** After a bare yes: which of what was offered. */
export function whichOneReply(offered: readonly Topic[], s: Strings, locale: Locale): Reply {
  return sayCard(s.manners.whichOne, offered.length > 0 ? offered : firstSteps, s, locale);
}

export function notUnderstoodReply(s: Strings, locale: Locale): Reply {
  return sayCard(s.unsure.unknown, firstSteps, s, locale);
}

/** Emoji, laughter, a lone "?": asks for words. */
export function wordlessReply(s: Strings, locale: Locale): Reply {
  return startOverReply(s.unsure.wordless, s, locale);
}

export function onlyNumberReply(s: Strings, locale: Locale): Reply {
  return sayCard(s.unsure.onlyNumber, ['unpaid_balance', 'check_phone', 'human_agent'], s, locale);
}

/** Somebody is angry: an apology and the way to a person. */
export function upsetReply(s: Strings, locale: Locale): Reply {
  return sayCard(s.manners.upset, ['human_agent', 'unpaid_balance', 'help'], s, locale);
}

export function outOfScopeReply(s: Strings, locale: Locale): Reply {
  return sayCard(s.unsure.outOfScope, firstSteps, s, locale);
}

function isActionTopic(topic: Topic): boolean {
  return (actionTopics as readonly Topic[]).includes(topic);
}

/** Whether a topic is answered from the knowledge base. */
export function isFaqTopic(topic: Topic): topic is (typeof faqTopics)[number] {
  return (faqTopics as readonly Topic[]).includes(topic);
}
