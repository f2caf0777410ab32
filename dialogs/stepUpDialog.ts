import type { TurnContext } from 'botbuilder';
import { Dialog, type DialogContext, type DialogInstance, type DialogTurnResult } from 'botbuilder-dialogs';
import type { Reply } from '../cards/reply';
import {
  askCodeReply,
  askPhoneAgainReply,
  askPhoneReply,
  codeSentAgainReply,
  codeSentReply,
  elsewhereReply,
  knownLineReply,
  limitedCodeReply,
  limitedReply,
  offerNewCodeReply,
  privateOnlyReply,
  withTimeLimit,
} from '../cards/stepUpReplies';
import type { Proof } from '../services/identity/proof';
import type { CheckCodeResult, SendCodeResult, StepUp } from '../services/identity/stepUp';
import { parseConfirmation } from '../services/intent/entities/confirmation';
import { findPhoneNumbers, parsePhoneNumber } from '../services/intent/entities/phoneNumber';
import type { Locale, Strings } from '../strings';
import { type AgencyOutcome, AgencyStep } from './agencyStep';
import type { CustomerMessage } from './customerMessage';
import { say, turnOf, wordsOf } from './dialogTurn';
import { isNotTheirs, notTheirsReply } from './otherPeople';
import { activeInstance, type StepUpState, stateOf, stepUpState } from './stepUpState';
import { asksForOtherNumber, asksToResend, codeIn } from './stepUpWords';

export type StepUpResult =
  | { readonly status: 'verified'; readonly proof: Proof }
  /** Given up, limited or impossible here: the customer has been told. */
  | { readonly status: 'refused' };

export interface StepUpOptions {
  /** The customer wants another line than the one proved already. */
  readonly otherLine?: boolean;
  /** Which level is asked for; acr1 when absent. acr2 goes on to an identity agency after the code. */
  readonly required?: 'acr1' | 'acr2';
}

const forgottenAfterMs = 30 * 60_000;

/**
 * Asks for the billing line's number, sends a code to it and checks what comes back. Knows nothing of what
 * is behind the check: the level is the data layer's to ask for. Its state holds no number and no code.
 */
export class StepUpDialog extends Dialog {
  static readonly id = 'stepUp';
  static readonly savedState = stepUpState;

  private readonly agency: AgencyStep;

  constructor(private readonly stepUp: StepUp) {
    super(StepUpDialog.id);
    this.agency = new AgencyStep(stepUp);
  }

  /** Whether the step that waits can use this message; anything else may be a digression. */
  static wants(instance: DialogInstance, message: CustomerMessage): boolean {
    const { step } = stateOf(instance);
    if (step === 'agency' && AgencyStep.wants(message)) return true;
    if (message.kind === 'action')
      return message.action === 'stepUp.phone' || message.action === `stepUp.${step}`;
    if (message.kind !== 'text') return false;
    const { text } = message;
    if (parsePhoneNumber(text) !== undefined || isNotTheirs(text)) return true;
    if (step === 'line') return asksForOtherNumber(text);
    return step === 'code' && (codeIn(text) !== undefined || asksToResend(text) || asksForOtherNumber(text));
  }

  /** Whether the customer has been away for so long that nobody comes back to where they were. */
  static isForgotten(instance: DialogInstance, nowMs: number): boolean {
    return nowMs - (stateOf(instance).askedAtMs ?? nowMs) > forgottenAfterMs;
  }

