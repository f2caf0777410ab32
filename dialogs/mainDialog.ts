import { ComponentDialog, Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs';
import { faqCard } from '../cards/faqCard';
import { humanAgentCard } from '../cards/humanAgentCard';
import {
  closestTopicsReply,
  helpReply,
  isFaqTopic,
  notUnderstoodReply,
  outOfScopeReply,
  sayCard,
  startOverReply,
} from '../cards/mannersReplies';
import type { Reply } from '../cards/reply';
import { setReminderCard } from '../cards/setReminderCard';
import { exactTopic } from '../cards/topicSuggestions';
import type { FaqStore } from '../services/faq/faq';
import type { StepUp } from '../services/identity/stepUp';
import type { IntentRecognizer, Topic, Understanding } from '../services/intent/intent';
import { stringsFor } from '../strings';
import { say, turnOf, wordsOf } from './dialogTurn';
import { StepUpDialog } from './stepUpDialog';
import { type ChannelsNow, UnpaidBalanceDialog } from './unpaidBalanceDialog';

export interface MainDialogParts {
  readonly recognizer: IntentRecognizer;
  readonly faq: FaqStore;
  readonly channelsNow: ChannelsNow;
  readonly stepUp: StepUp;
  readonly unpaidBalance: UnpaidBalanceDialog;
}

/** Messages in a row that were not understood before a person is offered. */
const failuresBeforePerson = 3;
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
    const { message } = turnOf(dc.context);
    const waiting = waitingStepUp(dc);
    if (waiting !== undefined && StepUpDialog.wants(waiting, message)) {
      await dc.continueDialog();
      return Dialog.EndOfTurn;
    }
    switch (message.kind) {
      case 'text':
        await this.routeText(dc, message.text);
        break;
      case 'action':
        await this.sorry(dc, (s) => s.manners.staleButton);
        break;
      case 'attachment':
        await this.sorry(dc, (s) => s.manners.attachment);
        break;
      case 'erased':
        if (waiting !== undefined) await dc.repromptDialog();
        break;
      case 'empty':
        await this.sorry(dc, (s) => s.manners.empty);
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
    const understanding = this.understand(text);
    const inDialog = waitingStepUp(dc) !== undefined;
    if (understanding.decision === 'sure' && understanding.topic !== 'out_of_scope') {
      turn.memory.failures = 0;
      turn.memory.lastTopic = understanding.topic;
      return this.act(dc, understanding.topic, inDialog);
    }
    // Not a clear digression: the step that waits says what it needs.
    if (inDialog) {
      await dc.continueDialog();
      return;
    }
    if (offersPhoneNumber(understanding)) return this.act(dc, 'unpaid_balance', false);
    await this.notUnderstood(dc, understanding);
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
    switch (topic) {
      case 'unpaid_balance':
        if (inDialog) return dc.repromptDialog();
        await dc.beginDialog(UnpaidBalanceDialog.id);
        return;
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
      case 'greeting':
        return startOverReply(s.manners.hello, s, locale);
      case 'thanks':
        return sayCard(s.manners.thanks, ['unpaid_balance', 'pay_methods'], s, locale);
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

  private async notUnderstood(dc: DialogContext, understanding: Understanding): Promise<void> {
    const turn = turnOf(dc.context);
    const { s, locale } = wordsOf(turn);
    turn.memory.failures += 1;
    if (turn.memory.failures >= failuresBeforePerson) {
      turn.memory.failures = 0;
      return say(dc.context, this.person(dc, s.unsure.stuck));
    }
    if (understanding.decision === 'sure') return say(dc.context, outOfScopeReply(s, locale));
    if (understanding.decision === 'unknown') return say(dc.context, notUnderstoodReply(s, locale));
    const candidates = [understanding.topic, ...understanding.alternatives.map(({ topic }) => topic)];
    return say(dc.context, closestTopicsReply(candidates, s, locale));
  }

  private async sorry(
    dc: DialogContext,
    sentence: (s: ReturnType<typeof stringsFor>) => string,
  ): Promise<void> {
    const { s, locale } = wordsOf(turnOf(dc.context));
    await say(dc.context, sayCard(sentence(s), ['unpaid_balance', 'check_methods', 'help'], s, locale));
    if (waitingStepUp(dc) !== undefined) await dc.repromptDialog();
  }
}

/** The step-up dialog's saved instance when it waits for an answer, however deep in the stack. */
function waitingStepUp(dc: DialogContext): DialogContext['activeDialog'] {
  for (let context: DialogContext | undefined = dc; context !== undefined; context = context.child) {
    if (context.activeDialog?.id === StepUpDialog.id) return context.activeDialog;
  }
  return undefined;
}

function offersPhoneNumber(understanding: Understanding): boolean {
  return understanding.entities.some((entity) => entity.type === 'phoneNumber');
}
