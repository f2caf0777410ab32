import { shuffledOrder } from './shuffledOrder';
import type { SparseVector } from './vectorizer';

/** Taken from the global object once: looked up in a loop they can cost more than the arithmetic. */
const { abs, exp, sqrt } = Math;

export interface LogisticOptions {
  readonly epochs: number;
  readonly learningRate: number;
  /** L2 penalty on a weight, applied when its feature is seen. */
  readonly penalty: number;
  readonly seed: number;
}

/** Softmax regression on sparse vectors, fitted by AdaGrad. Weights lie feature by feature. */
export class LogisticRegression {
  constructor(
    readonly weights: Float32Array,
    readonly classCount: number,
  ) {}

  static fit(
    vectors: readonly SparseVector[],
    labels: readonly number[],
    classCount: number,
    featureCount: number,
    options: LogisticOptions,
  ): LogisticRegression {
    const weights = new Float32Array(featureCount * classCount);
    const gathered = new Float32Array(featureCount * classCount).fill(1e-2);
    const model = new LogisticRegression(weights, classCount);
    const scores = new Float64Array(classCount);
    for (let epoch = 0; epoch < options.epochs; epoch += 1) {
      for (const at of shuffledOrder(vectors.length, options.seed + epoch)) {
        const vector = vectors[at];
        if (vector === undefined) continue;
        model.scores(vector, scores);
        softmax(scores);
        const label = labels[at] ?? 0;
        scores[label] = (scores[label] ?? 0) - 1;
        learn(weights, gathered, vector, scores, options);
      }
    }
    return model;
  }

  /** Fills `into` with one score (logit) a class. */
  scores({ indices, values }: SparseVector, into: Float64Array): void {
    const { weights, classCount } = this;
    into.fill(0);
    for (let at = 0; at < indices.length; at += 1) {
      const row = (indices[at] as number) * classCount;
      const value = values[at] as number;
      for (let label = 0; label < classCount; label += 1) {
        into[label] = (into[label] as number) + (weights[row + label] as number) * value;
      }
    }
  }
}

/** Classes whose error is smaller are as good as right: leaving them out halves the time of training. */
const negligibleError = 2e-3;

function learn(
  weights: Float32Array,
  gathered: Float32Array,
  { indices, values }: SparseVector,
  errors: Float64Array,
  { learningRate, penalty }: LogisticOptions,
): void {
  const classCount = errors.length;
  const wrong: number[] = [];
  for (let label = 0; label < classCount; label += 1) {
    if (abs(errors[label] as number) > negligibleError) wrong.push(label);
  }
  for (let at = 0; at < indices.length; at += 1) {
    const row = (indices[at] as number) * classCount;
    const value = values[at] as number;
    for (const label of wrong) {
      const cell = row + label;
      const weight = weights[cell] as number;
      const slope = (errors[label] as number) * value + penalty * weight;
      const sum = (gathered[cell] as number) + slope * slope;
      gathered[cell] = sum;
      weights[cell] = weight - (learningRate * slope) / sqrt(sum);
    }
  }
}

/** Scores to probabilities, in place. */
export function softmax(scores: Float64Array, temperature = 1): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > highest) highest = score;
  let sum = 0;
  for (let at = 0; at < scores.length; at += 1) {
    const value = exp(((scores[at] ?? 0) - highest) / temperature);
    scores[at] = value;
    sum += value;
  }
  for (let at = 0; at < scores.length; at += 1) scores[at] = (scores[at] ?? 0) / sum;
}
