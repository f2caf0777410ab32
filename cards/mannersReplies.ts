import { faqTopics, type Topic } from '../services/intent/intent';
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

/** Offers the closest topics as buttons instead of guessing. */
export function closestTopicsReply(candidates: readonly Topic[], s: Strings, locale: Locale): Reply {
  const offered = candidates.filter((topic) => topic !== 'out_of_scope').slice(0, 3);
  return sayCard(s.unsure.closest, [...offered, 'human_agent'], s, locale);
}

export function notUnderstoodReply(s: Strings, locale: Locale): Reply {
  return sayCard(s.unsure.unknown, firstSteps, s, locale);
}

export function outOfScopeReply(s: Strings, locale: Locale): Reply {
  return sayCard(s.unsure.outOfScope, firstSteps, s, locale);
}

/** Whether a topic is answered from the knowledge base. */
export function isFaqTopic(topic: Topic): topic is (typeof faqTopics)[number] {
  return (faqTopics as readonly Topic[]).includes(topic);
}
