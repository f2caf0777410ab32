import { type Agreed, agreedTogether, askWhenReply, nextMoment, reminderSay } from '../cards/reminderCard';
import type { Reply } from '../cards/reply';
import { suggestTopics } from '../cards/topicSuggestions';
import { audit } from '../services/audit/auditEvent';
import type { DueStatus } from '../services/billing/dueStatus';
import { BillingUnavailableError } from '../services/errors';
import type { Proof } from '../services/identity/proof';
import { outOfQuiet } from '../services/reminders/manners';
import { isOut, takeBack } from '../services/reminders/messagesOut';
import type { Unclear } from '../services/reminders/readWishes';
import { consentWording, needsGrant, type Reminder, type ReminderPlan } from '../services/reminders/reminder';
import { ReminderBook } from '../services/reminders/reminderBook';
import { firstStage } from '../services/reminders/schedule';
import { conversationKey } from '../services/turn/turnIntake';
import { type DialogTurn, wordsOf } from './dialogTurn';
import type { ReminderParts } from './reminderParts';

const againMs = 30 * 60_000;

/** What one sentence asks for; `unclear`: and something besides that cannot be used. */
export interface Wanted {
  readonly plans: readonly ReminderPlan[];
  readonly unclear?: Unclear | undefined;
}

export type Agreement =
  | ({ readonly status: 'agreed' } & Agreed)
  /** Nothing was set, and why. */
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
   * Agrees on all that one sentence asks for, and says all of it in one reply: nothing is set that is not said back.
   * What could not be used is asked for.
   * @param proof see `agree`
   * @param changed the id of the reminder that the first plan changes
   * @throws StepUpRequired before anything is set
   */
  async agreeAll(
    turn: DialogTurn,
    { plans, unclear }: Wanted,
    { proof, changed }: { readonly proof?: Proof; readonly changed?: string } = {},
  ): Promise<Reply> {
    const { s, locale } = wordsOf(turn);
    const { ask } = s.reminders;
    for (const [at, plan] of plans.entries())
      if (await this.needsProof(turn, plan, at === 0 ? changed : undefined))
        this.parts.grants.issue(proof, turn.nowMs);
    const ends: Agreement[] = [];
    for (const [at, plan] of plans.entries()) {
      const known = at === 0 && changed !== undefined ? { changed } : {};
      ends.push(await this.agree(turn, plan, { ...known, ...(proof === undefined ? {} : { proof }) }));
    }
    const isPast = ends.some(({ status }) => status === 'past');
    if (isPast || unclear !== undefined)
      this.askOther(turn, unclear, ends.length === 1 ? changed : undefined);
    const [first] = ends;
    if (ends.length === 1 && unclear === undefined) {
      if (first?.status === 'past') return askWhenReply(ask.past, s, locale);
      if (first?.status === 'told') return first.reply;
    }
    const agreed = ends.filter((end) => end.status === 'agreed');
    const others = [
      ...ends.flatMap((end) => (end.status === 'told' ? (end.reply.body ?? []) : [])),
      ...(isPast ? [ask.other.past] : []),
      ...(unclear === undefined ? [] : [ask.other[unclear]]),
    ];
    return agreedTogether(agreed, { nowMs: turn.nowMs, others: [...new Set(others)] }, s, locale);
  }

  private askOther(turn: DialogTurn, unclear: Unclear | undefined, changed: string | undefined): void {
    const ask = unclear === 'whichDay' ? 'day' : 'when';
    turn.memory.reminder = { ask, atMs: turn.nowMs, ...(changed === undefined ? {} : { id: changed }) };
  }

  /**
   * @param proof for what is about the customer's own bills, unless the changed reminder has a grant already
   * @throws StepUpRequired when that is missing or not fresh
   */
  private async agree(
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
    // Decided on by the old terms, and not there yet: it is taken back, so nothing has been said of that due date.
    const isWaiting = before !== undefined && (await isOut(turn.tx, ownerOf(turn), id, nowMs));
    const doneUpTo = before?.plan.kind === plan.kind && !isWaiting ? before.doneUpTo : undefined;
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
    if (isWaiting) await takeBack(turn.tx, ownerOf(turn), [id]);
    audit(turn.tx, binding, {
      kind: 'reminder',
      what: 'agreed',
      reminder: id,
      of: plan.kind,
      wording: consentWording,
    });
    return { status: 'agreed', reminder, unknown };
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

export function bookOf(turn: DialogTurn): Promise<ReminderBook> {
  return ReminderBook.open(turn.tx, ownerOf(turn), turn.nowMs);
}

function ownerOf({ binding }: DialogTurn): string {
  return conversationKey(binding.channelId, binding.conversationId);
}

/** Watches differ in nothing but until when. */
function samePlan(one: ReminderPlan, other: ReminderPlan): boolean {
  const core = (plan: ReminderPlan) => JSON.stringify({ ...plan, untilMs: undefined });
  return core(one) === core(other);
}
