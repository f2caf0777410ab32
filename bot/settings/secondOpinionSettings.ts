import { z } from 'zod';
import type { SecondOpinionOptions } from '../../services/intent/openAiSecondOpinion';
import { isSafeAddress } from './fields';

export type SecondOpinionConfig = Pick<SecondOpinionOptions, 'url' | 'key' | 'model'>;

/** The settings of the second opinion, for the schema in `bot/config.ts`. */
export const secondOpinionSettings = {
  SECOND_OPINION_URL: z
    .string()

    .refine(
      (text) => isSafeAddress(text) && !/[?#]/.test(text),
      'must be an https address without user name or query; http only on this machine.',
    )
    .optional(),
  SECOND_OPINION_KEY: z
    .string()
    .regex(/^[\x21-\x7e]{1,512}$/, 'must be visible ASCII characters without spaces.')
    .optional(),
  SECOND_OPINION_MODEL: z
    .string()
    .regex(/^[\w./:@-]{1,200}$/, 'must be the name of a model.')
    .optional(),
};

/** Undefined: nobody is asked, which is the default. */
export function secondOpinionConfig(data: {
  readonly SECOND_OPINION_URL?: string | undefined;
  readonly SECOND_OPINION_KEY?: string | undefined;
  readonly SECOND_OPINION_MODEL?: string | undefined;
}): SecondOpinionConfig | undefined {
  const { SECOND_OPINION_URL: url, SECOND_OPINION_KEY: key, SECOND_OPINION_MODEL: model } = data;
  return url === undefined || model === undefined ? undefined : { url, key, model };
}

/** Settings that are fine alone but not together. */
export function secondOpinionContradictions(given: Readonly<Record<string, string>>): string[] {
  const { SECOND_OPINION_URL, SECOND_OPINION_KEY, SECOND_OPINION_MODEL } = given;
  if (SECOND_OPINION_URL)
    return SECOND_OPINION_MODEL ? [] : ['SECOND_OPINION_MODEL is missing; SECOND_OPINION_URL needs it.'];
  if (SECOND_OPINION_KEY) return ['SECOND_OPINION_KEY is set, but SECOND_OPINION_URL is empty.'];
  if (SECOND_OPINION_MODEL) return ['SECOND_OPINION_MODEL is set, but SECOND_OPINION_URL is empty.'];
  return [];
}
