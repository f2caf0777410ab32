import { learningCurve } from '../../../../services/intent/evaluation/learningCurve';
import type { IntentRecognizer, Topic } from '../../../../services/intent/intent';
import type { IntentExample } from '../../../../services/intent/intentExamples';

const example = (text: string, topic: Topic): IntentExample => ({
  text,
  topic,
  language: 'ko',
  style: 'casual',
});
const examples = [
  ...Array.from({ length: 10 }, (_, at) => example(`연체료 ${at}`, 'late_fee')),
  ...Array.from({ length: 3 }, (_, at) => example(`정지 ${at}`, 'suspension')),
];

/** Knows the examples by heart and nothing else. */
function byHeart(learned: readonly IntentExample[]): IntentRecognizer {
  return {
    recognize: (text) => ({
      topic: learned.find((one) => one.text === text)?.topic ?? 'out_of_scope',
      confidence: 0.9,
      alternatives: [],
      entities: [],
      language: 'ko',
      decision: 'sure',
    }),
  };
}

describe('learning curve', () => {
  const messages = examples.map(({ text, topic }) => ({ text, topic, lang: 'ko' as const }));

  it('learns from so many examples a topic and language, then from all, and from no more than there are', () => {
    const points = learningCurve(examples, messages, byHeart);

    expect(
      points.map(({ perTopic, examples: count, accuracy, en }) => [perTopic, count, accuracy, en]),
    ).toEqual([
      [4, 7, 0.5385, null],
      [8, 11, 0.8462, null],
      [null, 13, 1, null],
    ]);
  });

  it('adds to what a smaller size learned', () => {
    const seen: string[][] = [];
    learningCurve(examples, messages, (learned) => {
      seen.push(learned.map(({ text }) => text));
      return byHeart(learned);
    });

    expect(seen[1]).toEqual(expect.arrayContaining(seen[0] ?? []));
    expect(seen[2]).toEqual(expect.arrayContaining(seen[1] ?? []));
  });
});
