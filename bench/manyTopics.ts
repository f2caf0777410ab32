import { ConceptFinder } from '../services/intent/conceptFinder';
import { featuresOf } from '../services/intent/features';
import { topics as ourTopics } from '../services/intent/intent';
import type { IntentExample } from '../services/intent/intentExamples';
import { blockWeights } from '../services/intent/intentModel';
import type { Lexicon } from '../services/intent/lexicon';
import { LogisticRegression, softmax } from '../services/intent/logisticRegression';
import { normalizeText } from '../services/intent/normalizeText';
import { Vectorizer } from '../services/intent/vectorizer';
import { median } from './statistics';

const times = 100;
const rounds = 5;

export interface ManyTopicsCost {
  readonly topics: number;
  readonly microsWithOurs: number;
  readonly microsWithMany: number;
  readonly times: number;
}

/**
 * What a message costs with 100 times the topics: reading it, and scoring every topic by weights that are there for
 * every feature and topic. What the weights say does not matter for the time.
 */
export function manyTopicsCost(
  examples: readonly IntentExample[],
  lexicon: Lexicon,
  texts: readonly string[],
): ManyTopicsCost {
  const finder = new ConceptFinder(lexicon);
  const read = (text: string) => featuresOf(normalizeText(text), finder);
  const vectorizer = Vectorizer.fit(
    examples.map(({ text }) => read(text)),
    blockWeights,
  );
  const cost = (count: number) => {
    const weights = new Float32Array(vectorizer.featureCount * count).fill(0.01);
    const regression = new LogisticRegression(weights, count);
    const scores = new Float64Array(count);
    const micros = Array.from({ length: rounds }, () => {
      const before = performance.now();
      for (const text of texts) {
        regression.scores(vectorizer.vectorize(read(text)), scores);
        softmax(scores);
      }
      return ((performance.now() - before) * 1_000) / texts.length;
    });
    return median(micros);
  };
  const microsWithOurs = cost(ourTopics.length);
  const microsWithMany = cost(ourTopics.length * times);
  return {
    topics: ourTopics.length * times,
    microsWithOurs,
    microsWithMany,
    times: microsWithMany / microsWithOurs,
  };
}
