import { ComponentDialog, Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs';
import { faqCard } from '../cards/faqCard';
import { humanAgentCard } from '../cards/humanAgentCard';
import {
  helpReply,
  isFaqTopic,
  offerable,
  outOfScopeReply,
  sayCard,
  startOverReply,
  upsetReply,
  whichOneReply,
} from '../cards/mannersReplies';
import type { Reply } from '../cards/reply';
import { setReminderCard } from '../cards/setReminderCard';
import { exactTopic } from '../cards/topicSuggestions';
import type { FaqStore } from '../services/faq/faq';
import type { StepUp } from '../services/identity/stepUp';
import { parseConfirmation } from '../services/intent/entities/confirmation';
import type { IntentRecognizer, Topic, Understanding } from '../services/intent/intent';
import { type Strings, stringsFor } from '../strings';
import { say, turnOf, wordsOf } from './dialogTurn';
import { languageAskedFor } from './languageRequest';
import { StepUpDialog, type StepUpOptions } from './stepUpDialog';
import { asksForOtherLine, asksToResend, asksWhy } from './stepUpWords';
import { unclearMessage } from './unclearMessage';
import { type ChannelsNow, UnpaidBalanceDialog } from './unpaidBalanceDialog';
import { soundsUpset } from './upsetWords';

export interface MainDialogParts {
  readonly recognizer: IntentRecognizer;
  readonly faq: FaqStore;
  readonly channelsNow: ChannelsNow;
  readonly stepUp: StepUp;
  readonly unpaidBalance: UnpaidBalanceDialog;
}

/** Messages in a row that were not understood before a person is offered. */
const failuresBeforePerson = 3;
/** "네 감사합니다" and "네 알겠습니다" end a talk rather than agree to something. */
const thanksWords = /감사|고마|고맙|thank/i;
const understoodWords = /알겠|understood|got it/i;
const signOutWords = /^(로그아웃|log\s?out|sign\s?out)(\s*(해\s?줘요?|해\s?주세요|할게요|please))?[.!~]*$/i;

/**
 * Routes every message: to the dialog that waits for it, to an answer from the knowledge base, or to an
 * action. It stays at the bottom of the stack, so a digression comes back to where the customer was.
 */
export class MainDialog extends ComponentDialog {
  static readonly id = 'main';

  constructor(private readonly parts: MainDialogParts) {
    super(MainDialog.id);
    this.addDialog(parts.unpaidBalance);
  }

  protected override onBeginDialog(dc: DialogContext): Promise<DialogTurnResult> {
    return this.route(dc);
  }

  protected override onContinueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    return this.route(dc);
  }

  private async route(dc: DialogContext): Promise<DialogTurnResult> {
    const { message, nowMs } = turnOf(dc.context);
    let waiting = waitingStepUp(dc);
    if (waiting !== undefined && StepUpDialog.wants(waiting, message)) {
      await dc.continueDialog();
      return Dialog.EndOfTurn;
    }
    if (waiting !== undefined && StepUpDialog.isForgotten(waiting, nowMs)) {
      await dc.cancelAllDialogs();
      waiting = undefined;
    }
    switch (message.kind) {
      case 'text':
        await this.routeText(dc, message.text);
        break;
      case 'action':
        await this.sorry(dc, 'staleButton', 'chooseBelow');
        break;
      case 'attachment':
        await this.sorry(dc, 'attachment', 'writeIt');
        break;
      case 'erased':
        if (waiting !== undefined) await dc.repromptDialog();
        break;
      case 'empty':
        await this.sorry(dc, 'empty', 'writeIt');
        break;
    }
    return Dialog.EndOfTurn;
  }

  private async routeText(dc: DialogContext, text: string): Promise<void> {
    const turn = turnOf(dc.context);
    if (signOutWords.test(text)) {
      const { s, locale } = wordsOf(turn);
      await dc.cancelAllDialogs();
      await this.parts.stepUp.signOut(turn.tx, turn.binding);
      return say(dc.context, startOverReply(s.stepUp.signedOut, s, locale));
    }
    const offered = turn.memory.offered ?? [];
    turn.memory.offered = undefined;
    const understanding = this.understand(text);
    const sure = understanding.decision === 'sure' && understanding.topic !== 'out_of_scope';
    const inDialog = waitingStepUp(dc) !== undefined;
    if (!inDialog && isOtherPhoneButton(text)) return this.showBalance(dc, { otherLine: true });
    if (languageAskedFor(text) !== undefined) return this.sayMidway(dc, (s) => s.manners.speaking, inDialog);
    const confirmation = parseConfirmation(text);
    if (confirmation !== undefined && !(sure && inDialog && understanding.topic === 'cancel'))
      return this.confirm(dc, text, confirmation, offered, inDialog);
    if (soundsUpset(text) && !(sure && isQuestion(understanding.topic))) return this.calm(dc, inDialog);
    if (inDialog && asksWhy(text)) return this.act(dc, 'identity_check', inDialog);
    if (sure) {
      turn.memory.failures = 0;
      turn.memory.lastTopic = understanding.topic;
      return this.act(dc, understanding.topic, inDialog);
    }
    // Not a clear digression: the step that waits says what it needs.
    if (inDialog) {
      await dc.continueDialog();
      return;
    }
    if (asksForOtherLine(text)) return this.showBalance(dc, { otherLine: true });
    if (offersPhoneNumber(understanding) || asksToResend(text)) return this.showBalance(dc);
    await this.notUnderstood(dc, text, understanding);
  }

  /** A bare yes or no: to what was offered, to the step that waits, or to nothing. */
  private async confirm(
    dc: DialogContext,
    text: string,
    said: 'yes' | 'no',
    offered: readonly Topic[],
    inDialog: boolean,
  ): Promise<void> {
    const { memory } = turnOf(dc.context);
    const { s, locale } = wordsOf(turnOf(dc.context));
    memory.failures = 0;
    const [only] = offered;
    if (said === 'yes' && only !== undefined && offered.length === 1) return this.act(dc, only, inDialog);
    if (inDialog) {
      await dc.continueDialog();
      return;
    }
    if (said === 'yes' && thanksWords.test(text)) return this.act(dc, 'thanks', false);
    if (said === 'no' || understoodWords.test(text))
      return say(dc.context, startOverReply(s.manners.noNeed, s, locale));
    if (offered.length > 0) memory.offered = [...offered];
    return say(dc.context, whichOneReply(offered, s, locale));
  }

  private async calm(dc: DialogContext, inDialog: boolean): Promise<void> {
    const turn = turnOf(dc.context);
    const { s, locale } = wordsOf(turn);
    await say(dc.context, upsetReply(s, locale));
    // In the middle of a check a yes would rather mean the check.
    if (inDialog) return dc.repromptDialog();
    turn.memory.offered = ['human_agent'];
  }

  private async sayMidway(
    dc: DialogContext,
    sentence: (s: Strings) => string,
    inDialog: boolean,
  ): Promise<void> {
    const { s, locale } = wordsOf(turnOf(dc.context));
    if (!inDialog) return say(dc.context, startOverReply(sentence(s), s, locale));
    await say(dc.context, sayCard(sentence(s), [], s, locale));
    await dc.repromptDialog();
  }

  private async showBalance(dc: DialogContext, options: StepUpOptions = {}): Promise<void> {
    await dc.beginDialog(UnpaidBalanceDialog.id, options);
  }

  /** A suggestion's own words mean that suggestion, whatever the recogniser has learnt. */
  private understand(text: string): Understanding {
    const understanding = this.parts.recognizer.recognize(text);
    const exact = exactTopic(text, [stringsFor('ko'), stringsFor('en')]);
    return exact === undefined
      ? understanding
      : { ...understanding, topic: exact, confidence: 1, alternatives: [], decision: 'sure' };
  }

  private async act(dc: DialogContext, topic: Topic, inDialog: boolean): Promise<void> {
    const turn = turnOf(dc.context);
    const { s, locale } = wordsOf(turn);
    const waiting = waitingStepUp(dc);
    switch (topic) {
      case 'unpaid_balance':
        if (waiting === undefined) return this.showBalance(dc);
        return say(dc.context, StepUpDialog.whyFirst(waiting, s, locale));
      case 'greeting':
        return this.sayMidway(dc, (t) => (inDialog ? t.manners.helloMidway : t.manners.hello), inDialog);
      case 'thanks':
        if (inDialog) return this.sayMidway(dc, (t) => t.manners.thanksMidway, inDialog);
        return say(dc.context, sayCard(s.manners.thanks, ['unpaid_balance', 'pay_methods'], s, locale));
      case 'cancel':
        await dc.cancelAllDialogs();
        return say(
          dc.context,
          startOverReply(inDialog ? s.manners.cancelled : s.manners.nothingToCancel, s, locale),
        );
      case 'goodbye':
        await dc.cancelAllDialogs();
        await this.parts.stepUp.signOut(turn.tx, turn.binding);
        return say(dc.context, sayCard(s.manners.goodbye, [], s, locale));
      default: {
        await say(dc.context, this.answer(topic, dc));
        if (inDialog) await dc.repromptDialog();
      }
    }
  }

  private answer(topic: Topic, dc: DialogContext): Reply {
    const turn = turnOf(dc.context);
    const { s, locale } = wordsOf(turn);
    if (isFaqTopic(topic)) {
      const article = this.parts.faq.article(topic);
      return faqCard(
        article,
        article.channels.map((id) => this.parts.faq.channel(id)),
        s,
        locale,
      );
    }
    switch (topic) {
      case 'human_agent':
        return this.person(dc);
      case 'set_reminder':
        return setReminderCard(this.parts.faq.channel('app'), s, locale);
      case 'help':
        return helpReply(s, locale);
      default:
        return outOfScopeReply(s, locale);
    }
  }

  private person(dc: DialogContext, lead?: string): Reply {
    const turn = turnOf(dc.context);
    const { s, locale } = wordsOf(turn);
    const callCentre = this.parts.channelsNow(turn.nowMs).find(({ channel }) => channel.id === 'phone');
    return humanAgentCard(callCentre, s, locale, turn.nowMs, lead);
  }

  private async notUnderstood(dc: DialogContext, text: string, understanding: Understanding): Promise<void> {
    const turn = turnOf(dc.context);
    const { s, locale } = wordsOf(turn);
    turn.memory.failures += 1;
    if (turn.memory.failures >= failuresBeforePerson) {
      turn.memory.failures = 0;
      const lead = understanding.decision === 'sure' ? s.unsure.stuckOutOfScope : s.unsure.stuck;
      return say(dc.context, this.person(dc, lead));
    }
    const { reply, offered } = unclearMessage(text, understanding, s, locale);
    if (offered.length > 0) turn.memory.offered = [...offered];
    return say(dc.context, reply);
  }

  /** @param next what to do instead; a step that waits says that itself */
  private async sorry(
    dc: DialogContext,
    what: 'staleButton' | 'attachment' | 'empty',
    next: 'chooseBelow' | 'writeIt',
  ): Promise<void> {
    const { s, locale } = wordsOf(turnOf(dc.context));
    if (waitingStepUp(dc) !== undefined) return this.sayMidway(dc, (t) => t.manners[what], true);
    const text = `${s.manners[what]} ${s.manners[next]}`;
    await say(dc.context, sayCard(text, ['unpaid_balance', 'check_methods', 'help'], s, locale));
  }
}

/** The step-up dialog's saved instance when it waits for an answer, however deep in the stack. */
function waitingStepUp(dc: DialogContext): DialogContext['activeDialog'] {
  for (let context: DialogContext | undefined = dc; context !== undefined; context = context.child) {
    if (context.activeDialog?.id === StepUpDialog.id) return context.activeDialog;
  }
  return undefined;
}

/** A question or a wish, not mere manners. */
function isQuestion(topic: Topic): boolean {
  return offerable([topic]).length > 0;
}

/** The quick reply of a check that has ended since. */
function isOtherPhoneButton(text: string): boolean {
  return [stringsFor('ko'), stringsFor('en')].some((s) => s.stepUp.otherPhone === text.trim());
}

function offersPhoneNumber(understanding: Understanding): boolean {
  return understanding.entities.some((entity) => entity.type === 'phoneNumber');
}
