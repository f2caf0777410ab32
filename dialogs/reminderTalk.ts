import type { DialogContext } from 'botbuilder-dialogs';
import { askWhenReply, nextMoment, planName, reminderListReply, reminderSay } from '../cards/reminderCard';
import type { Reply } from '../cards/reply';
import { setReminderCard } from '../cards/setReminderCard';
import { suggestTopics } from '../cards/topicSuggestions';
import { audit } from '../services/audit/auditEvent';
import type { ServiceChannel } from '../services/faq/faq';
import type { StepUp } from '../services/identity/stepUp';
import { takeBack } from '../services/reminders/messagesOut';
import { readMonthlyDay, surelyWishes, timeIn, usualMinute, type Wish } from '../services/reminders/readWish';
import { readWishes, type Wishes } from '../services/reminders/readWishes';
import type { Reminder, ReminderPlan } from '../services/reminders/reminder';
import { asksNow } from '../services/reminders/wishWords';
import { conversationKey } from '../services/turn/turnIntake';
import type { Strings } from '../strings';
import { shortMemoryMs } from './conversationMemory';
import { type DialogTurn, say, turnOf, wordsOf } from './dialogTurn';
import { soundsInDanger } from './distressWords';
import { asksToStop } from './prompts/stopWords';
import { bookOf, ReminderAgreement, type Wanted } from './reminderAgreement';
import type { ReminderParts } from './reminderParts';
import {
  asksToKeep,
  placeIn,
  placesIn,
  type ReminderCommand,
  readReminderCommand,
  wantsNoMore,
} from './reminderWords';
import { SetReminderDialog, type SetReminderOptions } from './setReminderDialog';
import { buttonTopic } from './shortReply';
import { StepUpDialog } from './stepUpDialog';
import { waitingStepUp } from './waitingStepUp';

/** Somebody who was just reminded may stop it with a bare "그만" for so long. */
const stopsForMs = 24 * 3_600_000;

/** Everything customers say about reminders: asks for one, answers what was asked back, lists, changes and stops them. */
export class ReminderTalk {
  /** What it begins where a line has to be proved; for the dialog set of whoever has this. */
  readonly dialog: SetReminderDialog;
  private readonly agreement: ReminderAgreement;

  /** @param app the MyKT app, whose own notices are named where none of ours arrive */
  constructor(
    private readonly parts: ReminderParts,
    stepUp: StepUp,
    private readonly app: () => ServiceChannel,
  ) {
    this.agreement = new ReminderAgreement(parts);
    this.dialog = new SetReminderDialog(this.agreement, new StepUpDialog(stepUp));
  }

  /** Takes a message that is surely about reminders. @returns whether it was; then it has been answered */
  async take(dc: DialogContext): Promise<boolean> {
    const turn = turnOf(dc.context);
    const { message, memory } = turn;
    const asked = memory.reminder;
    memory.reminder = undefined;
    if (message.kind !== 'text' || soundsInDanger(message.text)) return false;
    const { text } = message;
    const command = readReminderCommand(text);
    if (command !== undefined && (command.onlyIfAny !== true || (await hasAny(turn)))) {
      await this.obey(dc, command, text);
      return true;
    }
    if (asksToKeep(text) && (await hasAny(turn))) {
      await this.obey(dc, { kind: 'list' }, text);
      return true;
    }
    if (asked !== undefined && (await this.takeAnswer(dc, asked, text))) return true;
    const waiting = waitingStepUp(dc);
    if (waiting !== undefined && StepUpDialog.wants(waiting, message)) return false;
    if (buttonTopic(text) !== undefined || !surelyWishes(text, turn.nowMs)) return false;
    await this.ask(dc);
    return true;
  }

  /** Agrees on what the message asks for, or asks when. */
  async ask(dc: DialogContext): Promise<void> {
    const turn = turnOf(dc.context);
    const text = turn.message.kind === 'text' ? turn.message.text : '';
    await this.follow(dc, readWishes(text, turn.nowMs), undefined);
  }

