import type { Reminder, ReminderPlan } from '../services/reminders/reminder';
import { movesTo8, type ReminderMessage } from '../services/reminders/schedule';
import type { Locale, Strings } from '../strings';
import type { Reply, Suggestion } from './reply';
import { suggestTopics } from './topicSuggestions';

/** A reminder as it arrives: label, sentence, and the way out. */
export function reminderMessage(message: ReminderMessage, s: Strings, locale: Locale): Reply {
  const { offers, messages } = s.reminders;
  const ownBill = message.kind !== 'expired' && message.kind !== 'serviceBack';
  return {
    locale,
    layout: 'text',
    body: [sentenceOf(message, s), messages.optOut],
    suggestions: [
      ...suggestTopics(ownBill ? ['unpaid_balance', 'pay_methods'] : ['unpaid_balance'], s),
      offers.stopAll,
    ],
  };
}

function sentenceOf(message: ReminderMessage, s: Strings): string {
  const { messages, dayOf } = s.reminders;
  switch (message.kind) {
    case 'dueSoon':
      return messages.dueSoon(dayOf(message.dueDate));
    case 'settled':
      return message.nothingLeft ? messages.settled : messages.settledRest;
    default:
      return messages[message.kind];
  }
}

/** A reminder that was just agreed to. */
export interface Agreed {
  readonly reminder: Pick<Reminder, 'plan' | 'stage'>;
  /** The billing system could not say the due date. */
  readonly unknown: boolean;
}

/** Says what was agreed: when exactly, in Asia/Seoul, and how to stop it. */
export function agreedReply(
  reminder: Agreed['reminder'],
  { nowMs, unknown }: { readonly nowMs: number; readonly unknown: boolean },
  s: Strings,
  locale: Locale,
): Reply {
  return agreedTogether([{ reminder, unknown }], { nowMs, others: [] }, s, locale);
}

/**
 * The same for all that one sentence asked for: each with its moment, and what holds for all of them once.
 * @param others sentences about what was asked for besides, and could not be set
 */
export function agreedTogether(
  agreed: readonly Agreed[],
  { nowMs, others }: { readonly nowMs: number; readonly others: readonly string[] },
  s: Strings,
  locale: Locale,
): Reply {
  const { several, moved, stop, eachBill } = s.reminders.agreed;
  const { offers } = s.reminders;
  const ways = s.reminderDelivery.offers;
  const plans = agreed.map(({ reminder }) => reminder.plan);
  const whens = agreed.flatMap(({ reminder, unknown }) => whenSentences(reminder, { nowMs, unknown }, s));
  const terms = [
    ...(whens.includes(eachBill) ? [eachBill] : []),
    ...(plans.some(movesTo8) ? [moved] : []),
    ...new Set(plans.flatMap((plan) => termsOf(plan, s))),
  ];
  // A watch has no moment that a calendar could hold.
  const calendar = agreed.some(({ reminder }) => reminder.stage.name !== 'look') ? [ways.calendar] : [];
  return {
    locale,
    layout: 'text',
    body: [
      ...(agreed.length > 1 ? [several(agreed.length)] : []),
      ...whens.filter((when) => when !== eachBill),
      ...terms,
      ...(agreed.length > 0 ? [stop] : []),
      ...others,
    ],
    suggestions: [offers.list, offers.change, ways.sms, ...calendar, ...suggestTopics(['unpaid_balance'], s)],
  };
}

function whenSentences(
  { plan, stage }: Pick<Reminder, 'plan' | 'stage'>,
  { nowMs, unknown }: { readonly nowMs: number; readonly unknown: boolean },
  s: Strings,
): string[] {
  const { agreed, moment, dayOf } = s.reminders;
  const when = moment(stage.atMs, nowMs);
  const known = stage.name !== 'look';
  const later = () => (unknown ? agreed.unknownYet : agreed.noDateYet)(planName(plan, s));
  switch (plan.kind) {
    case 'moment':
      return [agreed.moment(when)];
    case 'monthly':
      return [
        agreed.monthly(plan.day, when),
        ...(plan.day === 29 || plan.day === 30 ? [agreed.shortMonths(plan.day)] : []),
      ];
    case 'settled':
      return [agreed.settled(moment(plan.untilMs, nowMs))];
    case 'serviceBack':
      return [agreed.serviceBack(moment(plan.untilMs, nowMs))];
    case 'dueSoon':
      return known ? [agreed.dueSoon(when, dayOf(stage.name)), agreed.eachBill] : [later()];
    case 'dueToday':
      return known ? [agreed.dueToday(when), agreed.eachBill] : [later()];
    case 'overdueOnce':
      return known ? [agreed.overdueOnce(when), agreed.eachBill] : [agreed.overdueLater];
  }
}

function termsOf(plan: ReminderPlan, s: Strings): string[] {
  const ofBills = plan.kind === 'dueSoon' || plan.kind === 'dueToday' || plan.kind === 'overdueOnce';
  return ofBills ? [s.reminders.agreed.onlyIfDue] : [];
}

/** What a plan is called. */
export function planName(plan: ReminderPlan, s: Strings): string {
  const { names } = s.reminders;
  switch (plan.kind) {
    case 'dueSoon':
      return names.dueSoon(plan.daysBefore, plan.minute);
    case 'dueToday':
      return names.dueToday(plan.minute);
    case 'monthly':
      return names.monthly(plan.day, plan.minute);
    default:
      return names[plan.kind];
  }
}

/** When the next message comes, as far as that is known. */
export function nextMoment(
  { plan, stage }: Pick<Reminder, 'plan' | 'stage'>,
  nowMs: number,
  s: Strings,
): string {
  const { moment, watching, whenNewBill } = s.reminders;
  if (plan.kind === 'settled' || plan.kind === 'serviceBack') return watching;
  return stage.name === 'look' ? whenNewBill : moment(stage.atMs, nowMs);
}

/** All reminders of the conversation, numbered as they can be stopped. */
export function reminderListReply(
  reminders: readonly Reminder[],
  nowMs: number,
  s: Strings,
  locale: Locale,
): Reply {
  const { list, offers, stopNumber } = s.reminders;
  if (reminders.length === 0)
    return {
      locale,
      layout: 'text',
      body: [list.none],
      suggestions: [...suggestTopics(['set_reminder', 'unpaid_balance'], s)],
    };
  const stops = reminders.length > 1 ? reminders.slice(0, 3).map((_, at) => stopNumber(at + 1)) : [];
  return {
    locale,
    layout: 'card',
    title: list.title,
    facts: reminders.map((one, at) => ({
      // No "1." at its start: Markdown takes that for a list and pushes it in.
      label: `[${at + 1}] ${planName(one.plan, s)}`,
      value: nextMoment(one, nowMs, s),
    })),
    ...(reminders.length > 1 ? { note: list.how } : {}),
    suggestions: [...stops, offers.change, offers.stopAll],
  };
}

/** A plain sentence about reminders with what can be said next. */
export function reminderSay(text: string, suggestions: readonly Suggestion[], locale: Locale): Reply {
  return { locale, layout: 'text', body: [text], suggestions };
}

/** Asks when; with the moments that people name most. */
export function askWhenReply(text: string, s: Strings, locale: Locale): Reply {
  const { offers } = s.reminders;
  return reminderSay(
    text,
    [offers.dayBefore, offers.dueToday, offers.tomorrow, ...suggestTopics(['cancel'], s)],
    locale,
  );
}
