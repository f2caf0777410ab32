import { messageTypeOf, smsBytes } from '../../channels/sms/smsLength';
import { type Locale, stringsFor } from '../../strings';

const locales: readonly Locale[] = ['ko', 'en'];

/** Every message that can be sent, with a due day where it names one. */
function messagesOf(locale: Locale): string[] {
  const { optOut: _, dueSoon, ...rest } = stringsFor(locale).reminders.messages;
  return [dueSoon(stringsFor(locale).dayOf('2026-12-25')), ...Object.values(rest)];
}

describe.each(locales)('a reminder as a text message (%s)', (locale) => {
  const { sms } = stringsFor(locale).reminderDelivery;
  const texts = messagesOf(locale).map(sms);

  it('begins with what it is for, and says who writes and how to stop it', () => {
    for (const text of texts) {
      expect(text).toMatch(locale === 'ko' ? /^\[[^\]]*알림\] / : /^\[[A-Z][^\]]+\] /);
      expect(text).toContain(locale === 'ko' ? '요금길잡이' : 'Bill Guide');
      expect(text).toContain(locale === 'ko' ? "'그만 알려줘'" : "'Stop reminding me'");
      expect(text).toContain(
        locale === 'ko' ? '답장해도 꺼지지 않아요' : 'replies to this text are not read',
      );
    }
  });

  it('names no amount, no number, no link, and fits into one long message', () => {
    for (const text of texts) {
      expect(text).not.toMatch(/https?:|www\.|\d원|won\b|₩|\d{3,}/);
      expect(smsBytes(text)).toBeLessThanOrEqual(2_000);
      expect(messageTypeOf(text)).toBe('LMS');
    }
  });
});
