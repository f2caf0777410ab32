import type { IntentExample } from './intentExamples';
import type { Lexicon } from './lexicon';
import { shuffledOrder } from './shuffledOrder';

/** How many examples a language gives; more would teach that our own words are out of scope. */
const mostPerLanguage = { ko: 90, en: 40 };

/**
 * Messages that sound like ours and are another's: an example with the word for our bill replaced by another's.
 * Editors need not write "전기요금 연체료", "넷플릭스 정지" and the like for every topic.
 */
export function lookalikesOf(examples: readonly IntentExample[], lexicon: Lexicon): string[] {
  const texts: string[] = [];
  for (const language of ['ko', 'en'] as const) {
    const { ours, others } = lexicon.lookalikes[language];
    const candidates = examples.filter(
      (example) => example.language === language && example.topic !== 'out_of_scope',
    );
    let made = 0;
    for (const at of shuffledOrder(candidates.length, 11)) {
      const text = candidates[at]?.text.toLowerCase() ?? '';
      const word = ours.find((candidate) => text.includes(candidate));
      const other = others[made % others.length];
      if (word === undefined || other === undefined || made >= mostPerLanguage[language]) continue;
      texts.push(text.replace(word, other));
      made += 1;
    }
  }
  return texts;
}
