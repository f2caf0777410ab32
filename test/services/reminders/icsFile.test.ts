import fc from 'fast-check';
import ICAL from 'ical.js';
import { icsFile } from '../../../services/reminders/icsFile';
import { sized } from '../../size';

const nowMs = Date.parse('2026-11-22T17:20:00+09:00');
const event = {
  uid: '7d6f1f5e@bill-guide',
  atMs: Date.parse('2026-12-05T09:00:00+09:00'),
  alarmMinutesBefore: [1_440, 1],
  title: '휴대폰 요금 내는 날',
  description: '요금길잡이에서 넣은 일정이에요.',
  alarmText: '휴대폰 요금을 확인해 보세요.',
  nowMs,
};

function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const found = calendar.getAllSubcomponents('vevent');
  const [component] = found;
  if (component === undefined || found.length !== 1) throw new Error('the calendar has not one event');
  const alarms = component.getAllSubcomponents('valarm').map((alarm) => ({
    action: String(alarm.getFirstPropertyValue('action')),
    text: String(alarm.getFirstPropertyValue('description')),
    seconds: ICAL.Duration.fromString(String(alarm.getFirstPropertyValue('trigger'))).toSeconds(),
  }));
  return { calendar, component, event: new ICAL.Event(component), alarms };
}

describe('the calendar file', () => {
  it('is read by another program as the same moment, in UTC, with its alarms', () => {
    const { calendar, component, event: read1, alarms } = read(icsFile(event));

    expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
    expect(read1.startDate.zone.tzid).toBe('UTC');
    expect(read1.startDate.toJSDate().toISOString()).toBe('2026-12-05T00:00:00.000Z');
    expect(read1.duration.toSeconds()).toBe(1_800);
    expect(read1.summary).toBe('휴대폰 요금 내는 날');
    expect(read1.uid).toBe('7d6f1f5e@bill-guide');
    expect(String(component.getFirstPropertyValue('dtstamp'))).toBe('2026-11-22T08:20:00Z');
    expect(component.getFirstPropertyValue('class')).toBe('PRIVATE');
    expect(component.getFirstPropertyValue('transp')).toBe('TRANSPARENT');
    expect(alarms).toEqual([
      { action: 'DISPLAY', text: '휴대폰 요금을 확인해 보세요.', seconds: -86_400 },
      { action: 'DISPLAY', text: '휴대폰 요금을 확인해 보세요.', seconds: -60 },
    ]);
  });

  it('keeps every moment, also where the day in Seoul is not the day in UTC', () => {
    fc.assert(
      fc.property(
        fc.integer({
          min: Math.ceil(nowMs / 60_000),
          max: Math.floor(Date.parse('2099-12-31T00:00:00Z') / 60_000),
        }),
        fc.integer({ min: 1, max: 40_320 }),
        (minutes, before) => {
          const atMs = minutes * 60_000;
          const { event: found, alarms } = read(icsFile({ ...event, atMs, alarmMinutesBefore: [before] }));
          expect(found.startDate.toJSDate().getTime()).toBe(atMs);
          expect(alarms.map(({ seconds }) => seconds)).toEqual([-before * 60]);
        },
      ),
      { numRuns: sized(200, 3_000) },
    );
  });

  it('carries any words whole, and no line is longer than calendars read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }), (words) => {
        // What a calendar cannot hold in a text (RFC 5545, section 3.3.11).
        const text = words.replace(/[\p{Cc}\p{Cf}\\]/gu, '').trim() || '요금';
        const file = icsFile({ ...event, title: text });
        expect(read(file).event.summary.normalize()).toBe(text.normalize());
        expect(file.endsWith('END:VCALENDAR\r\n')).toBe(true);
        for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      }),
      { numRuns: sized(200, 3_000) },
    );
  });

  it('says nothing about the machine it was made on', () => {
    expect(icsFile(event)).toBe(icsFile(event));
  });
});
