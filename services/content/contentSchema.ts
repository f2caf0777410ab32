import { z } from 'zod';
import { type ContentName, contentShapes } from './contentFiles';

export const contentNames = Object.keys(contentShapes).filter(
  (name): name is ContentName => name in contentShapes,
);

const titles: Readonly<Record<ContentName, string>> = {
  claims: 'What the source text says about the carrier',
  faq: 'Answers to questions',
  channels: 'Where bills can be checked and paid',
  helplines: 'Public numbers for somebody in danger',
  holidays: 'Public holidays that no rule knows',
  intents: 'What customers type, by topic and language',
  lexicon: 'Words and what they mean',
  demoLedger: 'Customers of the demo and their bills',
};

/**
 * The JSON Schema (draft 7, which editors know best) of an edited file, from the shape that its loader checks.
 * Rules between fields are not in it: the loaders and `npm run faq -- check` know those.
 */
export function contentSchema(name: ContentName): Record<string, unknown> {
  const schema = z.toJSONSchema(contentShapes[name], {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
  });
  const { $schema, properties, ...rest } = schema;
  return {
    $schema,
    title: titles[name],
    ...rest,
    properties: { $schema: { type: 'string' }, ...properties },
  };
}

/** The schema as the text of its file, formatted as the linter wants it. */
export function contentSchemaText(name: ContentName): string {
  return `${formatted(contentSchema(name), 0)}\n`;
}

const lineWidth = 110;

/** Objects on lines of their own, lists on one line where they fit. */
function formatted(value: unknown, depth: number, before = 0): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const indent = '  '.repeat(depth + 1);
  const end = `\n${'  '.repeat(depth)}`;
  if (Array.isArray(value)) {
    const line = `[${value.map((item) => JSON.stringify(item)).join(', ')}]`;
    const simple = value.every((item) => typeof item !== 'object');
    if (simple && 2 * depth + before + line.length < lineWidth) return line;
    return `[\n${value.map((item) => indent + formatted(item, depth + 1)).join(',\n')}${end}]`;
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (entries.length === 0) return '{}';
  const lines = entries.map(([key, item]) => {
    const start = `${JSON.stringify(key)}: `;
    return indent + start + formatted(item, depth + 1, start.length);
  });
  return `{\n${lines.join(',\n')}${end}}`;
}
