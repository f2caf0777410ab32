import type { IntentRecognizer, Topic, Understanding } from '../../services/intent/intent';
import { recognizer, type TestCustomer, words } from '../assistant';

/** What the customer says, and what is in the words that come back. */
export type Line = readonly [say: string, ...expected: (string | RegExp)[]];

/** Runs a conversation line by line. @returns the replies to each line, as one text a line */
export async function converse(customer: TestCustomer, lines: readonly Line[]): Promise<string[]> {
  const all: string[] = [];
  for (const [text, ...expected] of lines) {
    const said = words(await customer.send({ type: 'message', text })).join('\n');
    all.push(said);
    for (const part of expected) {
      const match = typeof part === 'string' ? expect.stringContaining(part) : expect.stringMatching(part);
      expect({ text, said }).toEqual({ text, said: match });
    }
  }
  return all;
}

/** The real recogniser, except for messages whose reading is given: the test is about what follows from it. */
export function recognizerThatReads(
  readings: Readonly<
    Record<string, { readonly decision: Understanding['decision']; readonly topics: readonly Topic[] }>
  >,
): IntentRecognizer {
  return {
    recognize: (text) => {
      const real = recognizer().recognize(text);
      const reading = readings[text];
      const [topic, ...others] = reading?.topics ?? [];
      if (reading === undefined || topic === undefined) return real;
      const alternatives = others.map((other, place) => ({ topic: other, confidence: 0.2 - place * 0.05 }));
      return { ...real, decision: reading.decision, topic, confidence: 0.3, alternatives };
    },
  };
}
