import { agreedReply, nextMoment, reminderSay } from '../cards/reminderCard';
import type { Reply } from '../cards/reply';
import { suggestTopics } from '../cards/topicSuggestions';
import { audit } from '../services/audit/auditEvent';
import type { DueStatus } from '../services/billing/dueStatus';
import { BillingUnavailableError } from '../services/errors';
import type { Proof } from '../services/identity/proof';
import { outOfQuiet } from '../services/reminders/manners';
import { consentWording, needsGrant, type Reminder, type ReminderPlan } from '../services/reminders/reminder';
import { ReminderBook } from '../services/reminders/reminderBook';
import { firstStage } from '../services/reminders/schedule';
import { conversationKey } from '../services/turn/turnIntake';
import { type DialogTurn, wordsOf } from './dialogTurn';
import type { ReminderParts } from './reminderParts';

const againMs = 30 * 60_000;

export type Agreement =
  | { readonly status: 'told'; readonly reply: Reply }
  /** The moment is past. */
  | { readonly status: 'past' };

/** Agrees with the customer on a reminder, or on other terms for one: writes it down and says what was agreed. */
export class ReminderAgreement {
  constructor(private readonly parts: ReminderParts) {}

  /**
   * Why nothing can be agreed here, before anybody has to prove anything; undefined when it can.
   * @param changed the id of the reminder that is to be changed
   */
  async refusal(turn: DialogTurn, plan: ReminderPlan, changed?: string): Promise<Reply | undefined> {
    const { s, locale } = wordsOf(turn);
    const book = await bookOf(turn);
    if (book.isFull && changed === undefined)
      return reminderSay(s.reminders.full, [s.reminders.offers.list], locale);
    const same = book.reminders.find((one) => one.id !== changed && samePlan(one.plan, plan));
    if (same === undefined) return undefined;
    const { list, change } = s.reminders.offers;
    return reminderSay(s.reminders.already(nextMoment(same, turn.nowMs, s)), [list, change], locale);
  }

  /** Whether the customer has to prove their line for this. */
  async needsProof(turn: DialogTurn, plan: ReminderPlan, changed?: string): Promise<boolean> {
    if (!needsGrant(plan.kind)) return false;
    const before = changed === undefined ? undefined : (await bookOf(turn)).find(changed);
    return before?.grant === undefined;
  }

  /**
   * @param proof for what is about the customer's own bills, unless the changed reminder has a grant already
   * @throws StepUpRequired when that is missing or not fresh
   */
  async agree(
    turn: DialogTurn,
    plan: ReminderPlan,
    { proof, changed }: { readonly proof?: Proof; readonly changed?: string } = {},
  ): Promise<Agreement> {
    const { nowMs, binding, memory } = turn;
    const { s, locale } = wordsOf(turn);
    const refused = await this.refusal(turn, plan, changed);
    if (refused !== undefined) return { status: 'told', reply: refused };
    const book = await bookOf(turn);
    const before = changed === undefined ? undefined : book.find(changed);
    const grant = needsGrant(plan.kind)
      ? (before?.grant ?? this.parts.grants.issue(proof, nowMs))
      : undefined;
    const status = grant === undefined ? undefined : await this.statusOf(grant, turn);
    if (plan.kind === 'settled' && status?.settled === true) {
      const next = suggestTopics(['unpaid_balance', 'payment_delay'], s);
      return { status: 'told', reply: reminderSay(s.reminders.nothingMoving, next, locale) };
    }
    if (plan.kind === 'serviceBack' && (await this.parts.dues.isAnswering())) {
      const next = suggestTopics(['unpaid_balance'], s);
      return { status: 'told', reply: reminderSay(s.reminders.worksNow, next, locale) };
    }
    const unknown = grant !== undefined && status === undefined;
    const id = before?.id ?? this.parts.randomness.uuid();
    const doneUpTo = before?.plan.kind === plan.kind ? before.doneUpTo : undefined;
    const stage = unknown
      ? { name: 'look', atMs: outOfQuiet(nowMs + againMs) }
      : firstStage({ id, plan, ...(doneUpTo === undefined ? {} : { doneUpTo }) }, nowMs, status);
    if (stage === undefined) return { status: 'past' };
    const reminder: Reminder = {
      id,
      revision: (before?.revision ?? 0) + 1,
      plan,
      language: memory.locale,
      consent: { atMs: nowMs, wording: consentWording },
      stage,
      wake: 0,
      ...(grant === undefined ? {} : { grant }),
      ...(doneUpTo === undefined ? {} : { doneUpTo }),
    };
    await book.put(reminder);
    audit(turn.tx, binding, {
      kind: 'reminder',
      what: 'agreed',
      reminder: id,
      of: plan.kind,
      wording: consentWording,
    });
    return { status: 'told', reply: agreedReply(reminder, { nowMs, unknown }, s, locale) };
  }

  private async statusOf(sealed: string, { binding, nowMs }: DialogTurn): Promise<DueStatus | undefined> {
    const grant = this.parts.grants.open(sealed, binding, nowMs);
    if (grant === undefined) return undefined;
    try {
      return await this.parts.dues.dueStatus(grant);
    } catch (error) {
      if (error instanceof BillingUnavailableError) return undefined;
      throw error;
    }
  }
}

export function bookOf({ tx, binding, nowMs }: DialogTurn): Promise<ReminderBook> {
  return ReminderBook.open(tx, conversationKey(binding.channelId, binding.conversationId), nowMs);
}

/** Watches differ in nothing but until when. */
function samePlan(one: ReminderPlan, other: ReminderPlan): boolean {
  const core = (plan: ReminderPlan) => JSON.stringify({ ...plan, untilMs: undefined });
  return core(one) === core(other);
}
