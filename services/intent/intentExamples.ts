import { z } from 'zod';
import { readJsonFile } from '../dataFile';
import { ConfigurationError } from '../errors';
import { type Language, type Topic, topics } from './intent';

export const exampleStyles = [
  'formal',
  'casual',
  'typo',
  'nospace',
  'keyword',
  'long',
  'slang',
  'mixed',
  'voice',
  'hard',
] as const;

const example = z.strictObject({
  text: z.string().trim().min(1).max(300),
  style: z.enum(exampleStyles),
});

const topicExamples = z.strictObject({ ko: z.array(example), en: z.array(example) });

/** `data/intents.json`: what customers type, by topic and language. Every topic is there. */
export const intentExamplesSchema = z.strictObject({
  version: z.literal(1),
  topics: z.record(z.enum(topics), topicExamples),
});

export interface IntentExample {
  readonly text: string;
  readonly topic: Topic;
  readonly language: Language;
  readonly style: (typeof exampleStyles)[number];
}

/**
 * Reads the training examples, in the file's order.
 * @throws ConfigurationError naming the file, the topic and the index of the first bad example
 */
export function loadIntentExamples(file: string): IntentExample[] {
  const parsed = intentExamplesSchema.safeParse(readJsonFile(file));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ConfigurationError(`${file}: ${place(issue?.path ?? [])}: ${issue?.message ?? 'invalid'}.`);
  }
  const examples: IntentExample[] = [];
  for (const topic of topics) {
    for (const language of ['ko', 'en'] as const) {
      for (const { text, style } of parsed.data.topics[topic][language]) {
        examples.push({ text, topic, language, style });
      }
    }
  }
  if (examples.length === 0) throw new ConfigurationError(`${file} has no examples.`);
  return examples;
}

/** `['topics', 'late_fee', 'ko', 3, 'text']` → `topic late_fee, ko, index 3, text`. */
function place(path: readonly PropertyKey[]): string {
  const [root, topic, language, index, ...rest] = path.map(String);
  if (root !== 'topics' || topic === undefined) return root ?? 'the top level';
  return [`topic ${topic}`, language, index === undefined ? undefined : `index ${index}`, ...rest]
    .filter((part) => part !== undefined)
    .join(', ');
}
