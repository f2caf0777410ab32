import {
  ComponentDialog,
  type DialogTurnResult,
  WaterfallDialog,
  type WaterfallStepContext,
} from 'botbuilder-dialogs';
import { billingUnavailableCard, unpaidBalanceCard } from '../cards/unpaidBalanceCard';
import type { BillingGateway } from '../services/billing/billingGateway';
import { BillingUnavailableError, StepUpRequired } from '../services/errors';
import type { ChannelNow } from '../services/faq/channelAdvice';
import { say, turnOf, wordsOf } from './dialogTurn';
import { StepUpDialog, type StepUpOptions, type StepUpResult } from './stepUpDialog';

/** The channels as they stand at a moment, epoch ms. */
export type ChannelsNow = (nowMs: number) => readonly ChannelNow[];

/** Verifies the customer, then shows what they owe. Ends without a result. */
export class UnpaidBalanceDialog extends ComponentDialog {
  static readonly id = 'unpaidBalance';

  constructor(
    private readonly billing: BillingGateway,
    stepUp: StepUpDialog,
    private readonly channelsNow: ChannelsNow,
  ) {
    super(UnpaidBalanceDialog.id);
    this.addDialog(new WaterfallDialog('steps', [this.verify.bind(this), this.show.bind(this)]));
    this.addDialog(stepUp);
  }

  private verify(step: WaterfallStepContext): Promise<DialogTurnResult> {
    // Options are saved with the stack; what is damaged there counts as none.
    const { otherLine }: StepUpOptions = step.options ?? {};
    return step.beginDialog(StepUpDialog.id, { otherLine: otherLine === true } satisfies StepUpOptions);
  }

  private async show(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const verification: StepUpResult | undefined = step.result;
    if (verification?.status !== 'verified') return step.endDialog();
    const turn = turnOf(step.context);
    const { s, locale } = wordsOf(turn);
    try {
      const statement = await this.billing.unpaidBills(verification.proof);
      await say(step.context, unpaidBalanceCard(statement, this.channelsNow(turn.nowMs), s, locale));
    } catch (error) {
      // The proof ran out between check and read: ask again instead of failing.
      if (error instanceof StepUpRequired) return step.replaceDialog('steps');
      if (!(error instanceof BillingUnavailableError)) throw error;
      await say(step.context, billingUnavailableCard(this.channelsNow(turn.nowMs), s, locale, turn.nowMs));
    }
    return step.endDialog();
  }
}
