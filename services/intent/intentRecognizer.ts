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

/** The best and three alternatives. */
const mostRanked = 4;

const laughterOrTears = /[ㅋㅎㅠㅜ~]+$/u;

/** Recognises topics by a trained model and finds entities. Made once, used for every message. */
export class TrainedIntentRecognizer implements IntentRecognizer {
  private readonly finder: ConceptFinder;
  private readonly spelling: LatinSpelling;
  private readonly vectorizer: Vectorizer;
  private readonly regression: LogisticRegression;
  private readonly exact = new Map<string, Topic>();
  private readonly ambiguous = new Map<string, readonly Topic[]>();
  private readonly chances: Float64Array;

  /** @param classes the topic of each of the model's labels */
  constructor(
    private readonly model: IntentModel,
    lexicon: Lexicon,
    private readonly classes: readonly Topic[] = topics,
  ) {
    this.chances = new Float64Array(classes.length);
    this.finder = new ConceptFinder(lexicon);
    this.spelling = new LatinSpelling(model.words);
    this.vectorizer = new Vectorizer(model.featureHashes, model.featureWeights, blockWeights);
    const weights = new Float32Array(model.classWeights);
    for (let at = 0; at < weights.length; at += 1) weights[at] = (weights[at] as number) * model.step;
    this.regression = new LogisticRegression(model.starts, model.labels, weights, classes.length);
    for (const topic of topics)
      for (const text of lexicon.exact[topic] ?? []) this.exact.set(spelled(text), topic);
    for (const { texts, topics: either } of lexicon.ambiguous)
      for (const text of texts) this.ambiguous.set(spelled(text), either);
    this.exact.delete('');
    this.ambiguous.delete('');
  }

  recognize(text: string, nowMs?: number): Understanding {
    const normalized = normalizeText(text);
    const entities = findEntities(text, nowMs);
    const language = detectLanguage(text, 'ko');
    const either = listed(normalized, this.ambiguous);
    if (either !== undefined) return { ...this.between(either, normalized), entities, language };
    const [best, ...alternatives] = this.rank(normalized);
    const { topic, confidence } = best ?? { topic: 'out_of_scope' as const, confidence: blindConfidence };
    return { topic, confidence, alternatives, entities, language, decision: this.decide(confidence) };
  }

  private decide(confidence: number): Understanding['decision'] {
    const { sureAt, unknownBelow } = this.model.calibration;
    if (confidence >= sureAt) return 'sure';
    return confidence < unknownBelow ? 'unknown' : 'unsure';
  }

  /** Several meanings that are told apart by asking alone, the likeliest first. */
  private between(either: readonly Topic[], normalized: string) {
    this.rank(normalized);
    const chance = (topic: Topic) => this.chances[this.classes.indexOf(topic)] ?? 0;
    const confidence = 1 / either.length;
    const [first, ...others] = [...either]
      .sort((one, other) => chance(other) - chance(one))
      .map((topic): ScoredTopic => ({ topic, confidence }));
    return {
      topic: first?.topic ?? 'out_of_scope',
      confidence,
      alternatives: others,
      decision: 'unsure' as const,
    };
  }

  /** The best topics, best first; empty when there is nothing to go by. */
  private rank(normalized: string): ScoredTopic[] {
    if (normalized === '') return [];
    const vector = this.vectorizer.vectorize(featuresOf(this.spelling.mend(normalized), this.finder));
    const exact = listed(normalized, this.exact);
    if (vector.indices.length === 0 && exact === undefined) return [];
    this.regression.scores(vector, this.chances);
    softmax(this.chances, this.model.calibration.temperature);
    const ranked = highest(this.chances, mostRanked).map(
      (place): ScoredTopic => ({
        topic: this.classes[place] ?? 'out_of_scope',
        confidence: this.chances[place] ?? 0,
      }),
    );
    if (exact === undefined) return ranked;
    const restChance = 1 - (this.chances[this.classes.indexOf(exact)] ?? 0) || 1;
    const rest = ranked.filter(({ topic }) => topic !== exact).slice(0, mostRanked - 1);
    return [
      { topic: exact, confidence: exactConfidence },
      ...rest.map(({ topic, confidence }) => ({
        topic,
        confidence: (confidence / restChance) * (1 - exactConfidence),
      })),
    ];
  }
}

function spelled(text: string): string {
  return withoutSpaces(normalizeText(text));
}

/** What a list of whole messages says about this one. */
function listed<Meaning>(normalized: string, list: ReadonlyMap<string, Meaning>): Meaning | undefined {
  const message = withoutSpaces(normalized);
  return list.get(message) ?? list.get(message.replace(laughterOrTears, ''));
}

/** Where the highest few values stand, highest first: sorting them all would grow with the topics. */
function highest(values: Float64Array, count: number): number[] {
  const places: number[] = [];
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] as number;
    if (places.length === count && value <= (values[places[count - 1] as number] as number)) continue;
    let place = places.length;
    while (place > 0 && (values[places[place - 1] as number] as number) < value) place -= 1;
    places.splice(place, 0, at);
    if (places.length > count) places.pop();
  }
  return places;
}

/** Learns from examples and lexicon, thresholds included. `loadIntentRecognizer` keeps what was learned. */
export function trainIntentRecognizer(
  examples: readonly IntentExample[],
  lexicon: Lexicon,
  options?: TrainingOptions,
): IntentRecognizer {
  return new TrainedIntentRecognizer(trainIntentModel(examples, lexicon, options), lexicon);
}
