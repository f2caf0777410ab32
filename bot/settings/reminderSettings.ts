import { wholeNumber } from './fields';

export const defaultRemindersPerSecond = 50;

/** How fast reminders go out that fall due together. */
export const reminderSettings = {
  REMINDERS_PER_SECOND: wholeNumber(1, 10_000).default(defaultRemindersPerSecond),
};
