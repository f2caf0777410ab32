import { z } from 'zod';
import { readJsonFile } from '../dataFile';
import { ConfigurationError } from '../errors';
import { topics } from './intent';

const terms = z.array(z.string().trim().min(1).max(60));

const concept = z.strictObject({
  /** Korean terms, spacing ignored, found anywhere in a message and spelled by sound. */
  ko: terms,
  /** English terms, whole words; a final `*` takes any ending. */
  en: terms,
  /** True for what a customer can do without, "앱 없이": channels and people. */
  contrast: z.boolean().default(false),
});

const swap = z.strictObject({
  /** Words for what we are asked about, longest first. */
  ours: terms,
  /** Words for what somebody else must be asked about. */
  others: terms,
});

/** `data/lexicon.json`: what editors teach the recogniser about words. */
export const lexiconSchema = z.strictObject({
  version: z.literal(1),
  concepts: z.record(z.string().regex(/^[A-Z][A-Z_]*$/), concept),
  /** Whole messages that have one meaning: ㅎㅇ, ㄱㅅ, ㅂㅂ. */
  exact: z.partialRecord(z.enum(topics), terms),
  /** Whole messages that say too little to act on, and the topics to ask back about: "미납 조회". */
  ambiguous: z
    .array(z.strictObject({ texts: terms, topics: z.array(z.enum(topics)).min(2).max(3) }))
    .default([]),
  contrast: z.strictObject({
    /** "A 말고 B": what stands before it is not wanted. */
    koAfter: terms,
    /** "A 없이 B": only the words right before it. */
    koAfterShort: terms,
    /** "without A", "not the A": the words right after it. */
    enBefore: terms,
  }),
  /** Another's bill in place of ours makes an example out of scope: "전기요금 연체되면 …". */
  lookalikes: z.strictObject({ ko: swap, en: swap }),
});

export type Lexicon = z.infer<typeof lexiconSchema>;

/**
 * Reads the lexicon.
 * @throws ConfigurationError naming the file and the first bad entry
 */
export function loadLexicon(file: string): Lexicon {
  const parsed = lexiconSchema.safeParse(readJsonFile(file));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.join('.') || 'the top level';
  throw new ConfigurationError(`${file}: ${where}: ${issue?.message ?? 'invalid'}.`);
}
