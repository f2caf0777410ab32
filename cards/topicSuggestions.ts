import type { Topic } from '../services/intent/intent';
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
    for (const [topic, { label, text: question }] of Object.entries(s.topics)) {
      if (wanted === question || wanted === label) return topic as Topic;
    }
  }
  return undefined;
}
