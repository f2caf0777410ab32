import { LogisticRegression, softmax } from '../../../services/intent/logisticRegression';
import { shuffledOrder } from '../../../services/intent/shuffledOrder';
import type { SparseVector } from '../../../services/intent/vectorizer';

const learning = {
  epochs: 3,
  learningRate: 0.4,
  penalty: 1e-4,
  seed: 1,
  hideConceptsEvery: 2,
  smallestWeight: 0.04,
};
const commonFeatures = 400;
const messageLength = 60;

/** Messages of made-up topics: each topic has four features of its own among common ones. */
function messages(topicCount: number, perTopic: number) {
  const featureCount = commonFeatures + topicCount * 4;
  const vectors: SparseVector[] = [];
  const labels: number[] = [];
  for (let topic = 0; topic < topicCount; topic += 1) {
    for (let at = 0; at < perTopic; at += 1) {
      const common = shuffledOrder(commonFeatures, topic * perTopic + at).subarray(0, messageLength - 3);
      const own = [0, 1, 2].map((place) => commonFeatures + topic * 4 + ((at + place) % 4));
      const indices = Uint32Array.from([...common, ...own]);
      const values = Float32Array.from(indices, (feature) => (feature < commonFeatures ? 0.05 : 0.5));
      vectors.push({ indices, values, wordingLength: indices.length });
      labels.push(topic);
    }
  }
  return { vectors, labels, featureCount };
}

function trained(topicCount: number, smallestWeight = learning.smallestWeight) {
  const { vectors, labels, featureCount } = messages(topicCount, 3);
  const options = { ...learning, smallestWeight };
  return {
    vectors,
    labels,
    model: LogisticRegression.fit(vectors, labels, topicCount, featureCount, options),
  };
}

function bestOf(model: LogisticRegression, vector: SparseVector, into: Float64Array): number {
  model.scores(vector, into);
  softmax(into);
  return into.indexOf(Math.max(...into));
}

/** The quickest of many rounds: what the work costs when nothing else gets in the way. */
function quickestMicros({ model, vectors }: ReturnType<typeof trained>): number {
  const into = new Float64Array(model.classCount);
  let quickest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 40; round += 1) {
    const before = performance.now();
    for (const vector of vectors.slice(0, 60)) model.scores(vector, into);
    quickest = Math.min(quickest, performance.now() - before);
  }
  return (quickest * 1_000) / 60;
}

describe('a hundred times the topics', () => {
  const few = trained(21);
  const many = trained(2_100);

  it('are still told apart', () => {
    const into = new Float64Array(2_100);
    const wrong = many.vectors.filter(
      (vector, at) => at % 50 === 0 && bestOf(many.model, vector, into) !== many.labels[at],
    );
    expect(wrong).toEqual([]);
  });

  it('cost a message at most three times the weights', () => {
    const cells = ({ model, vectors }: ReturnType<typeof trained>) =>
      Math.max(
        ...vectors
          .slice(0, 60)
          .map(({ indices }) =>
            indices.reduce(
              (sum, feature) => sum + (model.starts[feature + 1] ?? 0) - (model.starts[feature] ?? 0),
              0,
            ),
          ),
      );
    expect(cells(many)).toBeLessThanOrEqual(3 * cells(few));
    expect(quickestMicros(many)).toBeLessThan(200);
  });

  it('and with few topics what is left out is too small to change an answer', () => {
    const whole = trained(21, 0);
    const into = new Float64Array(21);
    for (const vector of few.vectors) {
      expect(bestOf(few.model, vector, into)).toBe(bestOf(whole.model, vector, into));
    }
    expect(few.model.weights.length).toBeLessThan(whole.model.weights.length);
  });
});
