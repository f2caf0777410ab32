import {
  ComponentDialog,
  type DialogTurnResult,
  WaterfallDialog,
  type WaterfallStepContext,
} from 'botbuilder-dialogs';
import { z } from 'zod';
import { StepUpRequired } from '../services/errors';
import { unclearReasons } from '../services/reminders/readWishes';
import { reminderPlan } from '../services/reminders/reminder';
import { say, turnOf } from './dialogTurn';
import type { ReminderAgreement } from './reminderAgreement';
import { StepUpDialog, type StepUpOptions, type StepUpResult } from './stepUpDialog';

/** What waits while the customer proves their line. */
const options = z.object({
  plan: reminderPlan,
  /** The other wishes of the same sentence. */
  more: z.array(reminderPlan).max(3).optional(),
  unclear: z.enum(unclearReasons).optional(),
  changed: z.string().max(64).optional(),
  again: z.boolean().optional(),
});
export type SetReminderOptions = z.infer<typeof options>;

/** Verifies the customer, then agrees on a reminder of their own bills. Ends without a result. */
export class SetReminderDialog extends ComponentDialog {
  static readonly id = 'setReminder';

  constructor(
    private readonly agreement: ReminderAgreement,
    stepUp: StepUpDialog,
  ) {
    super(SetReminderDialog.id);
    this.addDialog(new WaterfallDialog('steps', [this.verify.bind(this), this.agree.bind(this)]));
    this.addDialog(stepUp);
  }

  private verify(step: WaterfallStepContext): Promise<DialogTurnResult> {
    return step.beginDialog(StepUpDialog.id, { required: 'acr1' } satisfies StepUpOptions);
  }

  private async agree(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const verification: StepUpResult | undefined = step.result;
    const wanted = options.safeParse(step.options);
    if (verification?.status !== 'verified' || !wanted.success) return step.endDialog();
    const { authTimeMs, lastUsedMs } = verification.proof.facts;
    const begun = turnOf(step.context);
    // The proof may have been made within this turn, so after it began.
    const turn = { ...begun, nowMs: Math.max(begun.nowMs, authTimeMs, lastUsedMs) };
    const { plan, more = [], unclear, changed, again } = wanted.data;
    try {
      const { proof } = verification;
      const known = changed === undefined ? { proof } : { proof, changed };
      await say(
        step.context,
        await this.agreement.agreeAll(turn, { plans: [plan, ...more], unclear }, known),
      );
    } catch (error) {
      // Once more, and not for ever.
      if (!(error instanceof StepUpRequired) || again === true) throw error;
      return step.replaceDialog('steps', { ...wanted.data, again: true });
    }
    return step.endDialog();
  }
}
