import { type Topic, topics } from '../services/intent/intent';
import type { Strings } from '../strings';
import type { Suggestion } from './reply';

/** Quick replies that ask about the given topics. Their texts are understood to the letter (`exactTopic`). */
export function suggestTopics(topics: readonly Topic[], s: Strings): Suggestion[] {
  return topics.map((topic) => s.topics[topic]);
}

/** The topic whose suggestion says exactly this, in either language. */
export function exactTopic(text: string, languages: readonly Strings[]): Topic | undefined {
  const wanted = text.trim();
  for (const s of languages) {
    const found = topics.find((topic) => wanted === s.topics[topic].text || wanted === s.topics[topic].label);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * The topics that quick replies ask about, in their order. Empty when one of them asks for something else:
 * then their places are another dialog's to count.
 */
export function suggestedTopics(suggestions: readonly Suggestion[], s: Strings): Topic[] {
  const asked = suggestions.map(({ text }) => topics.find((topic) => s.topics[topic].text === text));
  const known = asked.filter((topic) => topic !== undefined);
  return known.length === asked.length ? known.slice(0, 6) : [];
}
