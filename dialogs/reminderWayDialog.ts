import {
  ComponentDialog,
  type DialogTurnResult,
  WaterfallDialog,
  type WaterfallStepContext,
} from 'botbuilder-dialogs';
import { StepUpRequired } from '../services/errors';
import { grantLifetimeMs, type StandingGrants } from '../services/identity/standingGrant';
import { wayConsentWording, writeWays } from '../services/reminders/deliveryWays';
import { conversationKey } from '../services/turn/turnIntake';
import { say, turnOf, wordsOf } from './dialogTurn';
import { StepUpDialog, type StepUpOptions, type StepUpResult } from './stepUpDialog';

/** Verifies the customer's line, and from then on sends their reminders there. Ends without a result. */
export class ReminderWayDialog extends ComponentDialog {
  static readonly id = 'reminderWay';

  constructor(
    private readonly grants: Pick<StandingGrants, 'issue'>,
    stepUp: StepUpDialog,
  ) {
    super(ReminderWayDialog.id);
    this.addDialog(new WaterfallDialog('steps', [this.verify.bind(this), this.choose.bind(this)]));
    this.addDialog(stepUp);
  }

  private verify(step: WaterfallStepContext): Promise<DialogTurnResult> {
    return step.beginDialog(StepUpDialog.id, { required: 'acr1' } satisfies StepUpOptions);
  }

  private async choose(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const verification: StepUpResult | undefined = step.result;
    if (verification?.status !== 'verified') return step.endDialog();
    const turn = turnOf(step.context);
    const { tx, binding } = turn;
    const { authTimeMs, lastUsedMs } = verification.proof.facts;
    // The proof may have been made within this turn, so after it began.
    const nowMs = Math.max(turn.nowMs, authTimeMs, lastUsedMs);
    try {
      const grant = this.grants.issue(verification.proof, nowMs);
      const consent = { atMs: nowMs, wording: wayConsentWording };
      const owner = conversationKey(binding.channelId, binding.conversationId);
      await writeWays(tx, owner, { order: ['sms', 'chat'], grant, consent }, nowMs + grantLifetimeMs);
    } catch (error) {
      // Once more, and not for ever.
      const { again = false } = Object(step.options);
      if (!(error instanceof StepUpRequired) || again === true) throw error;
      return step.replaceDialog('steps', { again: true });
    }
    const { s, locale } = wordsOf(turn);
    const { agreed, offers } = s.reminderDelivery;
    const suggestions = [offers.chat, s.reminders.offers.list];
    await say(step.context, { locale, layout: 'text', body: [agreed.sms], suggestions });
    return step.endDialog();
  }
}
