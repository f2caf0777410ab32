import { z } from 'zod';

/**
 * What customers can be reminded of. The first four are about their own bills and need a standing grant; the others
 * need to know nothing of anybody.
 */
export const reminderKinds = [
  'dueSoon',
  'dueToday',
  'overdueOnce',
  'settled',
  'serviceBack',
  'moment',
  'monthly',
] as const;
export type ReminderKind = (typeof reminderKinds)[number];

const epochMs = z.number().int();
const minute = z.number().int().min(0).max(1_439);

/** What was asked for. Minutes are of the day in Asia/Seoul. */
export const reminderPlan = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('dueSoon'), daysBefore: z.number().int().min(1).max(14), minute }),
  z.strictObject({ kind: z.literal('dueToday'), minute }),
  z.strictObject({ kind: z.literal('overdueOnce'), minute }),
  /** Watches until then. */
  z.strictObject({ kind: z.literal('settled'), untilMs: epochMs }),
  z.strictObject({ kind: z.literal('serviceBack'), untilMs: epochMs }),
  z.strictObject({ kind: z.literal('moment'), atMs: epochMs }),
  /** 31 is the last day of every month. */
  z.strictObject({ kind: z.literal('monthly'), day: z.number().int().min(1).max(31), minute }),
]);
export type ReminderPlan = z.infer<typeof reminderPlan>;

const stage = z.strictObject({
  /** What at most one message is sent of: a due date, a month, 'once'; 'look' only finds out. */
  name: z.string().max(10),
  /** When, epoch ms; never at night. */
  atMs: epochMs,
});
export type Stage = z.infer<typeof stage>;

const reminder = z.strictObject({
  /** A random UUID. */
  id: z.string().min(1).max(64),
  /** Grows with each change; a wake-up of an earlier one counts for nothing. */
  revision: z.number().int().min(1),
  plan: reminderPlan,
  language: z.enum(['ko', 'en']),
  /** When it was agreed to, and the version of the words (`consentWording`). */
  consent: z.strictObject({ atMs: epochMs, wording: z.string().max(20) }),
  /** `StandingGrants.issue`, for what is about the customer's own bills. */
  grant: z.string().max(600).optional(),
  stage,
  /** Counts the wake-ups that were put into the outbox: part of their keys. */
  wake: z.number().int().min(0),
  /** Up to which due date or month something was sent, withheld or dropped. */
  doneUpTo: z.string().max(10).optional(),
});
export type Reminder = z.infer<typeof reminder>;

export const mostReminders = 10;
const book = z.strictObject({
  version: z.literal(1),
  reminders: z.array(reminder).max(mostReminders),
});
export type BookRecord = z.infer<typeof book>;
export const bookRecord = book;

/** Raise it when what customers agree to (strings/reminders, `agreed`) says something else. */
export const consentWording = '2026-11';

export const reminderPrefix = 'reminder/';

/** All reminders of one conversation, in one record: they are listed, counted and erased together. */
export function reminderKey(conversationKey: string): string {
  return `${reminderPrefix}${conversationKey}`;
}

/** The outbox entry of a wake-up. */
export function wakeKey({ id, revision, wake }: Pick<Reminder, 'id' | 'revision' | 'wake'>): string {
  return `reminder/${id}/${revision}/${wake}`;
}

/** Payload of an outbox entry of kind 'reminder'. */
export const wakePayload = z.strictObject({
  conversationKey: z.string(),
  id: z.string(),
  revision: z.number().int(),
  wake: z.number().int(),
});
export type WakePayload = z.infer<typeof wakePayload>;

/** The system event that a wake-up becomes. */
export const dueEvent = 'reminder.due';
export const dueEventValue = wakePayload.omit({ conversationKey: true });

/** Whether it is about the customer's own bills, so that their line must be proved. */
export function needsGrant(kind: ReminderKind): boolean {
  return kind === 'dueSoon' || kind === 'dueToday' || kind === 'overdueOnce' || kind === 'settled';
}
