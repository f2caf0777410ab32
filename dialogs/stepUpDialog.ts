import type { TurnContext } from 'botbuilder';
import { Dialog, type DialogContext, type DialogInstance, type DialogTurnResult } from 'botbuilder-dialogs';
import { z } from 'zod';
import { sayCard } from '../cards/mannersReplies';
import { askCodeReply, askPhoneReply, offerNewCodeReply } from '../cards/stepUpReplies';
import type { Proof } from '../services/identity/proof';
import type { CheckCodeResult, SendCodeResult, StepUp } from '../services/identity/stepUp';
import { parseOneTimeCode } from '../services/intent/entities/oneTimeCode';
import { parsePhoneNumber } from '../services/intent/entities/phoneNumber';
import type { CustomerMessage } from './customerMessage';
import { say, turnOf, wordsOf } from './dialogTurn';
import { asksForOtherNumber, asksToResend } from './stepUpWords';

export type StepUpResult =
  | { readonly status: 'verified'; readonly proof: Proof }
  /** Given up, limited or impossible here: the customer has been told. */
  | { readonly status: 'refused' };

const stateSchema = z.object({ step: z.enum(['phone', 'code']), misses: z.number().int() });

/**
 * Asks for the billing line's number, sends a code to it and checks what comes back. Knows nothing of what
 * is behind the check: the level is the data layer's to ask for. Its state holds no number and no code.
 */
export class StepUpDialog extends Dialog {
  static readonly id = 'stepUp';

  constructor(private readonly stepUp: StepUp) {
    super(StepUpDialog.id);
  }

  /** Whether the step that waits can use this message; anything else may be a digression. */
  static wants(instance: DialogInstance, message: CustomerMessage): boolean {
    if (message.kind === 'action') return message.action.startsWith('stepUp.');
    if (message.kind !== 'text') return false;
    if (parsePhoneNumber(message.text) !== undefined) return true;
    if (stateOf(instance).step === 'phone') return false;
    const { text } = message;
    return parseOneTimeCode(text) !== undefined || asksToResend(text) || asksForOtherNumber(text);
  }

