import ICAL from 'ical.js';
import { DemoClock } from '../../../services/demoClock';
import { calendarLinkLifeMs, IcsLinks } from '../../../services/reminders/icsLinks';
import { RunningApp } from './runningApp';

const atMs = Date.parse('2026-12-25T09:00:00+09:00');
const link = { id: '7d6f1f5e', kind: 'due', atMs, language: 'ko' } as const;
let running: RunningApp;
beforeAll(async () => {
  running = await RunningApp.start();
}, 30_000);
afterAll(() => running.close());

const linkTo = (parts: Partial<Parameters<IcsLinks['linkTo']>[0]> = {}) =>
  running.app.assistant.reminderDelivery.links.linkTo({ ...link, ...parts });

describe('GET /reminders/calendar.ics', () => {
  it('gives a file that calendars open, with the due date and an alarm the day before', async () => {
    const url = await linkTo();
    expect(url).toMatch(new RegExp(`^${running.url}/reminders/calendar\\.ics\\?t=[\\w.-]+$`));

    const response = await fetch(url);

    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8; method=PUBLISH',
      'content-disposition': 'attachment; filename="bill-reminder.ics"',
      'cache-control': 'no-store',
    });
    const file = await response.text();
    const component = new ICAL.Component(ICAL.parse(file)).getFirstSubcomponent('vevent');
    if (component === null) throw new Error('no event');
    const event = new ICAL.Event(component);
    expect(event.startDate.toJSDate().getTime()).toBe(atMs);
    expect(event.uid).toBe('7d6f1f5e@bill-guide');
    expect(component.getAllSubcomponents('valarm')).toHaveLength(2);
    // Nothing that a stranger who sees the calendar must not read.
    expect(file).not.toMatch(/\d[원]|won\b|https?:|010-?\d/);
  });

  it('speaks the language of the chat, and rings once for what is no due date', async () => {
    const file = await (await fetch(await linkTo({ kind: 'plain', language: 'en' }))).text();
    expect(file).toContain('SUMMARY:Phone bill reminder');
    expect(file.match(/BEGIN:VALARM/g)).toHaveLength(1);
  });

  it('tells nothing in its address', async () => {
    const token = new URL(await linkTo()).searchParams.get('t') ?? '';
    const readable = token.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
    expect(readable.join()).not.toMatch(/7d6f1f5e|due|1798156800/);
  });

  it.each([
    ['no token', ''],
    ['a made-up token', '?t=abc'],
    ['a very long token', `?t=${'a'.repeat(2_000)}`],
  ])('is gone for %s, and says so', async (_, query) => {
    const response = await fetch(`${running.url}/reminders/calendar.ics${query}`);
    expect(response.status).toBe(410);
    expect((await response.json()).error.message).toContain('기한이 지났어요');
  });

  it('is gone for a token that was changed', async () => {
    const url = await linkTo();
    const end = url.at(-2) === 'A' ? 'B' : 'A';
    expect((await fetch(`${url.slice(0, -2)}${end}${url.at(-1)}`)).status).toBe(410);
  });
});

describe('a calendar link', () => {
  const secret = Buffer.alloc(32, 5);
  const tokenOf = (url: string) => new URL(url).searchParams.get('t') ?? '';

  it('ends after a week, on every node that has the secret', async () => {
    let nowMs = atMs;
    const clock = { now: () => nowMs };
    const links = () => new IcsLinks(secret, clock, () => 'https://bill.example.kr');
    const token = tokenOf(await links().linkTo(link));
    nowMs += calendarLinkLifeMs - 1_000;
    expect(await links().read(token)).toEqual(link);
    expect(await new IcsLinks(Buffer.alloc(32, 6), clock, () => '').read(token)).toBeUndefined();
    nowMs += 1_000;
    expect(await links().read(token)).toBeUndefined();
  });

  it('does not end because a demo jumped', async () => {
    const real = { now: () => atMs };
    const demo = new DemoClock(real);
    const links = new IcsLinks(secret, real, () => 'http://127.0.0.1:1');
    const token = tokenOf(await links.linkTo(link));
    demo.advance(31);
    expect(await links.read(token)).toEqual(link);
  });
});
