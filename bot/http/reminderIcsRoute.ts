import type * as restify from 'restify';
import type { Clock } from '../../services/clock';
import { icsFile } from '../../services/reminders/icsFile';
import type { IcsLinks } from '../../services/reminders/icsLinks';
import { stringsFor } from '../../strings';
import { jsonHeaders, sendJson } from './answers';

export interface ReminderIcsRouteOptions {
  readonly links: Pick<IcsLinks, 'read'>;
  readonly clock: Clock;
}

const dayMinutes = 1_440;

/**
 * `GET /reminders/calendar.ics?t=`: the calendar file that a link stands for (`IcsLinks`). 410 with a sentence when it
 * is too old or not ours. An event about a due date also rings a day before.
 */
export function registerReminderIcs(
  server: Pick<restify.Server, 'get'>,
  { links, clock }: ReminderIcsRouteOptions,
): void {
  server.get('/reminders/calendar.ics', async (req: restify.Request, res: restify.Response) => {
    const token = new URLSearchParams((req.url ?? '').split('?')[1] ?? '').get('t') ?? '';
    const link = await links.read(token);
    if (link === undefined) {
      const message = (['ko', 'en'] as const)
        .map((language) => stringsFor(language).reminderDelivery.calendar.expired)
        .join(' / ');
      return sendJson(res, 410, { error: { code: 'Gone', message } });
    }
    const { calendar } = stringsFor(link.language).reminderDelivery;
    const file = icsFile({
      uid: `${link.id}@bill-guide`,
      atMs: link.atMs,
      alarmMinutesBefore: link.kind === 'due' ? [dayMinutes, 1] : [1],
      title: link.kind === 'due' ? calendar.title : calendar.plainTitle,
      description: calendar.description,
      alarmText: calendar.alarm,
      nowMs: clock.now(),
    });
    res.writeHead(200, {
      ...jsonHeaders,
      'Content-Type': 'text/calendar; charset=utf-8; method=PUBLISH',
      'Content-Disposition': 'attachment; filename="bill-reminder.ics"',
      'Content-Length': Buffer.byteLength(file),
    });
    res.end(file);
  });
}
