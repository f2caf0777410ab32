import { join } from 'node:path';
import type { z } from 'zod';
import { demoLedger } from '../billing/demoLedger';
import { jsonPath, readJsonFile } from '../dataFile';
import { AppError } from '../errors';
import { helplinesFile } from '../faq/helplines';
import { channelsFile, claimsFile, faqFile } from '../faq/knowledgeSchema';
import { holidaysFile } from '../faq/publicHolidays';
import { intentExamplesSchema } from '../intent/intentExamples';
import { lexiconSchema } from '../intent/lexicon';
import type { Finding } from './finding';

/** The edited files of `data/` by name without `.json`, and their shapes. */
export const contentShapes = {
  claims: claimsFile,
  faq: faqFile,
  channels: channelsFile,
  helplines: helplinesFile,
  holidays: holidaysFile,
  intents: intentExamplesSchema,
  lexicon: lexiconSchema,
  demoLedger,
} as const;

export type ContentName = keyof typeof contentShapes;
/** What could be read; a file with an error in its shape is absent. */
export type Content = { readonly [Name in ContentName]?: z.output<(typeof contentShapes)[Name]> };

/** Reads every edited file of a folder. Whatever is wrong with the shape of one becomes findings, all of them. */
export function readContent(dataDir: string): { content: Content; findings: Finding[] } {
  const findings: Finding[] = [];
  const read = <Value>(name: ContentName, shape: z.ZodType<Value>): Value | undefined => {
    const file = `${name}.json`;
    let raw: unknown;
    try {
      raw = readJsonFile(join(dataDir, file));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      findings.push({ severity: 'error', check: 'shape', file, place: '', problem: error.message });
      return undefined;
    }
    const parsed = shape.safeParse(raw);
    if (parsed.success) return parsed.data;
    for (const { path, message } of parsed.error.issues)
      findings.push({
        severity: 'error',
        check: 'shape',
        file,
        place: jsonPath(path),
        problem: `${message.replace(/\.$/, '')}.`,
      });
    return undefined;
  };
  const content: Content = {
    claims: read('claims', contentShapes.claims),
    faq: read('faq', contentShapes.faq),
    channels: read('channels', contentShapes.channels),
    helplines: read('helplines', contentShapes.helplines),
    holidays: read('holidays', contentShapes.holidays),
    intents: read('intents', contentShapes.intents),
    lexicon: read('lexicon', contentShapes.lexicon),
    demoLedger: read('demoLedger', contentShapes.demoLedger),
  };
  return { content, findings };
}
