import { z } from 'zod';
import { StepUpDialog } from './stepUpDialog';

/** An entry of the dialog stack as botbuilder-dialogs saves it; `version` and the like pass through. */
const entry = <State extends z.ZodType>(id: string, state: State) =>
  z.looseObject({ id: z.literal(id), state });

const empty = z.tuple([]);
const steps = entry(
  'steps',
  z.looseObject({ options: z.unknown(), values: z.looseObject({}), stepIndex: z.number().int().min(0) }),
);
const stepUp = entry(StepUpDialog.id, StepUpDialog.savedState);
const billing = z.union(
  ['unpaidBalance', 'billItems', 'paymentAccount', 'paymentStatus', 'setReminder', 'reminderWay'].map((id) =>
    entry(id, z.looseObject({ dialogs: z.looseObject({ dialogStack: z.tuple([steps, stepUp]) }) })),
  ),
);
const main = entry(
  'main',
  z.looseObject({
    dialogs: z.looseObject({ dialogStack: z.union([empty, z.tuple([billing])]) }).optional(),
  }),
);

/**
 * The dialog stack between turns, to its depth. The SDK throws at an entry that it does not know, at every
 * message anew: a stack of another shape must be seen before it is run, and is started over.
 */
export const savedStack = z.looseObject({ dialogStack: z.union([empty, z.tuple([main])]) });
