import { type Calibration, calibrate, type Trial } from './calibration';
import { ConceptFinder } from './conceptFinder';
import { featuresOf } from './features';
import { topics } from './intent';
import type { IntentExample } from './intentExamples';
import { LatinSpelling, latinWordsOf } from './latinSpelling';
import type { Lexicon } from './lexicon';
import { type LogisticOptions, LogisticRegression } from './logisticRegression';
import { lookalikesOf } from './lookalikes';
import { normalizeText } from './normalizeText';
import { shuffledOrder } from './shuffledOrder';
import { type BlockWeights, type SparseVector, Vectorizer } from './vectorizer';

/** Chosen by cross-validation on `data/intents.json`. */
export const blockWeights: BlockWeights = {
  characters: 1,
  sounds: 1,
  words: 0.6,
  stems: 1,
  conceptPairs: 1,
  concepts: 1,
};
const learning: LogisticOptions = {
  epochs: 3,
  learningRate: 0.4,
  penalty: 5e-4,
  seed: 1,
  hideConceptsEvery: 2,
  smallestWeight: 0.1,
};
/** One example of so many is left out to choose the thresholds: enough, and one training instead of four. */
const trialShare = 3;
/** Weights are kept in so many steps: a smaller file, no change in any answer. */
const weightLevels = 1_000;

/** What training learns, ready to be written to a file. */
export interface IntentModel {
  /** Latin words that are spelled right, and how often each was seen. */
  readonly words: ReadonlyMap<string, number>;
  readonly featureHashes: Int32Array;
  readonly featureWeights: Float32Array;
  /** Where each feature's weights begin in `classWeights`; one more for the end of the last. */
  readonly starts: Uint32Array;
  /** The topic of each weight. */
  readonly labels: Uint16Array;
  /** Feature by feature, in steps of `step`. */
  readonly classWeights: Int16Array;
  readonly step: number;
  readonly calibration: Calibration;
}

export interface TrainingOptions {
  /** Given, it saves the cross-validation. */
  readonly calibration?: Calibration;
}

/**
 * Learns from examples and lexicon alone; the same input gives the same model. Softmax regression on its own:
 * nearest neighbours averaged in gained nothing in grouped cross-validation (87.7% alone, 87.2–87.5% with).
 */
export function trainIntentModel(
  examples: readonly IntentExample[],
  lexicon: Lexicon,
  options: TrainingOptions = {},
): IntentModel {
  const words = knownWords(examples, lexicon);
  const spelling = new LatinSpelling(words);
  const finder = new ConceptFinder(lexicon);
  const read = (text: string) => featuresOf(spelling.mend(normalizeText(text)), finder);
  const documents = examples.map(({ text }) => read(text));
  const labels = examples.map(({ topic }) => topics.indexOf(topic));
  for (const text of lookalikesOf(examples, lexicon)) {
    documents.push(read(text));
    labels.push(topics.indexOf('out_of_scope'));
  }
  const vectorizer = Vectorizer.fit(documents, blockWeights);
  const { featureCount } = vectorizer;
  const vectors = documents.map((document) => vectorizer.vectorize(document));
  const regression = LogisticRegression.fit(vectors, labels, topics.length, featureCount, learning);
  const highest = regression.weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 1e-6);
  const step = highest / weightLevels;
  return {
    words,
    featureHashes: vectorizer.hashes,
    featureWeights: vectorizer.weights,
    starts: regression.starts,
    labels: regression.labels,
    classWeights: Int16Array.from(regression.weights, (weight) => Math.round(weight / step)),
    step,
    calibration: options.calibration ?? calibrate(leaveOut(vectors, labels, featureCount, examples.length)),
  };
}

/** Scores a share of the first `trialCount` messages by a model that was trained without them. */
function leaveOut(
  vectors: readonly SparseVector[],
  labels: readonly number[],
  featureCount: number,
  trialCount: number,
): Trial[] {
  const left = new Uint8Array(vectors.length);
  for (const example of shuffledOrder(trialCount, learning.seed).subarray(0, trialCount / trialShare)) {
    left[example] = 1;
  }
  const kept = (_: unknown, example: number) => left[example] === 0;
  const regression = LogisticRegression.fit(
    vectors.filter(kept),
    labels.filter(kept),
    topics.length,
    featureCount,
    learning,
  );
  const trials: Trial[] = [];
  vectors.forEach((vector, example) => {
    if (left[example] === 0) return;
    const scores = new Float64Array(topics.length);
    regression.scores(vector, scores);
    trials.push({ scores, label: labels[example] ?? 0 });
  });
  return trials;
}

function knownWords(examples: readonly IntentExample[], lexicon: Lexicon): Map<string, number> {
  const counts = new Map<string, number>();
  const learn = (text: string) => {
    for (const word of latinWordsOf(normalizeText(text))) counts.set(word, (counts.get(word) ?? 0) + 1);
  };
  for (const { text, style } of examples) if (style !== 'typo' && style !== 'nospace') learn(text);
  for (const { ko, en } of Object.values(lexicon.concepts)) [...ko, ...en].forEach(learn);
  return counts;
}
