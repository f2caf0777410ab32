import { z } from 'zod';
import { topics } from '../intent';

const scored = z.object({ topic: z.enum(topics), confidence: z.number() });

/**
 * What the journal `unanswered` holds of a message that was not understood. `offered`: something was suggested;
 * `unknown`: nothing could be; `outOfScope`: it was about something else. Later, for the same message, `picked`
 * (then `topic` is what the customer chose) or `rejected` (all that was suggested was refused).
 */
export const unansweredShape = z.object({
  /** Redacted; '' when something personal was left in it. At most 500 characters. */
  text: z.string(),
  language: z.enum(['ko', 'en']),
  topic: z.enum(topics),
  /** 0…1, of `topic` as the recogniser saw it. */
  confidence: z.number(),
  alternatives: z.array(scored),
  outcome: z.enum(['offered', 'unknown', 'outOfScope', 'picked', 'rejected']),
});
export type Unanswered = z.infer<typeof unansweredShape>;