  override async beginDialog(dc: DialogContext, options?: StepUpOptions): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context);
    const { s, locale } = wordsOf(turn);
    if (turn.isGroup) return this.refuse(dc, privateOnlyReply(s, locale));
    const text = turn.message.kind === 'text' ? turn.message.text : '';
    const phoneNumber = parsePhoneNumber(text);
    this.setState(dc, { step: 'phone', required: options?.required ?? 'acr1' });
    const notTheirs = notTheirsReply(text, s, locale);
    if (notTheirs !== undefined) return this.refuse(dc, notTheirs);
    // A number that is named may be another line than the proved one: its owner has to prove it.
    if (phoneNumber === undefined && options?.otherLine !== true) {
      const proof = await this.stepUp.currentProof(turn.tx, turn.binding);
      if (proof !== undefined) return this.proved(dc, proof);
    }
    if (phoneNumber !== undefined) return this.send(dc, phoneNumber);
    if (asksToResend(text)) {
      const sent = await this.stepUp.resendCode(turn.tx, turn.binding, locale, turn.clientAddress);
      if (sent.status !== 'noChallenge') return this.afterSend(dc, sent, s.stepUp.sentAgain);
    }
    if (options?.otherLine === true) return this.wait(dc, askPhoneReply(s.stepUp.phonePlease, s, locale));
    const known = await this.knownLine(dc.context);
    if (known === undefined) return this.wait(dc, askPhoneReply(s.stepUp.askPhone, s, locale));
    this.setState(dc, { step: 'line' });
    return this.wait(dc, known);
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context);
    const { s, locale } = wordsOf(turn);
    const { step } = stateOf(activeInstance(dc));
    const field = turn.message.kind === 'action' ? turn.message.fields : undefined;
    const text = turn.message.kind === 'text' ? turn.message.text : '';
    // Others may have joined since it began.
    const unfit = turn.isGroup ? privateOnlyReply(s, locale) : notTheirsReply(text, s, locale);
    if (unfit !== undefined) return this.refuse(dc, unfit);
    if (step === 'agency') return this.continueAgency(dc);
    const typed = field?.get('phone') ?? field?.get('code') ?? text;
    const phoneNumber = parsePhoneNumber(typed);
    if (phoneNumber !== undefined) return this.send(dc, phoneNumber);
    const confirmation = parseConfirmation(typed);
    if (step === 'line') return confirmation === 'yes' ? this.sendToLine(dc) : this.askOtherPhone(dc);
    if (step === 'phone')
      return confirmation === undefined ? this.readPhone(dc, typed) : this.confirmPhone(dc, confirmation);
    if (asksForOtherNumber(typed)) return this.askOtherPhone(dc);
    if (asksToResend(typed)) return this.resend(dc);
    if (confirmation !== undefined) return this.confirmCode(dc, confirmation);
    const code = codeIn(typed);
    return code === undefined
      ? this.askCodeAgain(dc)
      : this.afterCheck(dc, await this.stepUp.checkCode(turn.tx, turn.binding, code));
  }

  /** After a digression: says where we were. */
  override async repromptDialog(context: TurnContext, instance: DialogInstance): Promise<void> {
    const { s, locale } = wordsOf(turnOf(context));
    if (stateOf(instance).step === 'agency') return say(context, AgencyStep.stillReply(s, locale));
    const known = stateOf(instance).step === 'line' ? await this.knownLine(context) : undefined;
    if (known !== undefined) return say(context, known);
    await say(context, askReply(instance, s.stepUp.stillPhone, s.stepUp.stillCode, s, locale));
  }

  /** The customer asks again for what the check stands before: says why it comes first. */
  static whyFirst(instance: DialogInstance, s: Strings, locale: Locale): Reply {
    if (stateOf(instance).step === 'agency') return AgencyStep.whyReply(s, locale);
    return askReply(instance, s.stepUp.phoneFirst, s.stepUp.codeFirst, s, locale);
  }

  private async send(dc: DialogContext, phoneNumber: string): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context);
    const { s, locale } = wordsOf(turn);
    const { tx, binding, clientAddress } = turn;
    const sent = await this.stepUp.sendCode(tx, binding, phoneNumber, locale, clientAddress);
    return this.afterSend(dc, sent, s.stepUp.sent);
  }

  /** To the line that the site vouched for: this turn says which, never what was saved or sent. */
  private async sendToLine(dc: DialogContext): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context);
    const { tx, binding, knownLine, clientAddress } = turn;
    if (knownLine === undefined) return this.askOtherPhone(dc);
    const { s, locale } = wordsOf(turn);
    const sent = await this.stepUp.sendCodeToLine(tx, binding, knownLine, locale, clientAddress);
    return this.afterSend(dc, sent, s.stepUp.sent);
  }

  /** Asks whether a code may go to the line that the site vouched for; undefined when it named none. */
  private async knownLine(context: TurnContext): Promise<Reply | undefined> {
    const turn = turnOf(context);
    const { s, locale } = wordsOf(turn);
    const masked =
      turn.knownLine === undefined ? undefined : await this.stepUp.maskedNumberOf(turn.knownLine);
    return masked === undefined ? undefined : knownLineReply(masked, s, locale);
  }

  private async resend(dc: DialogContext): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context);
    const { s, locale } = wordsOf(turn);
    const sent = await this.stepUp.resendCode(turn.tx, turn.binding, locale, turn.clientAddress);
    return sent.status === 'noChallenge'
      ? this.askOtherPhone(dc)
      : this.afterSend(dc, sent, s.stepUp.sentAgain);
  }

  private async afterSend(
    dc: DialogContext,
    sent: SendCodeResult,
    sentence: (digits: number, minutes: number) => string,
  ): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context);
    const { s, locale } = wordsOf(turn);
    turn.memory.failures = 0;
    if (sent.status === 'limited') return this.limited(dc, s.opensAt(turn.nowMs, sent.retryAtMs));
    this.setState(dc, { step: 'code' });
    const minutes = Math.max(1, Math.round((sent.expiresAtMs - turn.nowMs) / 60_000));
    const text = sentence(sent.codeLength, minutes);
    const again = sentence === s.stepUp.sentAgain;
    const reply = again ? codeSentAgainReply(text, s, locale) : codeSentReply(text, s, locale);
    return this.wait(dc, withTimeLimit(reply, sent.expiresAtMs, s));
  }

  /** A code that went out before still counts, and may be on its way: then the step goes on waiting for it. */
  private async limited(dc: DialogContext, retryAt: string): Promise<DialogTurnResult> {
    const { s, locale } = wordsOf(turnOf(dc.context));
    const { step, offersNewCode } = stateOf(activeInstance(dc));
    if (step === 'phone' || step === 'line' || offersNewCode)
      return this.refuse(dc, limitedReply(retryAt, s, locale));
    return this.wait(dc, limitedCodeReply(retryAt, s, locale));
  }

  private async afterCheck(dc: DialogContext, result: CheckCodeResult): Promise<DialogTurnResult> {
    const turn = turnOf(dc.context);
    const { s, locale } = wordsOf(turn);
    turn.memory.failures = 0;
    switch (result.status) {
      case 'verified':
        return this.proved(dc, result.proof);
      case 'wrong':
        this.setState(dc, { step: 'code' });
        return this.wait(dc, askCodeReply([s.stepUp.wrong(result.triesLeft)], s, locale));
      case 'exhausted':
        return this.offerNewCode(dc, s.stepUp.exhausted);
      case 'expired':
      case 'noChallenge':
        return this.offerNewCode(dc, s.stepUp.expired);
    }
  }

  /** The code is proved; acr2 needs the agency besides. */
  private async proved(dc: DialogContext, proof: Proof): Promise<DialogTurnResult> {
    const { required } = stateOf(activeInstance(dc));
    if (required === 'acr1' || proof.facts.acr === 'acr2')
      return dc.endDialog({ status: 'verified', proof } satisfies StepUpResult);
    this.setState(dc, { step: 'agency' });
    return this.afterAgency(dc, await this.agency.begin(dc.context));
  }

  private async continueAgency(dc: DialogContext): Promise<DialogTurnResult> {
    const { message } = turnOf(dc.context);
    const text = message.kind === 'text' ? message.text : '';
    const phoneNumber = parsePhoneNumber(text);
    if (phoneNumber !== undefined) return this.send(dc, phoneNumber);
    if (asksForOtherNumber(text)) return this.askOtherPhone(dc);
    this.setState(dc, { step: 'agency' });
    return this.afterAgency(dc, await this.agency.take(dc.context));
  }

  private async afterAgency(dc: DialogContext, outcome: AgencyOutcome): Promise<DialogTurnResult> {
    switch (outcome.status) {
      case 'verified':
        return dc.endDialog({ status: 'verified', proof: outcome.proof } satisfies StepUpResult);
      case 'waiting':
        return Dialog.EndOfTurn;
      case 'refused':
        return dc.endDialog({ status: 'refused' } satisfies StepUpResult);
      case 'codeFirst': {
        const { s, locale } = wordsOf(turnOf(dc.context));
        this.setState(dc, { step: 'phone' });
        return this.wait(dc, askPhoneReply(s.stepUp.phoneFirst, s, locale));
      }
    }
  }

  private offerNewCode(dc: DialogContext, sentence: string): Promise<DialogTurnResult> {
    const { s, locale } = wordsOf(turnOf(dc.context));
    this.setState(dc, { step: 'code', offersNewCode: true });
    return this.wait(dc, offerNewCodeReply(sentence, s, locale));
  }

  /** No number: perhaps the code that was sent before the customer wanted to change the number. */
  private async readPhone(dc: DialogContext, typed: string): Promise<DialogTurnResult> {
    const { tx, binding } = turnOf(dc.context);
    const code = codeIn(typed);
    // Eight digits are rather a phone number without its 010.
    if (code?.length === 6) {
      const result = await this.stepUp.checkCode(tx, binding, code);
      if (result.status !== 'noChallenge') return this.afterCheck(dc, result);
    }
    return asksToResend(typed) ? this.resend(dc) : this.askPhoneAgain(dc, typed);
  }

  private confirmPhone(dc: DialogContext, said: 'yes' | 'no'): Promise<DialogTurnResult> {
    const { s, locale } = wordsOf(turnOf(dc.context));
    if (said === 'no') return this.refuse(dc, elsewhereReply(s.stepUp.declined, s, locale));
    return this.wait(dc, askPhoneReply(s.stepUp.phonePlease, s, locale));
  }

  private confirmCode(dc: DialogContext, said: 'yes' | 'no'): Promise<DialogTurnResult> {
    const { s, locale } = wordsOf(turnOf(dc.context));
    if (stateOf(activeInstance(dc)).offersNewCode) {
      if (said === 'yes') return this.resend(dc);
      return this.refuse(dc, elsewhereReply(s.stepUp.noNewCode, s, locale));
    }
    const sentence = said === 'yes' ? s.stepUp.codePlease : s.stepUp.codeNo;
    return this.wait(dc, askCodeReply([sentence], s, locale));
  }

  private askPhoneAgain(dc: DialogContext, typed: string): Promise<DialogTurnResult> {
    const { s, locale } = wordsOf(turnOf(dc.context));
    const sentence = findPhoneNumbers(typed).length > 1 ? s.stepUp.oneNumber : s.stepUp.phoneAgain;
    return this.miss(dc, askPhoneAgainReply(sentence, s, locale));
  }

  private askCodeAgain(dc: DialogContext): Promise<DialogTurnResult> {
    const { s, locale } = wordsOf(turnOf(dc.context));
    return this.miss(dc, askCodeReply([s.stepUp.codeAgain], s, locale));
  }

  private askOtherPhone(dc: DialogContext): Promise<DialogTurnResult> {
    const { s, locale } = wordsOf(turnOf(dc.context));
    this.setState(dc, { step: 'phone' });
    return this.wait(dc, askPhoneReply(s.stepUp.phonePlease, s, locale));
  }

  /**
   * Three useless answers in a row offer a person. They end the question for the number; a code may still
   * be on its way, so that step goes on waiting.
   */
  private async miss(dc: DialogContext, askAgain: Reply): Promise<DialogTurnResult> {
    const { s, locale } = wordsOf(turnOf(dc.context));
    const state = stateOf(activeInstance(dc));
    const misses = state.misses + 1;
    if (misses < 3) {
      this.setState(dc, { ...state, misses });
      return this.wait(dc, askAgain);
    }
    const stuck = elsewhereReply(s.unsure.stuck, s, locale);
    if (state.step === 'phone') return this.refuse(dc, stuck);
    this.setState(dc, { ...state, misses: 0 });
    const { suggestions } = askAgain;
    return this.wait(dc, { ...stuck, ...(suggestions === undefined ? {} : { suggestions }) });
  }

  private async wait(dc: DialogContext, reply: Reply): Promise<DialogTurnResult> {
    await say(dc.context, reply);
    return Dialog.EndOfTurn;
  }

  private async refuse(dc: DialogContext, reply: Reply): Promise<DialogTurnResult> {
    await say(dc.context, reply);
    return dc.endDialog({ status: 'refused' } satisfies StepUpResult);
  }

  private setState(dc: DialogContext, state: Pick<StepUpState, 'step'> & Partial<StepUpState>): void {
    const { nowMs } = turnOf(dc.context);
    const instance = activeInstance(dc);
    const { required } = stateOf(instance);
    instance.state = { misses: 0, offersNewCode: false, required, ...state, askedAtMs: nowMs };
  }
}

function askReply(instance: DialogInstance, phone: string, code: string, s: Strings, locale: Locale): Reply {
  const { step } = stateOf(instance);
  return step === 'code' ? askCodeReply([code], s, locale) : askPhoneReply(phone, s, locale);
}
