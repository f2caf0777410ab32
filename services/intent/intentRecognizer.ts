import { ConceptFinder } from './conceptFinder';
import { detectLanguage } from './detectLanguage';
import { findEntities } from './entities/findEntities';
import { featuresOf } from './features';
import type { IntentRecognizer, ScoredTopic, Topic, Understanding } from './intent';
import { topics } from './intent';
import type { IntentExample } from './intentExamples';
import { blockWeights, type IntentModel, type TrainingOptions, trainIntentModel } from './intentModel';
import { LatinSpelling } from './latinSpelling';
import type { Lexicon } from './lexicon';
import { LogisticRegression, softmax } from './logisticRegression';
import { normalizeText, withoutSpaces } from './normalizeText';
import { Vectorizer } from './vectorizer';

/** A message that the lexicon lists word for word. */
const exactConfidence = 0.99;
/** Nothing to read: no letter, no known feature. */
const blindConfidence = 0.05;

const laughterOrTears = /[ㅋㅎㅠㅜ~]+$/u;

/** Recognises topics by a trained model and finds entities. Made once, used for every message. */
export class TrainedIntentRecognizer implements IntentRecognizer {
  private readonly finder: ConceptFinder;
  private readonly spelling: LatinSpelling;
  private readonly vectorizer: Vectorizer;
  private readonly regression: LogisticRegression;
  private readonly exact = new Map<string, Topic>();
  private readonly chances = new Float64Array(topics.length);

  constructor(
    private readonly model: IntentModel,
    lexicon: Lexicon,
  ) {
    this.finder = new ConceptFinder(lexicon);
    this.spelling = new LatinSpelling(model.words);
    this.vectorizer = new Vectorizer(model.featureHashes, model.featureWeights, blockWeights);
    const weights = new Float32Array(model.classWeights);
    for (let at = 0; at < weights.length; at += 1) weights[at] = (weights[at] as number) * model.step;
    this.regression = new LogisticRegression(model.starts, model.labels, weights, topics.length);
    for (const topic of topics) {
      for (const text of lexicon.exact[topic] ?? [])
        this.exact.set(withoutSpaces(normalizeText(text)), topic);
    }
    this.exact.delete('');
  }

  recognize(text: string, nowMs?: number): Understanding {
    const normalized = normalizeText(text);
    const entities = findEntities(text, nowMs);
    const language = detectLanguage(text, 'ko');
    const ranked = this.rank(normalized);
    const [best, ...others] = ranked;
    const { topic, confidence } = best ?? { topic: 'out_of_scope' as const, confidence: blindConfidence };
    return {
      topic,
      confidence,
      alternatives: others.slice(0, 3),
      entities,
      language,
      decision: this.decide(confidence),
    };
  }

  private decide(confidence: number): Understanding['decision'] {
    const { sureAt, unknownBelow } = this.model.calibration;
    if (confidence >= sureAt) return 'sure';
    return confidence < unknownBelow ? 'unknown' : 'unsure';
  }

  /** Topics, best first; empty when there is nothing to go by. */
  private rank(normalized: string): ScoredTopic[] {
    if (normalized === '') return [];
    const vector = this.vectorizer.vectorize(featuresOf(this.spelling.mend(normalized), this.finder));
    const exact = this.exactTopic(normalized);
    if (vector.indices.length === 0 && exact === undefined) return [];
    this.regression.scores(vector, this.chances);
    softmax(this.chances, this.model.calibration.temperature);
    const ranked: ScoredTopic[] = topics.map((topic, at) => ({ topic, confidence: this.chances[at] ?? 0 }));
    ranked.sort((one, other) => other.confidence - one.confidence);
    if (exact === undefined) return ranked;
    const rest = ranked.filter(({ topic }) => topic !== exact);
    const restChance = rest.reduce((sum, { confidence }) => sum + confidence, 0) || 1;
    return [
      { topic: exact, confidence: exactConfidence },
      ...rest.map(({ topic, confidence }) => ({
        topic,
        confidence: (confidence / restChance) * (1 - exactConfidence),
      })),
    ];
  }

  private exactTopic(normalized: string): Topic | undefined {
    const message = withoutSpaces(normalized);
    return this.exact.get(message) ?? this.exact.get(message.replace(laughterOrTears, ''));
  }
}

/** Learns from examples and lexicon, thresholds included. `loadIntentRecognizer` keeps what was learned. */
export function trainIntentRecognizer(
  examples: readonly IntentExample[],
  lexicon: Lexicon,
  options?: TrainingOptions,
): IntentRecognizer {
  return new TrainedIntentRecognizer(trainIntentModel(examples, lexicon, options), lexicon);
}
