import { softmax } from './logisticRegression';

/** Taken from the global object once: looked up in a loop they can cost more than the arithmetic. */
const { exp, log, max } = Math;

/** What cross-validation says about how far to trust the model. */
export interface Calibration {
  /** Scores are divided by this before they become probabilities. */
  readonly temperature: number;
  /** At or above this confidence: 'sure'. */
  readonly sureAt: number;
  /** Below this confidence: 'unknown'. */
  readonly unknownBelow: number;
}

/** One message that the model had not seen: its scores and the right class. */
export interface Trial {
  readonly scores: Float64Array;
  readonly label: number;
}

/** Of the messages acted on without asking back, this share at least must be right. */
const sureShare = 0.97;
/** Offering three topics is worth it while the right one is among them at least this often. */
const worthOffering = 0.6;
/** Below this the model sees hardly any difference between the topics, whatever the trials say. */
const leastConfidence = 0.25;
/** A threshold that rests on fewer messages would be chance. */
const fewestTrials = 12;

/**
 * Chooses the temperature that makes confidence honest (least log loss), then the thresholds.
 * @param trials scores of messages left out of training, by cross-validation
 */
export function calibrate(trials: readonly Trial[]): Calibration {
  const temperature = bestTemperature(trials);
  const judged = trials.map((trial) => judge(trial, temperature));
  judged.sort((one, other) => other.confidence - one.confidence);
  const sureAt = sureThreshold(judged);
  return { temperature, sureAt, unknownBelow: Math.min(sureAt, unknownThreshold(judged)) };
}

interface Judged {
  readonly confidence: number;
  readonly right: boolean;
  readonly amongThree: boolean;
}

function judge({ scores, label }: Trial, temperature: number): Judged {
  const chances = Float64Array.from(scores);
  softmax(chances, temperature);
  const chance = chances[label] ?? 0;
  const better = chances.reduce((count, other) => count + (other > chance ? 1 : 0), 0);
  return { confidence: max(...chances), right: better === 0, amongThree: better < 3 };
}

/** The lowest confidence from which on up the share of right answers holds. Best first. */
function sureThreshold(judged: readonly Judged[]): number {
  let right = 0;
  let threshold = 0.99;
  judged.forEach((one, at) => {
    right += one.right ? 1 : 0;
    if (at + 1 >= fewestTrials && right / (at + 1) >= sureShare) threshold = one.confidence;
  });
  return max(0.4, threshold);
}

/** The highest confidence below which the right topic is too seldom among the best three. */
function unknownThreshold(judged: readonly Judged[]): number {
  let useful = 0;
  let threshold = leastConfidence;
  judged.toReversed().forEach((one, at) => {
    useful += one.amongThree ? 1 : 0;
    if (at + 1 >= fewestTrials && useful / (at + 1) < worthOffering) threshold = one.confidence;
  });
  return threshold;
}

/** The loss has one lowest point: each step leaves out the third of the range where it is not. */
function bestTemperature(trials: readonly Trial[]): number {
  let low = log(0.3);
  let high = log(3);
  while (high - low > 0.05) {
    const third = (high - low) / 3;
    if (logLoss(trials, exp(low + third)) < logLoss(trials, exp(high - third))) high -= third;
    else low += third;
  }
  return exp((low + high) / 2);
}

function logLoss(trials: readonly Trial[], temperature: number): number {
  let loss = 0;
  for (const { scores, label } of trials) {
    let highest = Number.NEGATIVE_INFINITY;
    for (const score of scores) if (score > highest) highest = score;
    let sum = 0;
    for (const score of scores) sum += exp((score - highest) / temperature);
    const chance = exp(((scores[label] ?? 0) - highest) / temperature) / sum;
    loss -= log(max(chance, 1e-9));
  }
  return loss;
}
