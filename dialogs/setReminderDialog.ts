import {
  ComponentDialog,
  type DialogTurnResult,
  WaterfallDialog,
  type WaterfallStepContext,
} from 'botbuilder-dialogs';
import { z } from 'zod';
import { askWhenReply } from '../cards/reminderCard';
import { StepUpRequired } from '../services/errors';
import { reminderPlan } from '../services/reminders/reminder';
import { say, turnOf, wordsOf } from './dialogTurn';
import type { ReminderAgreement } from './reminderAgreement';
import { StepUpDialog, type StepUpOptions, type StepUpResult } from './stepUpDialog';

/** What waits while the customer proves their line. */
const options = z.object({
  plan: reminderPlan,
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
    const { plan, changed, again } = wanted.data;
    try {
      const agreed = await this.agreement.agree(turn, plan, {
        proof: verification.proof,
        ...(changed === undefined ? {} : { changed }),
      });
      const { s, locale } = wordsOf(turn);
      await say(
        step.context,
        agreed.status === 'told' ? agreed.reply : askWhenReply(s.reminders.ask.past, s, locale),
      );
    } catch (error) {
      // Once more, and not for ever.
      if (!(error instanceof StepUpRequired) || again === true) throw error;
      return step.replaceDialog('steps', { ...wanted.data, again: true });
    }
    return step.endDialog();
  }
}