  /** A yes or no, another question, or the answer that was waited for. */
  private async takeAnswer(
    dc: DialogContext,
    asked: NonNullable<DialogTurn['memory']['reminder']>,
    text: string,
  ): Promise<boolean> {
    const turn = turnOf(dc.context);
    const age = turn.nowMs - asked.atMs;
    if (asked.ask === 'sent') {
      // In the middle of proving a line "취소" is about that.
      if (age > stopsForMs || waitingStepUp(dc) !== undefined) return false;
      if (!asksToStop(text) && !wantsNoMore(text)) return false;
      await this.obey(dc, { kind: 'stop' }, text);
      return true;
    }
    if (age > shortMemoryMs || buttonTopic(text) === 'cancel' || asksToStop(text) || asksNow.test(text))
      return false;
    switch (asked.ask) {
      case 'day': {
        const day = readMonthlyDay(text);
        if (day === undefined) return false;
        const minute = timeIn(text, turn.nowMs) ?? usualMinute;
        const wish: Wish = { status: 'plan', plan: { kind: 'monthly', day, minute } };
        await this.follow(dc, { wishes: [wish] }, asked.id);
        return true;
      }
      case 'which': {
        const place = placeIn(text);
        if (place === undefined) return false;
        await this.obey(dc, { kind: 'change', place }, text);
        return true;
      }
      case 'when': {
        const wanted = readWishes(text, turn.nowMs);
        const [wish] = wanted.wishes;
        if (wish.status === 'when' && !wish.past) return false;
        await this.follow(dc, wanted, asked.id);
        return true;
      }
    }
  }

  /** @param changed the id of the reminder whose terms these are: those of the first wish */
  private async follow(dc: DialogContext, wanted: Wishes, changed: string | undefined): Promise<void> {
    const turn = turnOf(dc.context);
    const { s, locale } = wordsOf(turn);
    const hindrance = this.hindrance(turn);
    if (hindrance !== undefined) return this.answer(dc, hindrance);
    const { wishes, unclear } = wanted;
    const [wish] = wishes;
    const { ask } = s.reminders;
    if (wish.status === 'whichDay') {
      const id = changed === undefined ? {} : { id: changed };
      turn.memory.reminder = { ask: 'day', atMs: turn.nowMs, ...id };
      return this.answer(dc, reminderSay(ask.whichDay, suggestTopics(['cancel'], s), locale));
    }
    if (wish.status === 'tooOften') return this.askWhen(dc, ask.tooOften, changed);
    if (wish.status === 'noSuchDay') return this.askWhen(dc, ask.noSuchDay, changed);
    if (wish.status === 'tooEarly') return this.askWhen(dc, ask.tooEarly, changed);
    if (wish.status === 'when') return this.askWhen(dc, wish.past ? ask.past : ask.when, changed);
    const plans = wishes.flatMap((one) => (one.status === 'plan' ? [one.plan] : []));
    await this.agree(dc, { plans, unclear }, changed);
  }

  /** Where a line has to be proved, only after that; what cannot be agreed to anyway is said before. */
  private async agree(
    dc: DialogContext,
    { plans, unclear }: Wanted,
    changed: string | undefined,
  ): Promise<void> {
    const turn = turnOf(dc.context);
    const known = changed === undefined ? {} : { changed };
    const open: ReminderPlan[] = [];
    let needsProof = false;
    for (const [at, plan] of plans.entries()) {
      const id = at === 0 ? changed : undefined;
      if ((await this.agreement.refusal(turn, plan, id)) !== undefined) continue;
      open.push(plan);
      needsProof ||= await this.agreement.needsProof(turn, plan, id);
    }
    const [plan, ...more] = plans;
    if (plan !== undefined && open.length > 0 && needsProof) {
      await dc.cancelAllDialogs();
      const options: SetReminderOptions = { plan, more, unclear, ...known };
      await dc.beginDialog(SetReminderDialog.id, options);
      return;
    }
    await this.answer(dc, await this.agreement.agreeAll(turn, { plans, unclear }, known));
  }

  private async askWhen(dc: DialogContext, text: string, changed: string | undefined): Promise<void> {
    const turn = turnOf(dc.context);
    const { s, locale } = wordsOf(turn);
    turn.memory.reminder = {
      ask: 'when',
      atMs: turn.nowMs,
      ...(changed === undefined ? {} : { id: changed }),
    };
    await this.answer(dc, askWhenReply(text, s, locale));
  }

  /** Where no reminder of ours arrives, or others would read it. */
  private hindrance(turn: DialogTurn): Reply | undefined {
    const { s, locale } = wordsOf(turn);
    if (turn.isGroup)
      return reminderSay(s.reminders.groupOnly, suggestTopics(['due_alerts', 'check_methods'], s), locale);
    return this.parts.reaches(turn.binding.channelId) ? undefined : setReminderCard(this.app(), s, locale);
  }