  override async beginDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context);
    const { s, locale } = wordsOf(turn);
    if (turn.isGroup) {
      await say(dc.context, sayCard(s.stepUp.privateOnly, ['check_methods', 'pay_methods'], s, locale));
      return dc.endDialog({ status: 'refused' } satisfies StepUpResult);
    }
    const proof = await this.stepUp.currentProof(turn.tx, turn.binding);
    if (proof !== undefined) return dc.endDialog({ status: 'verified', proof } satisfies StepUpResult);
    this.setState(dc, 'phone');
    const phoneNumber = turn.message.kind === 'text' ? parsePhoneNumber(turn.message.text) : undefined;
    if (phoneNumber !== undefined) return this.send(dc, phoneNumber);
    await say(dc.context, askPhoneReply(s.stepUp.askPhone, s, locale));
    return Dialog.EndOfTurn;
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const { message } = turnOf(dc.context);
    const { step } = stateOf(activeInstance(dc));
    const field = message.kind === 'action' ? message.fields : undefined;
    const text = message.kind === 'text' ? message.text : '';
    const phoneNumber = parsePhoneNumber(field?.get('phone') ?? text);
    if (phoneNumber !== undefined) return this.send(dc, phoneNumber);
    if (step === 'phone') return this.askPhoneAgain(dc);
    if (asksForOtherNumber(text)) return this.askOtherPhone(dc);
    if (asksToResend(text)) return this.resend(dc);
    const code = parseOneTimeCode(field?.get('code') ?? text);
    return code === undefined ? this.askCodeAgain(dc) : this.check(dc, code);
  }

  /** After a digression: says where we were. */
  override async repromptDialog(context: TurnContext, instance: DialogInstance): Promise<void> {
    const { s, locale } = wordsOf(turnOf(context));
    const waitsForCode = stateOf(instance).step === 'code';
    await say(
      context,
      waitsForCode
        ? askCodeReply([s.stepUp.stillCode], s, locale)
        : askPhoneReply(s.stepUp.stillPhone, s, locale),
    );
  }

  private async send(dc: DialogContext, phoneNumber: string): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context);
    return this.afterSend(
      dc,
      await this.stepUp.sendCode(turn.tx, turn.binding, phoneNumber, turn.memory.locale),
    );
  }

  private async resend(dc: DialogContext): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context);
    const sent = await this.stepUp.resendCode(turn.tx, turn.binding, turn.memory.locale);
    return sent.status === 'noChallenge' ? this.askOtherPhone(dc) : this.afterSend(dc, sent);
  }

  private async afterSend(dc: DialogContext, sent: SendCodeResult): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context);
    const { s, locale } = wordsOf(turn);
    if (sent.status === 'limited') {
      const text = s.stepUp.limited(s.opensAt(turn.nowMs, sent.retryAtMs));
      await say(dc.context, sayCard(text, ['human_agent', 'check_store', 'check_web'], s, locale));
      return dc.endDialog({ status: 'refused' } satisfies StepUpResult);
    }
    this.setState(dc, 'code');
    const minutes = Math.max(1, Math.round((sent.expiresAtMs - turn.nowMs) / 60_000));
    await say(
      dc.context,
      askCodeReply([s.stepUp.sent(sent.codeLength, minutes), s.stepUp.notArrived], s, locale),
    );
    return Dialog.EndOfTurn;
  }

  private async check(dc: DialogContext, code: string): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context);
    const { s, locale } = wordsOf(turn);
    const result: CheckCodeResult = await this.stepUp.checkCode(turn.tx, turn.binding, code);
    switch (result.status) {
      case 'verified':
        turn.memory.failures = 0;
        return dc.endDialog({ status: 'verified', proof: result.proof } satisfies StepUpResult);
      case 'wrong':
        await say(dc.context, askCodeReply([s.stepUp.wrong(result.triesLeft)], s, locale));
        return Dialog.EndOfTurn;
      case 'exhausted':
        await say(dc.context, offerNewCodeReply(s.stepUp.exhausted, s, locale));
        return Dialog.EndOfTurn;
      case 'expired':
      case 'noChallenge':
        await say(dc.context, offerNewCodeReply(s.stepUp.expired, s, locale));
        return Dialog.EndOfTurn;
    }
  }

  private async askPhoneAgain(dc: DialogContext): Promise<DialogTurnResult> {
    const { s, locale } = wordsOf(turnOf(dc.context));
    return this.miss(dc, () => say(dc.context, askPhoneReply(s.stepUp.phoneAgain, s, locale)));
  }

  private async askCodeAgain(dc: DialogContext): Promise<DialogTurnResult> {
    const { s, locale } = wordsOf(turnOf(dc.context));
    return this.miss(dc, () => say(dc.context, askCodeReply([s.stepUp.codeAgain], s, locale)));
  }

  private async askOtherPhone(dc: DialogContext): Promise<DialogTurnResult> {
    const { s, locale } = wordsOf(turnOf(dc.context));
    this.setState(dc, 'phone');
    await say(dc.context, askPhoneReply(s.stepUp.stillPhone, s, locale));
    return Dialog.EndOfTurn;
  }

  /** Three useless answers in a row end the check and offer a person. */
  private async miss(dc: DialogContext, askAgain: () => Promise<void>): Promise<DialogTurnResult> {
    const state = stateOf(activeInstance(dc));
    const misses = state.misses + 1;
    if (misses >= 3) {
      const { s, locale } = wordsOf(turnOf(dc.context));
      await say(
        dc.context,
        sayCard(s.unsure.stuck, ['human_agent', 'check_store', 'check_app', 'cancel'], s, locale),
      );
      return dc.endDialog({ status: 'refused' } satisfies StepUpResult);
    }
    this.setState(dc, state.step, misses);
    await askAgain();
    return Dialog.EndOfTurn;
  }

  private setState(dc: DialogContext, step: 'phone' | 'code', misses = 0): void {
    activeInstance(dc).state = { step, misses };
  }
}

function activeInstance(dc: DialogContext): DialogInstance {
  const instance = dc.activeDialog;
  if (instance === undefined) throw new Error('the step-up dialog is not on the stack');
  return instance;
}

function stateOf(instance: DialogInstance): z.infer<typeof stateSchema> {
  const state = stateSchema.safeParse(instance.state);
  return state.success ? state.data : { step: 'phone', misses: 0 };
}
