import { createHash } from 'node:crypto';
import type { DueStatus } from '../billing/dueStatus';
import { addDays, type SeoulDay, seoulDayAt } from '../billing/seoulCalendar';
import { isQuiet, outOfQuiet, overdueToldDays, usefulForMs } from './manners';
import type { Reminder, ReminderPlan, Stage } from './reminder';
import { dayInMonth, momentAt, monthAt } from './seoulMoment';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** How long is watched, and how often is looked: the billing system is asked no more than that for one reminder. */
export const settledWatchMs = 7 * 24 * hourMs;
export const serviceWatchMs = 24 * hourMs;
const settledEveryMs = 3 * hourMs;
const serviceEveryMs = 30 * minuteMs;
const serviceFirstMs = 5 * minuteMs;
const serviceFirstHourMs = hourMs;
const serviceSteadyMs = 2 * minuteMs;
/** The stage of a lookup that has answered once. */
const steadyLook = 'lookAgain';
const unavailableAgainMs = 30 * minuteMs;

/** What a reminder has to find out right before it is sent. */
export type Facts =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'due'; readonly status: DueStatus }
  | { readonly kind: 'answering'; readonly yes: boolean }
  /** The billing system did not answer. */
  | { readonly kind: 'unavailable' }
  /** The grant has run out or opens nothing any more. */
  | { readonly kind: 'noGrant' };

/** What is said; the words are in strings/reminders. */
export type ReminderMessage =
  | { readonly kind: 'dueSoon' | 'dueToday' | 'overdueOnce'; readonly dueDate: SeoulDay }
  | { readonly kind: 'settled'; readonly nothingLeft: boolean }
  | { readonly kind: 'serviceBack' | 'moment' | 'monthly' | 'expired' };

export interface Decision {
  readonly send?: ReminderMessage;
  /** What comes next; absent: the reminder is over. */
  readonly next?: Stage;
  readonly doneUpTo?: string;
  /** For the audit log; absent when nothing happened. */
  readonly note?: { readonly what: 'sent' | 'withheld' | 'dropped' | 'ended'; readonly reason?: string };
}

type DuePlan = Extract<ReminderPlan, { kind: 'dueSoon' | 'dueToday' | 'overdueOnce' }>;
type Timed = Pick<Reminder, 'id' | 'plan' | 'stage' | 'doneUpTo' | 'consent'>;

/** Which question `decide` needs answered at this moment. */
export function questionOf(
  { plan, stage }: Pick<Reminder, 'plan' | 'stage'>,
  nowMs: number,
): 'none' | 'due' | 'answering' {
  if (nowMs < stage.atMs || isQuiet(nowMs)) return 'none';
  if (plan.kind === 'moment' || plan.kind === 'monthly') return 'none';
  return plan.kind === 'serviceBack' ? 'answering' : 'due';
}

/**
 * The first stage of a new or changed reminder.
 * @param status of the customer's bills, where the plan is about them
 * @returns undefined when the moment is past
 */
export function firstStage(
  { id, plan, doneUpTo }: Pick<Reminder, 'id' | 'plan' | 'doneUpTo'>,
  nowMs: number,
  status: DueStatus | undefined,
): Stage | undefined {
  switch (plan.kind) {
    case 'moment':
      return plan.atMs <= nowMs ? undefined : { name: 'once', atMs: outOfQuiet(plan.atMs) };
    case 'monthly':
      return nextMonth(plan, nowMs);
    case 'settled':
      return { name: 'look', atMs: outOfQuiet(nowMs + hourMs) };
    case 'serviceBack':
      return { name: 'look', atMs: outOfQuiet(nowMs + serviceFirstMs) };
    default:
      return nextDue({ id, plan, consentAtMs: nowMs, doneUpTo }, nowMs, status);
  }
}

/**
 * What a wake-up comes to: a message, silence, or a later look. Pure, so that its manners can be shown for every moment:
 * nothing is sent early, at night, twice of one stage, of what is past or paid.
 * @param facts the answer to `questionOf`
 */
export function decide(reminder: Timed, nowMs: number, facts: Facts): Decision {
  const { plan, stage, doneUpTo } = reminder;
  const later = (atMs: number): Decision => ({
    next: { name: stage.name, atMs },
    ...(doneUpTo === undefined ? {} : { doneUpTo }),
  });
  // Woken on the way to a far moment, or by a clock that was set back.
  if (nowMs < stage.atMs) return later(stage.atMs);
  if (isQuiet(nowMs)) return later(outOfQuiet(nowMs));
  if (facts.kind === 'noGrant')
    return { send: { kind: 'expired' }, note: { what: 'ended', reason: 'grant' } };
  switch (plan.kind) {
    case 'moment':
      if (nowMs - stage.atMs > usefulForMs) return { note: { what: 'dropped', reason: 'late' } };
      return { send: { kind: 'moment' }, note: { what: 'sent' } };
    case 'monthly': {
      const next = nextMonth(plan, nowMs, stage.name);
      if (nowMs - stage.atMs > usefulForMs) return { next, note: { what: 'dropped', reason: 'late' } };
      return { send: { kind: 'monthly' }, next, note: { what: 'sent' } };
    }
    case 'settled':
      if (facts.kind === 'due' && facts.status.settled)
        return { send: { kind: 'settled', nothingLeft: !facts.status.anythingDue }, note: { what: 'sent' } };
      if (nowMs >= plan.untilMs) return { note: { what: 'ended', reason: 'watchOver' } };
      return later(outOfQuiet(nowMs + settledEveryMs));
    case 'serviceBack': {
      if (facts.kind === 'answering' && facts.yes) {
        // One answer in the middle of an outage is no recovery: it has to answer again a little later.
        if (stage.name === steadyLook) return { send: { kind: 'serviceBack' }, note: { what: 'sent' } };
        return { next: { name: steadyLook, atMs: outOfQuiet(nowMs + serviceSteadyMs) } };
      }
      if (nowMs >= plan.untilMs) return { note: { what: 'ended', reason: 'watchOver' } };
      const isFirstHour = nowMs - (plan.untilMs - serviceWatchMs) < serviceFirstHourMs;
      return {
        next: { name: 'look', atMs: outOfQuiet(nowMs + (isFirstHour ? serviceFirstMs : serviceEveryMs)) },
      };
    }
    default:
      return decideDue(reminder, plan, nowMs, facts);
  }
}

