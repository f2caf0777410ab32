import { createEvent } from 'ics';

export interface CalendarEvent {
  /** The same for the same reminder, so that a calendar that gets it again keeps one. */
  readonly uid: string;
  /** When to look at the bill, epoch ms. */
  readonly atMs: number;
  /** Alarms so long before that, whole minutes from 1: many calendars cannot read a trigger of zero length. */
  readonly alarmMinutesBefore: readonly number[];
  readonly title: string;
  readonly description: string;
  readonly alarmText: string;
  /** When the file is made, epoch ms. */
  readonly nowMs: number;
}

/**
 * A calendar file with one event and its alarms (iCalendar, RFC 5545): a reminder for which nobody has to keep an
 * address. Times are in UTC, so that they mean the same moment in any calendar; nothing in it tells an amount, a name
 * or a number, and the event is private and leaves the time free.
 * @returns lines ended by CRLF, folded at 75 octets
 */
export function icsFile(event: CalendarEvent): string {
  const { uid, atMs, alarmMinutesBefore, title, description, alarmText, nowMs } = event;
  const attributes = {
    productId: '-//kt-bill-guide//KO',
    uid,
    // The package would take the time of the machine.
    timestamp: nowMs,
    start: atMs,
    startInputType: 'utc',
    startOutputType: 'utc',
    duration: { minutes: 30 },
    title,
    description,
    transp: 'TRANSPARENT',
    busyStatus: 'FREE',
    classification: 'PRIVATE',
  } as const;
  const alarms = alarmMinutesBefore.map((minutes) => ({
    action: 'display' as const,
    description: alarmText,
    trigger: { minutes, before: true },
  }));
  const { value, error } = createEvent({ ...attributes, alarms });
  if (value === null) throw new Error('the calendar file could not be made', { cause: error });
  return folded(value);
}

const mostOctets = 75;

/** The package counts characters as two octets at most; some of Hangul and all emoji have more (RFC 5545, 3.1). */
function folded(file: string): string {
  return file
    .replace(/\r\n[ \t]/g, '')
    .split('\r\n')
    .map((line) => {
      let text = '';
      let octets = 0;
      for (const character of line) {
        const size = Buffer.byteLength(character);
        if (octets + size > mostOctets) {
          text += '\r\n ';
          octets = 1;
        }
        text += character;
        octets += size;
      }
      return text;
    })
    .join('\r\n');
}
