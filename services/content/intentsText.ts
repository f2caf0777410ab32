import type { z } from 'zod';
import type { Language, Topic } from '../intent/intent';
import { exampleStyles, type intentExamplesSchema } from '../intent/intentExamples';

type Style = (typeof exampleStyles)[number];

export interface NewExample {
  readonly text: string;
  readonly topic: Topic;
  readonly language: Language;
  readonly style: Style;
}

export type IntentsFile = z.output<typeof intentExamplesSchema> & { readonly $schema?: string | undefined };

/** With new examples in their places: behind the last one of their style, or of the styles before it. */
export function withExamples(file: IntentsFile, added: readonly NewExample[]): IntentsFile {
  const topics = structuredClone(file.topics);
  for (const { text, topic, language, style } of added) {
    const list = topics[topic][language];
    const order = exampleStyles.indexOf(style);
    const before = list.findLastIndex((example) => exampleStyles.indexOf(example.style) <= order);
    list.splice(before + 1, 0, { text, style });
  }
  return { ...file, topics };
}

/** `data/intents.json` as its editors write it: an example a line. */
export function intentsText({ $schema, version, topics }: IntentsFile): string {
  const schema = $schema === undefined ? '' : `  "$schema": ${JSON.stringify($schema)},\n`;
  const lists = Object.entries(topics).map(([topic, { ko, en }]) => {
    const list = (name: string, examples: readonly { text: string; style: string }[]) =>
      examples.length === 0
        ? `      "${name}": []`
        : `      "${name}": [\n${examples.map(({ text, style }) => `        { "text": ${JSON.stringify(text)}, "style": "${style}" }`).join(',\n')}\n      ]`;
    return `    "${topic}": {\n${list('ko', ko)},\n${list('en', en)}\n    }`;
  });
  return `{\n${schema}  "version": ${version},\n  "topics": {\n${lists.join(',\n')}\n  }\n}\n`;
}