  private async obey(dc: DialogContext, command: ReminderCommand, text: string): Promise<void> {
    const turn = turnOf(dc.context);
    const { s, locale } = wordsOf(turn);
    const book = await bookOf(turn);
    const { reminders } = book;
    const { stopped, offers } = s.reminders;
    const owner = conversationKey(turn.binding.channelId, turn.binding.conversationId);
    // The last one may be gone from the book, and its message still on its way.
    if (command.kind === 'stop' && command.place === undefined) await takeBack(turn.tx, owner);
    if (reminders.length === 0 || command.kind === 'list')
      return this.answer(dc, reminderListReply(reminders, turn.nowMs, s, locale));
    const named = command.place === undefined ? undefined : reminders[command.place - 1];
    if (command.place !== undefined && named === undefined)
      return this.answer(dc, reminderSay(stopped.noSuch, [offers.list], locale));
    if (command.kind === 'change') return this.change(dc, reminders, named, text);
    const several = placesIn(text);
    if (several.some((place) => reminders[place - 1] === undefined))
      return this.answer(dc, reminderSay(stopped.noSuch, [offers.list], locale));
    const chosen = several.length > 0 ? several.flatMap((place) => reminders[place - 1] ?? []) : undefined;
    const some = chosen ?? (named === undefined ? undefined : [named]);
    const going = some ?? reminders;
    const ids = going.map(({ id }) => id);
    await book.remove(ids);
    await takeBack(turn.tx, owner, ids);
    for (const { id, plan } of going)
      audit(turn.tx, turn.binding, { kind: 'reminder', what: 'stopped', reminder: id, of: plan.kind });
    const said =
      some !== undefined && reminders.length > 1
        ? stopped.named(some.map((one) => nameOf(one, turn.nowMs, s)))
        : going.length === 1
          ? stopped.one
          : stopped.all(going.length);
    const left = book.reminders.length > 0 ? [offers.list] : [];
    await this.answer(
      dc,
      reminderSay(said, [...left, ...suggestTopics(['unpaid_balance', 'set_reminder'], s)], locale),
    );
  }

  private async change(
    dc: DialogContext,
    reminders: readonly Reminder[],
    named: Reminder | undefined,
    text: string,
  ): Promise<void> {
    const turn = turnOf(dc.context);
    const { s, locale } = wordsOf(turn);
    const { ask } = s.reminders;
    const one = named ?? (reminders.length === 1 ? reminders[0] : undefined);
    if (one === undefined) {
      turn.memory.reminder = { ask: 'which', atMs: turn.nowMs };
      await this.answer(dc, reminderListReply(reminders, turn.nowMs, s, locale));
      return this.answer(dc, reminderSay(ask.changeWhich, suggestTopics(['cancel'], s), locale));
    }
    const wanted = newTerms(one, text, turn.nowMs);
    if (wanted === undefined) return this.askWhen(dc, ask.changeWhen, one.id);
    await this.follow(dc, wanted, one.id);
  }

  private async answer(dc: DialogContext, reply: Reply): Promise<void> {
    const turn = turnOf(dc.context);
    turn.memory.failures = 0;
    await say(dc.context, reply);
  }
}

/** A single moment has no other name than that. */
function nameOf({ plan, stage }: Reminder, nowMs: number, s: Strings): string {
  return plan.kind === 'moment' ? nextMoment({ plan, stage }, nowMs, s) : planName(plan, s);
}

async function hasAny(turn: DialogTurn): Promise<boolean> {
  return (await bookOf(turn)).reminders.length > 0;
}

/** "저녁 7시로 바꿔줘" keeps the day; a day or a kind that is named takes the place of the old one. */
function newTerms(reminder: Reminder, text: string, nowMs: number): Wishes | undefined {
  // The place in the list is no day.
  const rest = text.replace(/(?<!\d)\d{1,2}\s?번(?:째)?|\b(?:reminder|number)\s?\d{1,2}\b/gi, ' ');
  const minute = timeIn(rest, nowMs);
  const wanted = readWishes(rest, nowMs);
  const [wish, ...more] = wanted.wishes;
  if (more.length > 0 || wanted.unclear !== undefined) return wanted;
  const { plan } = reminder;
  if (
    'minute' in plan &&
    minute !== undefined &&
    !/\d+\s?일|말일|전날|당일|전에|[루틀흘일주]\s?전|\bbefore\b|\d(?:st|nd|rd|th)\b/.test(rest)
  )
    return planned({ ...plan, minute });
  if (plan.kind === 'monthly' && wish.status !== 'whichDay') {
    const day = readMonthlyDay(rest);
    if (day !== undefined) return planned({ ...plan, day, minute: minute ?? plan.minute });
  }
  return wish.status === 'when' || wish.status === 'whichDay' ? undefined : wanted;
}

function planned(plan: ReminderPlan): Wishes {
  return { wishes: [{ status: 'plan', plan }] };
}
