import { ConceptFinder } from '../intent/conceptFinder';
import type { IntentExample } from '../intent/intentExamples';
import type { Lexicon } from '../intent/lexicon';
import { normalizeText, withoutSpaces } from '../intent/normalizeText';
import type { Finding } from './finding';

const file = 'lexicon.json';

/** Concepts that no example mentions, concepts without words, and words that stand twice in one concept. */
export function checkConcepts(lexicon: Lexicon, examples: readonly IntentExample[]): Finding[] {
  const finder = new ConceptFinder(lexicon);
  const used = new Set<string>();
  for (const { text } of examples) {
    for (const concept of finder.find(normalizeText(text)).concepts)
      used.add(finder.nameOf(concept % finder.conceptCount));
  }
  return Object.entries(lexicon.concepts).flatMap(([name, concept]): Finding[] => {
    const place = `concepts.${name}`;
    const warning = { severity: 'warning', check: 'concepts', file, text: name } as const;
    const empty = concept.ko.length + concept.en.length === 0;
    const problem = empty ? `The concept ${name} has no words.` : `No example mentions the concept ${name}.`;
    return [
      ...(used.has(name) ? [] : [{ ...warning, place, problem }]),
      ...(['ko', 'en'] as const).flatMap((language) => {
        const seen = new Set<string>();
        return concept[language].flatMap((term, at): Finding[] => {
          const normalized = normalizeText(term);
          const key =
            language === 'ko' ? withoutSpaces(normalized) : normalized + (term.endsWith('*') ? '*' : '');
          if (!seen.has(key)) {
            seen.add(key);
            return [];
          }
          const problem = `"${term}" stands twice in the concept ${name}.`;
          return [{ ...warning, place: `${place}.${language}[${at}]`, problem, text: term }];
        });
      }),
    ];
  });
}
