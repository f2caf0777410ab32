import { z } from 'zod';
import { faqTopics, topics } from '../intent/intent';
import { type ClaimId, claimTopics } from './faq';

/** Shapes of `data/claims.json`, `data/faq.json` and `data/channels.json`. Unknown keys are errors: typos show. */

const words = z.string().trim().min(1, 'a text must not be empty');
const inBothLanguages = <Shape extends z.ZodType>(shape: Shape) => z.strictObject({ ko: shape, en: shape });
const oneOf = <const Values extends readonly string[]>(values: Values, what: string) =>
  z.enum(values, { error: (issue) => `unknown ${what} ${JSON.stringify(issue.input)}` });

const claimId = z
  .custom<ClaimId>((value) => typeof value === 'string' && /^S[1-9]\d*$/.test(value), {
    error: (issue) => `claim ids read S1, S2 and so on, not ${JSON.stringify(issue.input)}`,
  })
  // For the JSON Schema, which cannot look into a custom check.
  .meta({ type: 'string', pattern: '^S[1-9]\\d*$' });
const channelId = oneOf(['app', 'web', 'phone', 'store'], 'channel');

const sentence = z
  .strictObject({
    text: words,
    kind: oneOf(['fact', 'limit', 'self'], 'kind').default('fact'),
    claims: z.array(claimId),
  })
  .superRefine(({ kind, text, claims }, context) => {
    if (kind === 'fact' && claims.length === 0)
      context.addIssue({ code: 'custom', path: ['claims'], message: 'a fact needs at least one claim' });
    if (kind !== 'fact' && claims.length > 0)
      context.addIssue({
        code: 'custom',
        path: ['claims'],
        message: `a sentence of kind ${kind} has no claims`,
      });
    if (kind !== 'fact' && /\p{Nd}/u.test(text))
      context.addIssue({
        code: 'custom',
        path: ['text'],
        message: `a sentence of kind ${kind} has no digits`,
      });
  });
const limit = sentence.refine(({ kind }) => kind === 'limit', {
  path: ['kind'],
  message: 'only sentences of kind limit stand here',
});

export const claimsFile = z.strictObject({
  version: z.literal(1),
  claims: z
    .array(
      z.strictObject({
        id: claimId,
        topics: z.array(oneOf(claimTopics, 'claim topic')).min(1),
        type: oneOf(['F', 'A', 'D', 'R'], 'claim type'),
        text: inBothLanguages(words),
      }),
    )
    .min(1),
});

export const faqFile = z.strictObject({
  version: z.literal(1),
  articles: z.array(
    z.strictObject({
      topic: oneOf(faqTopics, 'topic'),
      questions: inBothLanguages(z.array(words.max(60, 'a question has at most 60 characters')).min(2)),
      answers: inBothLanguages(z.strictObject({ title: words, sentences: z.array(sentence).min(1) })),
      channels: z.array(channelId).min(1),
      /** Rather a person's work: after the answer, an agent is offered first. */
      handoff: z.boolean().optional(),
      next: z.array(oneOf(topics, 'topic')).min(2).max(3),
    }),
  ),
});

const minuteOfDay = z.int().min(0).max(1440);
const weeklyHours = z
  .strictObject({
    days: z.array(z.int().min(0).max(6)).min(1),
    openMinute: minuteOfDay,
    closeMinute: minuteOfDay,
    closedOnPublicHolidays: z.boolean(),
  })
  .refine((hours) => hours.openMinute < hours.closeMinute, {
    path: ['closeMinute'],
    message: 'closing comes after opening on the same day',
  });

const label = inBothLanguages(words);
const action = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('open'), url: z.url({ protocol: /^https$/ }), label }),
  z.strictObject({
    kind: z.literal('call'),
    phoneNumber: z.string().regex(/^\d{3,12}$/, 'digits only'),
    label,
  }),
]);

export const channelsFile = z.strictObject({
  version: z.literal(1),
  channels: z.array(
    z.strictObject({
      id: channelId,
      canCheck: z.boolean(),
      canPay: z.boolean(),
      hours: weeklyHours.optional(),
      hoursVary: z.boolean(),
      actions: z.array(action).min(1),
      texts: inBothLanguages(
        z.strictObject({
          name: words,
          summary: sentence,
          pros: z.array(sentence).min(1),
          cons: z.array(sentence).min(1),
          bring: sentence.optional(),
          cost: sentence.optional(),
          hours: sentence.optional(),
          limits: z.array(limit).optional(),
        }),
      ),
    }),
  ),
});
