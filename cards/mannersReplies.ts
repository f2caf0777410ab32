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

/** The candidates worth offering, each once: real questions, no manners. */
export function offerable(candidates: readonly Topic[], most = 3): Topic[] {
  const real = candidates.filter((topic) => isFaqTopic(topic) || isActionTopic(topic));
  return [...new Set(real)].slice(0, most);
}

/**
 * Asks back "혹시 … ?" with the closest topics as buttons instead of guessing.
 * @param offered see `offerable`; one to three
 * @param lead an opening sentence, after a "no" to such a question
 */
export function closestTopicsReply(
  offered: readonly Topic[],
  s: Strings,
  locale: Locale,
  lead?: string,
): Reply {
  const question = s.unsure.closest(offered.map((topic) => s.topics[topic].label));
  // With one guess alone there would be nothing to press but yes.
  const buttons: readonly Topic[] = offered.length > 1 ? offered : [...offered, 'human_agent'];
  return sayCard(lead === undefined ? question : `${lead} ${question}`, [...new Set(buttons)], s, locale);
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

/** Somebody is angry or worn out: a kind word and the way to a person. */
export function moodReply(mood: 'upset' | 'wornOut', s: Strings, locale: Locale): Reply {
  return mood === 'upset'
    ? sayCard(s.manners.upset, ['human_agent', 'unpaid_balance', 'help'], s, locale)
    : sayCard(s.manners.wornOut, ['human_agent', 'overdue_help', 'unpaid_balance'], s, locale);
}

export function outOfScopeReply(s: Strings, locale: Locale): Reply {
  return sayCard(
    s.unsure.outOfScope,
    ['unpaid_balance', 'check_methods', 'pay_methods', 'human_agent'],
    s,
    locale,
  );
}

function isActionTopic(topic: Topic): boolean {
  return (actionTopics as readonly Topic[]).includes(topic);
}

/** Whether a topic is answered from the knowledge base. */
export function isFaqTopic(topic: Topic): topic is (typeof faqTopics)[number] {
  return (faqTopics as readonly Topic[]).includes(topic);
}
