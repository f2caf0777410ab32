import type { DialogContext, DialogInstance } from 'botbuilder-dialogs';
import { z } from 'zod';

/** What the step-up dialog keeps between turns: no number and no code. */
export const stepUpState = z.object({
  /** 'line': asks whether a code may go to the line that a site vouched for. */
  step: z.enum(['line', 'phone', 'code', 'agency']),
  required: z.enum(['acr1', 'acr2']).default('acr1'),
  misses: z.number().int(),
  /** The last reply asked whether to send a new code, so that yes and no have a meaning. */
  offersNewCode: z.boolean().default(false),
  /** When it asked last, epoch ms. */
  askedAtMs: z.number().optional(),
});
export type StepUpState = z.infer<typeof stepUpState>;

/** What the instance saved; the first step when that is damaged or of another version. */
export function stateOf(instance: DialogInstance): StepUpState {
  const state = stepUpState.safeParse(instance.state);
  return state.success ? state.data : { step: 'phone', misses: 0, offersNewCode: false, required: 'acr1' };
}

export function activeInstance(dc: DialogContext): DialogInstance {
  const instance = dc.activeDialog;
  if (instance === undefined) throw new Error('the step-up dialog is not on the stack');
  return instance;
}
