import { addDays, seoulDayAt } from '../billing/seoulCalendar';
import { minuteOfDayAt, momentAt } from './seoulMoment';

/**
 * How a customer is reminded, whatever of: never at night, never twice of one stage, never of what is past. Night is
 * 21:00 to 08:00 in Asia/Seoul (the hours of the act on fair debt collection, art. 9, and of the network act, art. 50;
 * kept for every message of ours, whether or not they ask for it).
 */
export const quietFromMinute = 21 * 60;
export const quietUntilMinute = 8 * 60;

/** A plain reminder that could not be sent for so long is of no use any more. */
export const usefulForMs = 24 * 3_600_000;
/** "It was not paid by the due date" is told within so many days after it. */
export const overdueToldDays = 8;

/** Whether nobody is written to at this moment. */
export function isQuiet(atMs: number): boolean {
  const minute = minuteOfDayAt(atMs);
  return minute >= quietFromMinute || minute < quietUntilMinute;
}

/** The moment itself, or the next 08:00 when it lies at night: moved, never dropped. */
export function outOfQuiet(atMs: number): number {
  if (!isQuiet(atMs)) return atMs;
  const today = seoulDayAt(atMs);
  const day = minuteOfDayAt(atMs) >= quietFromMinute ? addDays(today, 1) : today;
  return momentAt(day, quietUntilMinute);
}
