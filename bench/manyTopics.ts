import { topics as ourTopics, type Topic } from '../services/intent/intent';
import type { IntentModel } from '../services/intent/intentModel';
import { TrainedIntentRecognizer } from '../services/intent/intentRecognizer';
import type { Lexicon } from '../services/intent/lexicon';
import { mostWeights } from '../services/intent/logisticRegression';
import { shuffledOrder } from '../services/intent/shuffledOrder';
import { median } from './statistics';

const times = 100;
const rounds = 7;

export interface ManyTopicsCost {
  readonly topics: number;
  readonly microsWithOurs: number;
  readonly microsWithMany: number;
  readonly times: number;
}

/**
 * What it costs to understand a message, entities included, with 100 times the topics: every feature then has as
 * many weights as training ever leaves it, spread over all topics. What the weights say does not matter for the time.
 */
export function manyTopicsCost(
  model: IntentModel,
  lexicon: Lexicon,
  texts: readonly string[],
): ManyTopicsCost {
  const topics = Array.from({ length: ourTopics.length * times }, (_, at): Topic => {
    return ourTopics[at % ourTopics.length] ?? 'out_of_scope';
  });
  const ours = new TrainedIntentRecognizer(model, lexicon);
  const many = new TrainedIntentRecognizer(spreadOver(topics.length, model), lexicon, topics);
  const micros = { ours: [] as number[], many: [] as number[] };
  // By turns, so that both meet the same noise; the first round only compiles.
  for (let round = 0; round <= rounds; round += 1) {
    const cost = { ours: cpuMicros(ours, texts), many: cpuMicros(many, texts) };
    if (round === 0) continue;
    micros.ours.push(cost.ours);
    micros.many.push(cost.many);
  }
  const microsWithOurs = median(micros.ours);
  const microsWithMany = median(micros.many);
  return {
    topics: topics.length,
    microsWithOurs,
    microsWithMany,
    times: microsWithMany / microsWithOurs,
  };
}

function cpuMicros(recognizer: TrainedIntentRecognizer, texts: readonly string[]): number {
  const before = process.cpuUsage();
  for (const text of texts) recognizer.recognize(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / texts.length;
}

/** The model with `mostWeights` weights a feature, each of another topic. */
function spreadOver(topicCount: number, model: IntentModel): IntentModel {
  const features = model.featureHashes.length;
  const order = shuffledOrder(topicCount, 1);
  const starts = Uint32Array.from({ length: features + 1 }, (_, feature) => feature * mostWeights);
  const labels = Uint16Array.from({ length: features * mostWeights }, (_, at) => order[at % topicCount] ?? 0);
  const classWeights = Int16Array.from(labels, (label) => (label % 7) - 3);
  return { ...model, starts, labels, classWeights };
}
