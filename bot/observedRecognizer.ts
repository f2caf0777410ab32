import type { IntentRecognizer, Understanding } from '../services/intent/intent';
import { presentTrace, spend } from '../services/trace/presentWork';
import type { Tracer } from '../services/trace/tracer';

/** The same recogniser, with its share of the turn's time known and its results counted. */
export function observedRecognizer(
  recognizer: IntentRecognizer,
  tracer: Tracer,
  onUnderstood: (understanding: Understanding) => void,
): IntentRecognizer {
  return {
    recognize(text, nowMs) {
      const span = tracer.begin('recognise', 'internal', presentTrace());
      const understanding = spend('recognise', () => recognizer.recognize(text, nowMs));
      const { topic, confidence, decision } = understanding;
      span.end({ topic, confidence, decision });
      onUnderstood(understanding);
      return understanding;
    },
  };
}
