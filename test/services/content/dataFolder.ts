import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { intentsText } from '../../../services/content/intentsText';
import { intentExamplesSchema } from '../../../services/intent/intentExamples';

const dataDir = path.resolve(__dirname, '../../../data');

/** A copy of `data/` to spoil, and its removal. */
export class DataFolder {
  readonly path = mkdtempSync(path.join(tmpdir(), 'data-'));

  /** @param perStyle keeps so many examples a topic, language and style, to be quick; all when absent */
  constructor(perStyle?: number) {
    cpSync(dataDir, this.path, { recursive: true });
    if (perStyle === undefined) return;
    const counts = new Map<string, number>();
    const { topics, ...rest } = intentExamplesSchema
      .extend({ $schema: z.string().optional() })
      .parse(JSON.parse(this.read('intents.json')));
    const kept = Object.entries(topics).map(([topic, lists]) => {
      const fewOf = (language: 'ko' | 'en') =>
        lists[language].filter(({ style }) => {
          const key = `${topic} ${language} ${style}`;
          counts.set(key, (counts.get(key) ?? 0) + 1);
          return (counts.get(key) ?? 0) <= perStyle;
        });
      return [topic, { ko: fewOf('ko'), en: fewOf('en') }];
    });
    const fewer = intentExamplesSchema.parse({ version: rest.version, topics: Object.fromEntries(kept) });
    writeFileSync(path.join(this.path, 'intents.json'), intentsText(fewer));
  }

  read(name: string): string {
    return readFileSync(path.join(this.path, name), 'utf8');
  }

  /** Replaces the first `from` in a file. @throws Error when it is not there: then the test would test nothing */
  replace(name: string, from: string | RegExp, to: string): void {
    const before = this.read(name);
    const after = before.replace(from, to);
    if (after === before) throw new Error(`${name} holds no ${from}`);
    writeFileSync(path.join(this.path, name), after);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
