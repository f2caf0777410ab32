import { evaluateIntents, type LabelledMessage } from '../evaluateIntents';
import { type IntentRecognizer, topics } from '../intent';
import type { IntentExample } from '../intentExamples';
import { shuffledOrder } from '../shuffledOrder';

/** Examples a topic and language; `Infinity` takes all. */
export const learningCurveSizes: readonly number[] = [4, 8, 16, 32, 64, Number.POSITIVE_INFINITY];

export interface LearningCurvePoint {
  /** Examples a topic and language at most; null = all. */
  readonly perTopic: number | null;
  /** Examples learned from. */
  readonly examples: number;
  /** Shares, 0…1, on the messages; null where there is nothing to divide by. */
  readonly accuracy: number;
  readonly ko: number | null;
  readonly en: number | null;
  readonly inScopeAccuracy: number | null;
  readonly outOfScopeRecall: number | null;
}

/**
 * How much more examples would help: the accuracy on `messages` after learning from ever more of them. Each size
 * contains the smaller ones; the choice is arbitrary but always the same. A size that adds nothing is left out.
 */
export function learningCurve(
  examples: readonly IntentExample[],
  messages: readonly LabelledMessage[],
  learn: (examples: readonly IntentExample[]) => IntentRecognizer,
  sizes: readonly number[] = learningCurveSizes,
): LearningCurvePoint[] {
  const points: LearningCurvePoint[] = [];
  let before = 0;
  for (const size of sizes) {
    const chosen = firstOfEach(examples, size);
    if (chosen.length === before) continue;
    before = chosen.length;
    const { report } = evaluateIntents(messages, learn(chosen), () => 0);
    points.push({
      perTopic: chosen.length === examples.length ? null : size,
      examples: chosen.length,
      accuracy: report.accuracy,
      ko: report.byLang.ko ?? null,
      en: report.byLang.en ?? null,
      inScopeAccuracy: report.inScopeAccuracy,
      outOfScopeRecall: report.outOfScopeRecall,
    });
  }
  return points;
}

function firstOfEach(examples: readonly IntentExample[], size: number): IntentExample[] {
  const chosen = new Set<IntentExample>();
  for (const topic of topics) {
    for (const language of ['ko', 'en'] as const) {
      const own = examples.filter((example) => example.topic === topic && example.language === language);
      // Shuffled, because editors list examples by style.
      for (const at of shuffledOrder(own.length, 7).slice(0, Math.min(size, own.length))) {
        const example = own[at];
        if (example !== undefined) chosen.add(example);
      }
    }
  }
  return examples.filter((example) => chosen.has(example));
}
