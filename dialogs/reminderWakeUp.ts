import type { TurnContext } from 'botbuilder';
import { reminderMessage } from '../cards/reminderCard';
import { replyActivity } from '../cards/render/activity';
import type { Reply } from '../cards/reply';
import { audit } from '../services/audit/auditEvent';
import { addDays } from '../services/billing/seoulCalendar';
import { BillingUnavailableError, StepUpRequired } from '../services/errors';
import { handoffKey, handoffRecord } from '../services/handoff/handoff';
import { handOver } from '../services/reminders/deliveryEntry';
import { outOfQuiet } from '../services/reminders/manners';
import { dueEvent, dueEventValue, type Reminder, wakeKey } from '../services/reminders/reminder';
import { decide, type Facts, questionOf, type ReminderMessage } from '../services/reminders/schedule';
import { momentAt } from '../services/reminders/seoulMoment';
import { claimOf } from '../services/reminders/stillHolds';
import { conversationKey } from '../services/turn/turnIntake';
import type { JsonValue } from '../services/turn/turnStore';
import { stringsFor } from '../strings';
import type { CustomerMessage } from './customerMessage';
import { type DialogTurn, say, turnOf } from './dialogTurn';
import { bookOf } from './reminderAgreement';
import type { ReminderParts } from './reminderParts';
import type { SystemEventHandler } from './systemEventHandler';

/** While somebody talks with a person, a reminder waits. */
const politeWaitMs = 30 * 60_000;

/**
 * A reminder's moment has come: looks again whether it still holds, and speaks or stays silent. What is sent, what
 * comes next and the record commit together, so a wake-up that is repeated finds itself done.
 */
export class ReminderWakeUp implements SystemEventHandler {
  readonly names = [dueEvent];

  constructor(private readonly parts: ReminderParts) {}

  async take(context: TurnContext, { value }: Extract<CustomerMessage, { kind: 'system' }>): Promise<void> {
    const woken = dueEventValue.safeParse(value);
    const turn = turnOf(context);
    const { nowMs } = turn;
    if (!woken.success) return;
    const book = await bookOf(turn);
    const reminder = book.find(woken.data.id);
    // Stopped, changed, or done already.
    if (reminder?.revision !== woken.data.revision || reminder.wake !== woken.data.wake) return;
    if (turn.isGroup) {
      await book.remove([reminder.id]);
      return this.note(turn, reminder, { what: 'dropped', reason: 'group' });
    }
    if (nowMs >= reminder.stage.atMs && (await talksWithPerson(turn))) {
      const stage = { ...reminder.stage, atMs: outOfQuiet(nowMs + politeWaitMs) };
      return book.put({ ...reminder, stage });
    }
    const { send, next, doneUpTo, note } = decide(reminder, nowMs, await this.factsFor(reminder, turn));
    if (send !== undefined) await this.send(context, reminder, send);
    if (note !== undefined) this.note(turn, reminder, note);
    if (next === undefined) return book.remove([reminder.id]);
    const { doneUpTo: _, ...rest } = reminder;
    await book.put({ ...rest, stage: next, ...(doneUpTo === undefined ? {} : { doneUpTo }) });
  }

  private async factsFor(reminder: Reminder, { nowMs, binding }: DialogTurn): Promise<Facts> {
    const question = questionOf(reminder, nowMs);
    if (question === 'none') return { kind: 'nothing' };
    if (question === 'answering') return { kind: 'answering', yes: await this.parts.dues.isAnswering() };
    const grant = this.parts.grants.open(reminder.grant ?? '', binding, nowMs);
    if (grant === undefined) return { kind: 'noGrant' };
    try {
      return { kind: 'due', status: await this.parts.dues.dueStatus(grant) };
    } catch (error) {
      if (error instanceof StepUpRequired) return { kind: 'noGrant' };
      if (error instanceof BillingUnavailableError) return { kind: 'unavailable' };
      throw error;
    }
  }

  private async send(context: TurnContext, reminder: Reminder, message: ReminderMessage): Promise<void> {
    const { tx, memory, binding, nowMs } = turnOf(context);
    // A conversation that was forgotten meanwhile still knows the language of what was agreed.
    if (!memory.greeted) memory.locale = reminder.language;
    const { locale } = memory;
    const s = stringsFor(locale);
    const reply = reminderMessage(message, s, locale);
    const text = (reply.body ?? []).join('\n');
    const [sentence = ''] = reply.body ?? [];
    const how = await handOver(tx, {
      conversationKey: conversationKey(binding.channelId, binding.conversationId),
      key: wakeKey(reminder),
      language: locale,
      texts: { chat: text, sms: s.reminderDelivery.sms(sentence) },
      activity: isPosted(context) ? posted(reply, binding.channelId) : undefined,
      claim: claimOf(message, reminder.grant),
      nowMs,
      ...('dueDate' in message ? trueUntil(message) : {}),
    });
    // A bare "그만" after it stops it, wherever it is read.
    memory.reminder = { ask: 'sent', atMs: nowMs };
    if (how === 'handedOver') return;
    await say(context, reply);
  }

  private note(
    { tx, binding }: DialogTurn,
    { id, plan }: Reminder,
    note: { readonly what: 'sent' | 'withheld' | 'dropped' | 'ended'; readonly reason?: string },
  ): void {
    audit(tx, binding, { kind: 'reminder', reminder: id, of: plan.kind, ...note });
  }
}

/** Whether the channel keeps no log that the customer reads from, so that each message is posted there. */
function isPosted({ activity }: TurnContext): boolean {
  return (activity.serviceUrl ?? '') !== '';
}

function posted(reply: Reply, channelId: string): JsonValue {
  // The SDK's activities hold dates and undefined, which JSON has not.
  return JSON.parse(JSON.stringify(replyActivity(reply, channelId)));
}

/** "Today is the due date" is not true tomorrow, and "it is due on the 5th" of no use on the 5th. */
function trueUntil({ kind, dueDate }: Extract<ReminderMessage, { dueDate: string }>): {
  trueUntilMs?: number;
} {
  if (kind === 'overdueOnce') return {};
  return { trueUntilMs: momentAt(kind === 'dueToday' ? addDays(dueDate, 1) : dueDate, 0) };
}

async function talksWithPerson({ tx, binding }: DialogTurn): Promise<boolean> {
  const current = await tx.read(handoffKey(conversationKey(binding.channelId, binding.conversationId)));
  return handoffRecord.safeParse(current).data?.state === 'accepted';
}
