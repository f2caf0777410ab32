import type { Reminder, ReminderPlan } from '../../services/reminders/reminder';
import type { ReminderMessage } from '../../services/reminders/schedule';

const morning = Date.parse('2026-12-05T09:00:00+09:00');

/** Everything that is sent of our own accord. */
export const everyReminderMessage: readonly ReminderMessage[] = [
  { kind: 'dueSoon', dueDate: '2026-12-05' },
  { kind: 'dueToday', dueDate: '2026-12-05' },
  { kind: 'overdueOnce', dueDate: '2026-12-05' },
  { kind: 'settled', nothingLeft: true },
  { kind: 'settled', nothingLeft: false },
  { kind: 'serviceBack' },
  { kind: 'moment' },
  { kind: 'monthly' },
  { kind: 'expired' },
];

/** One of each plan, with and without a known date. */
export const someReminders: readonly Reminder[] = [
  aReminder({ kind: 'dueSoon', daysBefore: 2, minute: 540 }, '2026-12-07'),
  aReminder({ kind: 'dueSoon', daysBefore: 10, minute: 1_320 }, 'look'),
  aReminder({ kind: 'dueToday', minute: 540 }, '2026-12-05'),
  aReminder({ kind: 'overdueOnce', minute: 540 }, '2026-12-04'),
  aReminder({ kind: 'overdueOnce', minute: 540 }, 'look'),
  aReminder({ kind: 'settled', untilMs: morning }, 'look'),
  aReminder({ kind: 'serviceBack', untilMs: morning }, 'look'),
  aReminder({ kind: 'moment', atMs: morning }, 'once'),
  aReminder({ kind: 'monthly', day: 30, minute: 540 }, '2026-12'),
  aReminder({ kind: 'monthly', day: 31, minute: 570 }, '2026-12'),
];

function aReminder(plan: ReminderPlan, name: string): Reminder {
  return {
    id: `${plan.kind}-${name}`,
    revision: 1,
    plan,
    language: 'ko',
    consent: { atMs: morning, wording: 'test' },
    stage: { name, atMs: morning },
    wake: 1,
  };
}
