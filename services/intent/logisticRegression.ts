import { shuffledOrder } from './shuffledOrder';
import type { SparseVector } from './vectorizer';

/** Taken from the global object once: looked up in a loop they can cost more than the arithmetic. */
const { abs, exp, max, sqrt } = Math;

export interface LogisticOptions {
  readonly epochs: number;
  readonly learningRate: number;
  /** L2 penalty on a weight, applied when its feature is seen. */
  readonly penalty: number;
  readonly seed: number;
  /** In one pass of so many over a message its concepts are hidden, so that its wording alone must do. */
  readonly hideConceptsEvery: number;
  /** A smaller weight is left out of the result. */
  readonly smallestWeight: number;
}

/** A feature keeps at most so many weights, its strongest: with many classes most of them say nothing. */
export const mostWeights = 32;
/** Classes whose error is smaller are as good as right: most classes never meet most features. */
const negligibleError = 1e-2;

/**
 * Softmax regression on sparse vectors, fitted by AdaGrad. Once fitted, a feature keeps a weight only for the
 * classes it speaks for or against: a message costs what it says, not features times classes.
 */
export class LogisticRegression {
  /**
   * @param starts where each feature's weights begin; one more for the end of the last
   * @param labels the class of each weight
   */
  constructor(
    readonly starts: Uint32Array,
    readonly labels: Uint16Array,
    readonly weights: Float32Array,
    readonly classCount: number,
  ) {}

  /** @param classCount at most 65,536 */
  static fit(
    vectors: readonly SparseVector[],
    labels: readonly number[],
    classCount: number,
    featureCount: number,
    options: LogisticOptions,
  ): LogisticRegression {
    const weights = new Float32Array(featureCount * classCount);
    const gathered = new Float32Array(featureCount * classCount).fill(1e-2);
    const errors = new Float64Array(classCount);
    for (let epoch = 0; epoch < options.epochs; epoch += 1) {
      for (const at of shuffledOrder(vectors.length, options.seed + epoch)) {
        const vector = vectors[at];
        if (vector === undefined) continue;
        const hidden = (at + epoch) % options.hideConceptsEvery === 0;
        const length = hidden ? vector.wordingLength : vector.indices.length;
        addScores(weights, vector, length, errors);
        softmax(errors);
        const label = labels[at] ?? 0;
        errors[label] = (errors[label] as number) - 1;
        learn(weights, gathered, vector, length, errors, options);
      }
    }
    return packed(weights, classCount, options.smallestWeight);
  }

  /** Fills `into` with one score (logit) a class. */
  scores({ indices, values }: SparseVector, into: Float64Array): void {
    const { starts, labels, weights } = this;
    into.fill(0);
    for (let at = 0; at < indices.length; at += 1) {
      const feature = indices[at] as number;
      const value = values[at] as number;
      const end = starts[feature + 1] as number;
      for (let cell = starts[feature] as number; cell < end; cell += 1) {
        const label = labels[cell] as number;
        into[label] = (into[label] as number) + (weights[cell] as number) * value;
      }
    }
  }
}

function addScores(
  weights: Float32Array,
  { indices, values }: SparseVector,
  length: number,
  into: Float64Array,
): void {
  const classCount = into.length;
  into.fill(0);
  for (let at = 0; at < length; at += 1) {
    const row = (indices[at] as number) * classCount;
    const value = values[at] as number;
    for (let label = 0; label < classCount; label += 1) {
      into[label] = (into[label] as number) + (weights[row + label] as number) * value;
    }
  }
}

function learn(
  weights: Float32Array,
  gathered: Float32Array,
  { indices, values }: SparseVector,
  length: number,
  errors: Float64Array,
  { learningRate, penalty }: LogisticOptions,
): void {
  const classCount = errors.length;
  const wrong: number[] = [];
  for (let label = 0; label < classCount; label += 1) {
    if (abs(errors[label] as number) > negligibleError) wrong.push(label);
  }
  for (let at = 0; at < length; at += 1) {
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

function packed(dense: Float32Array, classCount: number, smallest: number): LogisticRegression {
  const starts = new Uint32Array(dense.length / classCount + 1);
  const leasts = new Float32Array(starts.length);
  for (let feature = 0; feature + 1 < starts.length; feature += 1) {
    const end = (feature + 1) * classCount;
    const least =
      classCount <= mostWeights ? smallest : leastKept(dense.subarray(end - classCount, end), smallest);
    let kept = 0;
    for (let cell = end - classCount; cell < end; cell += 1)
      if (abs(dense[cell] as number) >= least) kept += 1;
    leasts[feature] = least;
    starts[feature + 1] = (starts[feature] as number) + kept;
  }
  const size = starts.at(-1) ?? 0;
  const labels = new Uint16Array(size);
  const weights = new Float32Array(size);
  let at = 0;
  for (let cell = 0; cell < dense.length; cell += 1) {
    const label = cell % classCount;
    const weight = dense[cell] as number;
    if (abs(weight) < (leasts[(cell - label) / classCount] as number)) continue;
    labels[at] = label;
    weights[at] = weight;
    at += 1;
  }
  return new LogisticRegression(starts, labels, weights, classCount);
}

/** The size of a row's last weight to keep. */
function leastKept(row: Float32Array, smallest: number): number {
  return max(smallest, row.map(abs).sort().at(-mostWeights) ?? 0);
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
