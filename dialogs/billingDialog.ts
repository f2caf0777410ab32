import {
  ComponentDialog,
  type DialogTurnResult,
  WaterfallDialog,
  type WaterfallStepContext,
} from 'botbuilder-dialogs';
import { z } from 'zod';
import { detailsNotHereReply } from '../cards/billItemsCard';
import type { Reply } from '../cards/reply';
import { billingUnavailableCard } from '../cards/unpaidBalanceCard';
import { type AuditedData, audit } from '../services/audit/auditEvent';
import type { BillingGateway } from '../services/billing/billingGateway';
import { BillingUnavailableError, StepUpRequired } from '../services/errors';
import type { ChannelNow } from '../services/faq/channelAdvice';
import type { Proof } from '../services/identity/proof';
import type { Locale, Strings } from '../strings';
import { type DialogTurn, say, turnOf, wordsOf } from './dialogTurn';
import { noteTrouble } from './handoffTrouble';
import { StepUpDialog, type StepUpOptions, type StepUpResult } from './stepUpDialog';

/** The channels as they stand at a moment, epoch ms. */
export type ChannelsNow = (nowMs: number) => readonly ChannelNow[];

/** What can be asked for; saved with the stack, so that what is damaged there counts as not asked. */
const billingOptions = z.object({
  /** The customer wants another line than the one proved already. */
  otherLine: z.boolean().optional().catch(undefined),
  billNo: z
    .string()
    .regex(/^[\w.:/-]{1,64}$/)
    .optional()
    .catch(undefined),
  /** The proof ran out once between check and read. */
  again: z.boolean().optional().catch(undefined),
});
export type BillingOptions = z.infer<typeof billingOptions>;

export interface BillingReply {
  readonly reply: Reply;
  /** Whether personal data is in it. */
  readonly shows: boolean;
  /** Records of others that came along: see `BillingAnswer`. */
  readonly wrongOwnerDropped?: number;
  /** What the answer shows that is rather a person's work. */
  readonly trouble?: 'suspended' | undefined;
}

/** What an answer is made with. */
export interface BillingQuestion {
  readonly billing: BillingGateway;
  readonly proof: Proof;
  readonly options: BillingOptions;
  readonly channels: readonly ChannelNow[];
  readonly s: Strings;
  readonly locale: Locale;
}

/**
 * Verifies the customer to a level, asks the billing system with the proof that comes of it, shows the answer
 * and writes that down in the audit log. Ends without a result.
 */
export abstract class BillingDialog extends ComponentDialog {
  protected abstract readonly required: 'acr1' | 'acr2';
  protected abstract readonly shows: AuditedData;

  constructor(
    id: string,
    private readonly billing: BillingGateway,
    stepUp: StepUpDialog,
    private readonly channelsNow: ChannelsNow,
  ) {
    super(id);
    this.addDialog(new WaterfallDialog('steps', [this.verify.bind(this), this.show.bind(this)]));
    this.addDialog(stepUp);
  }

  /** @throws what the gateway throws */
  protected abstract answer(question: BillingQuestion): Promise<BillingReply>;

  /** What the customer says to ask the same again. */
  protected abstract again(s: Strings): string;

  private verify(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { otherLine } = optionsOf(step);
    const options: StepUpOptions = { otherLine: otherLine === true, required: this.required };
    return step.beginDialog(StepUpDialog.id, options);
  }

  private async show(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const verification: StepUpResult | undefined = step.result;
    const turn = turnOf(step.context);
    if (verification?.status !== 'verified') {
      noteTrouble(turn, 'verificationFailed');
      return step.endDialog();
    }
    const { proof } = verification;
    const { s, locale } = wordsOf(turn);
    const channels = this.channelsNow(turn.nowMs);
    const options = optionsOf(step);
    try {
      const { billing } = this;
      const answer = await this.answer({ billing, proof, options, channels, s, locale });
      await say(step.context, answer.reply);
      if (answer.trouble !== undefined) noteTrouble(turn, answer.trouble);
      if (answer.shows) this.auditShown(turn, proof);
      auditDropped(turn, answer.wrongOwnerDropped);
    } catch (error) {
      if (error instanceof StepUpRequired) return this.stepUpAgain(step, error, options);
      if (!(error instanceof BillingUnavailableError)) throw error;
      auditDropped(turn, error.wrongOwnerDropped);
      await say(step.context, billingUnavailableCard(channels, s, locale, turn.nowMs, this.again(s)));
    }
    return step.endDialog();
  }

  /** The proof ran out between check and read: ask again instead of failing; but not for ever. */
  private async stepUpAgain(
    step: WaterfallStepContext,
    { acr, reason }: StepUpRequired,
    options: BillingOptions,
  ): Promise<DialogTurnResult> {
    const turn = turnOf(step.context);
    audit(turn.tx, turn.binding, { kind: 'stepUpRequired', acr, reason });
    if (options.again !== true && reason !== 'tooLow')
      return step.replaceDialog('steps', { ...options, again: true } satisfies BillingOptions);
    const { s, locale } = wordsOf(turn);
    await say(step.context, detailsNotHereReply(s, locale));
    return step.endDialog();
  }

  private auditShown(turn: DialogTurn, { facts }: Proof): void {
    audit(turn.tx, turn.binding, { kind: 'shown', what: this.shows, line: facts.lineId, acr: facts.acr });
  }
}

function auditDropped({ tx, binding }: DialogTurn, count: number | undefined): void {
  if (count !== undefined && count > 0) audit(tx, binding, { kind: 'dropped', what: 'wrongOwnerBill' });
}

function optionsOf(step: WaterfallStepContext): BillingOptions {
  const options = billingOptions.safeParse(step.options ?? {});
  return options.success ? options.data : {};
}
