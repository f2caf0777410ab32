import { join } from 'node:path';
import { z } from 'zod';
import { deepFreeze, readDataFile } from '../dataFile';
import type { Language } from '../intent/intent';

/** A public number for somebody whose life may be in danger. It is no claim about the carrier. */
export interface Helpline {
  readonly id: 'suicidePrevention' | 'ambulance' | 'police';
  /** Digits only, as dialled. */
  readonly phoneNumber: string;
  /** The authority that runs it, and where it says so. */
  readonly source: { readonly publisher: string; readonly title: string; readonly url?: string | undefined };
  readonly texts: Readonly<Record<Language, { readonly label: string; readonly sentence: string }>>;
}

const words = z.string().trim().min(1, 'a text must not be empty');
const text = z.strictObject({ label: words, sentence: words });

/** The shape of `data/helplines.json`. */
export const helplinesFile = z.strictObject({
  version: z.literal(1),
  helplines: z
    .array(
      z.strictObject({
        id: z.enum(['suicidePrevention', 'ambulance', 'police']),
        phoneNumber: z.string().regex(/^1\d\d$/, 'a three-digit emergency number'),
        source: z.strictObject({
          publisher: words,
          title: words,
          url: z.url({ protocol: /^https$/ }).optional(),
        }),
        texts: z.strictObject({ ko: text, en: text }),
      }),
    )
    .min(1),
});

/**
 * Reads `helplines.json` of a folder, in the order in which the numbers are named.
 * @throws ConfigurationError naming the file and the place in it
 */
export function loadHelplines(dataDir: string): readonly Helpline[] {
  const helplines: readonly Helpline[] = readDataFile(
    join(dataDir, 'helplines.json'),
    helplinesFile,
  ).helplines;
  deepFreeze(helplines);
  return helplines;
}
