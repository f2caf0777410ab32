import type { IntentRecognizer } from '../intent/intent';
import type { IntentExample } from '../intent/intentExamples';
import { shuffledOrder } from '../intent/shuffledOrder';
import type { PlacedExample } from './exampleChecks';
import type { Finding } from './finding';
import { TextVectors } from './textVectors';

const foldCount = 4;
/** Below this the recogniser would ask back anyway. */
const fewestConfidence = 0.6;

/**
 * Examples that look like another topic's: learned from the others, the recogniser takes them for it. Each is
 * named with the example of that topic that it is most like.
 * @param learn without cross-validation of its own, which would take several times as long
 */
export function checkLookalikes(
  examples: readonly PlacedExample[],
  learn: (examples: readonly IntentExample[]) => IntentRecognizer,
): Finding[] {
  let vectors: TextVectors | undefined;
  const fold = new Uint8Array(examples.length);
  shuffledOrder(examples.length, 5).forEach((example, at) => {
    fold[example] = at % foldCount;
  });
  const found: (Finding & { readonly confidence: number })[] = [];
  for (let left = 0; left < foldCount; left += 1) {
    const recognizer = learn(examples.filter((_, at) => fold[at] !== left));
    examples.forEach((example, at) => {
      if (fold[at] !== left) return;
      const { topic, confidence } = recognizer.recognize(example.text);
      if (topic === example.topic || confidence < fewestConfidence) return;
      vectors ??= new TextVectors(examples.map(({ text }) => text));
      const similarities = vectors.similaritiesTo(at);
      const nearest = nearestOf(examples, similarities, (other) => other.topic === topic);
      const like = nearest === undefined ? '' : `, where "${nearest.text}" stands`;
      found.push({
        severity: 'warning',
        check: 'lookalikes',
        file: 'intents.json',
        place: example.place,
        text: example.text,
        problem: `"${example.text}" of ${example.topic} looks like ${topic} (${confidence.toFixed(2)})${like}.`,
        confidence,
      });
    });
  }
  return found
    .sort((one, other) => other.confidence - one.confidence)
    .map(({ confidence: _, ...finding }) => finding);
}

function nearestOf(
  examples: readonly PlacedExample[],
  similarities: Float64Array,
  fits: (example: PlacedExample) => boolean,
): PlacedExample | undefined {
  let nearest: PlacedExample | undefined;
  let highest = 0;
  examples.forEach((example, at) => {
    const similarity = similarities[at] ?? 0;
    if (similarity <= highest || !fits(example)) return;
    highest = similarity;
    nearest = example;
  });
  return nearest;
}
