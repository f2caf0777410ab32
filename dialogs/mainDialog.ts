import { ComponentDialog, Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs';
import { sayCard, startOverReply } from '../cards/mannersReplies';
import { paymentStatusOffer } from '../cards/paymentStatusCard';
import { elsewhereReply } from '../cards/stepUpReplies';
import { LineSystemUnavailableError } from '../services/errors';
import type { FaqStore } from '../services/faq/faq';
import type { Helpline } from '../services/faq/helplines';
import type { StepUp } from '../services/identity/stepUp';
import type { IntentRecognizer, Topic } from '../services/intent/intent';
import type { Request } from '../services/intent/requests/subject';
import type { SecondOpinion } from '../services/intent/secondOpinion';
import type { Strings } from '../strings';
import { BillItemsDialog } from './billItemsDialog';
import type { BillingDialog, ChannelsNow } from './billingDialog';
import { type BillingRequest, billingRequestOf } from './billingRequest';
import { rememberSubject } from './conversationMemory';
import { dialogFailure } from './dialogFailure';
import { say, turnOf, wordsOf } from './dialogTurn';
import type { HandoffConversation } from './handoffConversation';
import { handoffRequestOf } from './handoffWords';
import { PaymentStatusDialog } from './paymentStatusDialog';
import { forgetPending, keepPending, type PendingRequests, takePending } from './pendingRequests';
import type { ReminderParts } from './reminderParts';
import { ReminderTalk } from './reminderTalk';
import type { ReminderWayDialog } from './reminderWayDialog';
import type { ReminderWays } from './reminderWays';
import { StepUpDialog, type StepUpOptions } from './stepUpDialog';
import { type TextAction, TextReader } from './textReader';
import { TopicAnswers } from './topicAnswers';
import { UnpaidBalanceDialog } from './unpaidBalanceDialog';
import { waitingStepUp } from './waitingStepUp';

export interface MainDialogParts {
  /** Absent: customers hear of the app's own notices. */
  readonly reminders?: ReminderParts | undefined;
  /** How reminders come; absent: in the chat. */
  readonly reminderDelivery?: { readonly ways: ReminderWays; readonly wayDialog: ReminderWayDialog };
  readonly recognizer: IntentRecognizer;
  readonly faq: FaqStore;
  readonly channelsNow: ChannelsNow;
  readonly helplines: readonly Helpline[];
  readonly stepUp: StepUp;
  /** Everything that shows personal data, each behind its own level. */
  readonly billingDialogs: readonly BillingDialog[];
  /** Asked about messages that the recogniser is not sure of; nobody, when absent. */
  readonly secondOpinion?: SecondOpinion | undefined;
  /** Brings people into the chat; absent: customers hear which numbers to call. */
  readonly handoff?: HandoffConversation | undefined;
}

/**
 * Routes every message: to the dialog that waits for it, to an answer from the knowledge base, or to an
 * action. It stays at the bottom of the stack, so a digression comes back to where the customer was.
 */
export class MainDialog extends ComponentDialog {
  static readonly id = 'main';

  private readonly answers: TopicAnswers;
  private readonly reader: TextReader;
  private readonly reminders: ReminderTalk | undefined;

  constructor(private readonly parts: MainDialogParts) {
    super(MainDialog.id);
    for (const dialog of parts.billingDialogs) this.addDialog(dialog);
    this.answers = new TopicAnswers({ ...parts, inChat: (turn) => parts.handoff?.inChat(turn) });
    this.reader = new TextReader(parts.recognizer, this.answers, parts.secondOpinion);
    const { reminders, stepUp, faq } = parts;
    this.reminders = reminders && new ReminderTalk(reminders, stepUp, () => faq.channel('app'));
    if (this.reminders !== undefined) this.addDialog(this.reminders.dialog);
    if (parts.reminderDelivery !== undefined) this.addDialog(parts.reminderDelivery.wayDialog);
  }

  protected override onBeginDialog(dc: DialogContext): Promise<DialogTurnResult> {
    return this.route(dc);
  }

  protected override onContinueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    return this.route(dc);
  }

  private async route(dc: DialogContext): Promise<DialogTurnResult> {
    try {
      await this.answer(dc);
    } catch (error) {
      if (!(dialogFailure(error) instanceof LineSystemUnavailableError)) throw error;
      // The identity service asks before it changes anything: the step waits as it did, and no try is used up.
      const { s, locale } = wordsOf(turnOf(dc.context));
      await say(dc.context, elsewhereReply(s.stepUp.lineSystemDown, s, locale));
    }
    return Dialog.EndOfTurn;
  }

  private async answer(dc: DialogContext): Promise<void> {
    const turn = turnOf(dc.context);
    const { message, nowMs } = turn;
    let waiting = waitingStepUp(dc);
    const asked = billingRequestOf(message);
    const person = handoffRequestOf(message);
    if (person !== undefined && this.parts.handoff !== undefined) {
      if (await this.parts.handoff.takeButton(dc, person)) return this.backToStep(dc);
      return this.act(dc, 'human_agent');
    }
    const before = waiting;
    if ((await this.parts.reminderDelivery?.ways.take(dc)) || (await this.reminders?.take(dc))) {
      // A step that waited before goes on; one that has begun with this has asked already.
      if (before !== undefined && waitingStepUp(dc) === before) await this.backToStep(dc);
      return;
    }
    if (waiting !== undefined && StepUpDialog.wants(waiting, message)) {
      await this.continueStep(dc);
    } else if (asked !== undefined && (waiting === undefined || message.kind === 'action')) {
      await this.showBilling(dc, asked);
    } else {
      if (waiting !== undefined && StepUpDialog.isForgotten(waiting, nowMs)) {
        await dc.cancelAllDialogs();
        waiting = undefined;
      }
      switch (message.kind) {
        case 'text':
          await this.perform(dc, await this.reader.read(turn, message.text, waiting !== undefined));
          break;
        case 'action':
          // Back from the identity agency, and nobody waits for that any more: not the customer's doing.
          if (message.action !== 'agency.returned') await this.sorry(dc, 'staleButton', 'chooseBelow');
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
    }
    if (waitingStepUp(dc) === undefined) await this.answerPending(dc);
  }

  private async perform(dc: DialogContext, action: TextAction): Promise<void> {
    const turn = turnOf(dc.context);
    switch (action.kind) {
      case 'say':
        await say(dc.context, action.reply);
        if (action.reprompt) await this.backToStep(dc);
        return;
      case 'signOut': {
        const { s, locale } = wordsOf(turn);
        await dc.cancelAllDialogs();
        takePending(turn);
        await this.parts.stepUp.signOut(turn.tx, turn.binding);
        return say(dc.context, startOverReply(s.stepUp.signedOut, s, locale));
      }
      case 'balance':
        return this.showBalance(dc, action.options);
      case 'toStep':
        return this.continueStep(dc);
      case 'takeYourTime':
        return this.sayMidway(dc, (s) => s.manners.takeYourTime);
      case 'paymentStatus':
        return this.showBilling(dc, { dialogId: PaymentStatusDialog.id, options: {} });
      case 'billItems':
        return this.showBilling(dc, { dialogId: BillItemsDialog.id, options: {} });
      case 'speaking':
        return this.sayMidway(dc, (s) => s.manners.speaking);
      case 'request':
        if (action.instead) await dc.cancelAllDialogs();
        return this.answerRequest(dc, action.request);
      case 'several':
        return this.answerSeveral(dc, action.topics);
    }
  }

  private async answerRequest(dc: DialogContext, request: Request): Promise<void> {
    const turn = turnOf(dc.context);
    turn.memory.failures = 0;
    if (request.kind === 'topic') return this.act(dc, request.topic);
    const { topic, aspect, channel } = request;
    rememberSubject(turn.memory, { topic, aspect, channel }, turn.nowMs);
    await say(dc.context, this.answers.aspect(request, turn));
    await this.backToStep(dc);
  }

  /** Two are answered in order; a third is offered, for three answers at once are too much to read. */
  private async answerSeveral(dc: DialogContext, topics: readonly Topic[]): Promise<void> {
    const turn = turnOf(dc.context);
    turn.memory.failures = 0;
    if (waitingStepUp(dc) === undefined) {
      const [first, second, third] = topics;
      keepPending(turn, { topics: second === undefined ? [] : [second], button: third });
      if (first !== undefined) await this.act(dc, first);
      return;
    }
    // What the step that waits leads to is on its way already.
    const [first, second, third] = topics.filter((topic) => topic !== 'unpaid_balance');
    for (const topic of [first, second]) {
      if (topic === undefined) continue;
      forgetPending(turn, topic);
      rememberSubject(turn.memory, { topic }, turn.nowMs);
      await say(dc.context, this.answers.reply(topic, turn));
    }
    keepPending(turn, { topics: [], button: third });
    await this.backToStep(dc);
  }

  /** What was asked together with something that is done or given up now. */
  private async answerPending(dc: DialogContext): Promise<void> {
    const turn = turnOf(dc.context);
    const pending: PendingRequests = takePending(turn);
    const { s, locale } = wordsOf(turn);
    const { button } = pending;
    for (const [place, topic] of pending.topics.entries()) {
      await this.act(dc, topic, s.requests.alsoAsked);
      // A check has begun: what is left comes after it, its button too.
      if (waitingStepUp(dc) !== undefined)
        return keepPending(turn, { topics: pending.topics.slice(place + 1), button });
    }
    if (button === undefined) return;
    turn.memory.offered = [button];
    await say(dc.context, sayCard(s.requests.oneMore(s.topics[button].label), [button], s, locale));
  }

  private async continueStep(dc: DialogContext): Promise<void> {
    const turn = turnOf(dc.context);
    await dc.continueDialog();
    if (waitingStepUp(dc) === undefined)
      rememberSubject(turn.memory, { topic: 'unpaid_balance' }, turn.nowMs);
  }

  private async showBalance(dc: DialogContext, options: StepUpOptions = {}): Promise<void> {
    const turn = turnOf(dc.context);
    rememberSubject(turn.memory, { topic: 'unpaid_balance' }, turn.nowMs);
    await dc.beginDialog(UnpaidBalanceDialog.id, options);
  }

  /** What a button of ours asks for. Another check that waits is given up: this is what they want now. */
  private async showBilling(dc: DialogContext, { dialogId, options }: BillingRequest): Promise<void> {
    await dc.cancelAllDialogs();
    await dc.beginDialog(dialogId, options);
  }

  /** "I paid, why is it still unpaid?": whoever is verified hears of their own payments, others in general. */
  private async explainDelay(dc: DialogContext, lead?: string): Promise<void> {
    const turn = turnOf(dc.context);
    const { s, locale } = wordsOf(turn);
    rememberSubject(turn.memory, { topic: 'payment_delay' }, turn.nowMs);
    const waiting = waitingStepUp(dc) !== undefined;
    const proof =
      waiting || turn.isGroup ? undefined : await this.parts.stepUp.currentProof(turn.tx, turn.binding);
    if (proof !== undefined) {
      await dc.beginDialog(PaymentStatusDialog.id);
      return;
    }
    await say(dc.context, this.answers.reply('payment_delay', turn, lead));
    if (waiting) await dc.repromptDialog();
    else if (!turn.isGroup) {
      turn.memory.statusOffered = true;
      await say(dc.context, paymentStatusOffer(s, locale));
    }
  }

  /** @param lead an opening sentence, where the answer has room for one */
  private async act(dc: DialogContext, topic: Topic, lead?: string): Promise<void> {
    const turn = turnOf(dc.context);
    const { s, locale } = wordsOf(turn);
    const waiting = waitingStepUp(dc);
    forgetPending(turn, topic);
    switch (topic) {
      case 'unpaid_balance':
        if (waiting === undefined) return this.showBalance(dc);
        return say(dc.context, StepUpDialog.whyFirst(waiting, s, locale));
      case 'payment_delay':
        return this.explainDelay(dc, lead);
      case 'greeting':
        return this.sayMidway(dc, (t) => (waiting === undefined ? t.manners.hello : t.manners.helloMidway));
      case 'thanks':
        if (waiting !== undefined) return this.sayMidway(dc, (t) => t.manners.thanksMidway);
        return say(dc.context, sayCard(s.manners.thanks, ['unpaid_balance', 'pay_methods'], s, locale));
      case 'cancel':
        await dc.cancelAllDialogs();
        return say(
          dc.context,
          startOverReply(waiting === undefined ? s.manners.nothingToCancel : s.manners.cancelled, s, locale),
        );
      case 'goodbye':
        await dc.cancelAllDialogs();
        takePending(turn);
        await this.parts.stepUp.signOut(turn.tx, turn.binding);
        return say(dc.context, sayCard(s.manners.goodbye, [], s, locale));
      case 'set_reminder':
        rememberSubject(turn.memory, { topic }, turn.nowMs);
        if (this.reminders === undefined) break;
        await this.reminders.ask(dc);
        if (waiting !== undefined && waitingStepUp(dc) === waiting) await this.backToStep(dc);
        return;
      case 'human_agent':
        if (await this.parts.handoff?.takeOver(dc)) return;
        rememberSubject(turn.memory, { topic }, turn.nowMs);
        break;
      case 'out_of_scope':
        // Half a sentence after this would be about that other thing.
        turn.memory.subject = undefined;
        break;
      default:
        rememberSubject(turn.memory, { topic }, turn.nowMs);
    }
    await say(dc.context, this.answers.reply(topic, turn, lead));
    await this.backToStep(dc);
  }

  /** After a digression: the step that waits says where we were. */
  private async backToStep(dc: DialogContext): Promise<void> {
    if (waitingStepUp(dc) === undefined) return;
    // From here on a yes is the step's.
    turnOf(dc.context).memory.callbackOffered = undefined;
    await dc.repromptDialog();
  }

  private async sayMidway(dc: DialogContext, sentence: (s: Strings) => string): Promise<void> {
    const { s, locale } = wordsOf(turnOf(dc.context));
    if (waitingStepUp(dc) === undefined) return say(dc.context, startOverReply(sentence(s), s, locale));
    await say(dc.context, sayCard(sentence(s), [], s, locale));
    await dc.repromptDialog();
  }

  /** @param next what to do instead; a step that waits says that itself */
  private async sorry(
    dc: DialogContext,
    what: 'staleButton' | 'attachment' | 'empty',
    next: 'chooseBelow' | 'writeIt',
  ): Promise<void> {
    const { s, locale } = wordsOf(turnOf(dc.context));
    if (waitingStepUp(dc) !== undefined) return this.sayMidway(dc, (t) => t.manners[what]);
    const text = `${s.manners[what]} ${s.manners[next]}`;
    await say(dc.context, sayCard(text, ['unpaid_balance', 'check_methods', 'help'], s, locale));
  }
}