function decideDue(
  { id, stage, consent, doneUpTo }: Timed,
  plan: DuePlan,
  nowMs: number,
  facts: Facts,
): Decision {
  const known = { id, plan, consentAtMs: consent.atMs, doneUpTo };
  const kept = doneUpTo === undefined ? {} : { doneUpTo };
  if (stage.name === 'look') {
    if (facts.kind !== 'due')
      return { next: { name: 'look', atMs: outOfQuiet(nowMs + settledEveryMs) }, ...kept };
    return { next: nextDue(known, nowMs, facts.status), ...kept };
  }
  const dueDate = stage.name;
  const status = facts.kind === 'due' ? facts.status : undefined;
  const after = (note: Decision['note'], send?: ReminderMessage): Decision => ({
    ...(send === undefined ? {} : { send }),
    next: nextDue({ ...known, doneUpTo: dueDate }, nowMs, status),
    doneUpTo: dueDate,
    ...(note === undefined ? {} : { note }),
  });
  if (isStale(plan.kind, dueDate, seoulDayAt(nowMs))) return after({ what: 'dropped', reason: 'late' });
  // Not looked up, not sent: it may have been paid.
  if (status === undefined)
    return { next: { name: dueDate, atMs: outOfQuiet(nowMs + unavailableAgainMs) }, ...kept };
  if (!status.dueDates.includes(dueDate)) return after({ what: 'withheld', reason: 'nothingDue' });
  return after({ what: 'sent' }, { kind: plan.kind, dueDate });
}

/** Whether the words would not be true any more, or of use. */
function isStale(kind: DuePlan['kind'], dueDate: SeoulDay, today: SeoulDay): boolean {
  switch (kind) {
    case 'dueSoon':
      return today >= dueDate;
    case 'dueToday':
      return today !== dueDate;
    case 'overdueOnce':
      return today <= dueDate || today > addDays(dueDate, overdueToldDays);
  }
}

interface KnownDue {
  readonly id: string;
  readonly plan: DuePlan;
  readonly consentAtMs: number;
  readonly doneUpTo: string | undefined;
}

/** The next due date that there is something to say about; where none is known, when to look again. */
function nextDue(known: KnownDue, nowMs: number, status: DueStatus | undefined): Stage {
  for (const dueDate of status?.dueDates ?? []) {
    if (known.doneUpTo !== undefined && dueDate <= known.doneUpTo) continue;
    const atMs = sendingMoment(known, dueDate, nowMs);
    if (atMs !== undefined) return { name: dueDate, atMs };
  }
  return { name: 'look', atMs: tomorrowsLook(known.id, nowMs) };
}

/** When something is said about a due date; undefined when it is too late for that. */
function sendingMoment(
  { plan, consentAtMs }: KnownDue,
  dueDate: SeoulDay,
  nowMs: number,
): number | undefined {
  if (plan.kind === 'overdueOnce') {
    // What was overdue when they asked, they know.
    if (dueDate < seoulDayAt(consentAtMs)) return undefined;
    const atMs = Math.max(momentAt(addDays(dueDate, 1), plan.minute), nowMs);
    const movedMs = outOfQuiet(atMs);
    return isStale(plan.kind, dueDate, seoulDayAt(movedMs)) ? undefined : movedMs;
  }
  const wantedDay = plan.kind === 'dueSoon' ? addDays(dueDate, -plan.daysBefore) : dueDate;
  // Asked for late, it comes at the same time of the first day that still serves.
  for (let day = wantedDay; day <= dueDate; day = addDays(day, 1)) {
    const atMs = outOfQuiet(momentAt(day, plan.minute));
    if (atMs > nowMs) return isStale(plan.kind, dueDate, seoulDayAt(atMs)) ? undefined : atMs;
  }
  return undefined;
}

/** Tomorrow between 08:30 and 20:30, at a minute of the reminder's own: looks are spread over the day. */
function tomorrowsLook(id: string, nowMs: number): number {
  const spread = createHash('sha256').update(id).digest().readUInt16BE(0) % 720;
  return momentAt(addDays(seoulDayAt(nowMs), 1), 8 * 60 + 30 + spread);
}

/** The next month whose moment is ahead and whose name comes after `doneUpTo`. */
function nextMonth(
  { day, minute }: Extract<ReminderPlan, { kind: 'monthly' }>,
  nowMs: number,
  doneUpTo = '',
): Stage {
  for (let later = 0; ; later += 1) {
    const month = monthAt(nowMs, later - 1);
    const atMs = outOfQuiet(momentAt(dayInMonth(month, day), minute));
    if (atMs > nowMs && month > doneUpTo) return { name: month, atMs };
  }
}

/** Whether the wished time of day lies at night, so that the message comes at 08:00 instead. */
export function movesTo8(plan: ReminderPlan): boolean {
  switch (plan.kind) {
    case 'settled':
    case 'serviceBack':
      return false;
    case 'moment':
      return isQuiet(plan.atMs);
    default:
      return isQuiet(momentAt('2026-01-01', plan.minute));
  }
}
