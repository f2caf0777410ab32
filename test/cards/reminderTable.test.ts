import { readFileSync } from 'node:fs';
import path from 'node:path';
import { reminderMessage } from '../../cards/reminderCard';
import { plainTextBody } from '../../cards/render/plainText';
import { stringsFor } from '../../strings';
import { everyReminderMessage } from './someReminders';

const page = path.resolve(__dirname, '../../docs/reminders.md');

const kinds: Readonly<Record<string, string>> = {
  dueSoon: 'so many days before the due date',
  dueToday: 'on the due date',
  overdueOnce: 'once, the day after an unpaid due date',
  settled: 'when a payment has settled',
  'settled, rest': 'the same, when something remains, of a payment that was rejected too',
  serviceBack: 'when the lookup works again after an outage',
  moment: 'at a moment that the customer named',
  monthly: 'on a day of each month',
  expired: 'when the grant has ended',
};

/** Every kind beside what is sent, word for word. */
function table(): string {
  const rows = everyReminderMessage.map((message) => {
    const name = message.kind === 'settled' && !message.nothingLeft ? 'settled, rest' : message.kind;
    const said = (['ko', 'en'] as const).map((locale) =>
      plainTextBody(reminderMessage(message, stringsFor(locale), locale)).replaceAll('\n', '<br>'),
    );
    return `| ${name}: ${kinds[name]} | ${said.join(' | ')} |`;
  });
  return ['| Kind | 한국어 | English |', '| --- | --- | --- |', ...rows].join('\n');
}

describe('the table of reminders', () => {
  it('stands in the documentation word for word', () => {
    const text = readFileSync(page, 'utf8');
    const shown = /<!-- table -->\n([\s\S]*?)\n?<!-- \/table -->/.exec(text)?.[1];
    expect(shown?.trim()).toBe(table());
  });
});

describe.each(['ko', 'en'] as const)('every reminder in %s', (locale) => {
  const s = stringsFor(locale);

  it.each(everyReminderMessage.map((message) => [message.kind, message] as const))(
    '%s minds its manners',
    (_, message) => {
      const reply = reminderMessage(message, s, locale);
      const text = plainTextBody(reply);
      expect(text).toMatch(/^\[[^\]]{2,20}\] /);
      expect(text).toContain(s.reminders.messages.optOut);
      expect(text).not.toMatch(/원(?:\s|$)|won\b|₩|\d[\d,]{3,}|https?:|www\.|010|\*{2,}/i);
      expect(text).not.toMatch(/할인|혜택|이벤트|법적|정지|압류|신용|discount|offer|legal|suspend|credit/i);
      expect(s.reminderDelivery.sms(text)).not.toMatch(/원(?:\s|$)|won\b|₩|\d[\d,]{3,}|https?:|www\.|010/i);
      expect(reply.layout).toBe('text');
    },
  );
});
