import fc from 'fast-check';
import { addDays, seoulDayAt } from '../../../services/billing/seoulCalendar';
import { isQuiet, outOfQuiet } from '../../../services/reminders/manners';
import type { Reminder, ReminderPlan } from '../../../services/reminders/reminder';
import {
  decide,
  type Facts,
  firstStage,
  questionOf,
  type ReminderMessage,
} from '../../../services/reminders/schedule';
import { dayInMonth, minuteOfDayAt, momentAt } from '../../../services/reminders/seoulMoment';
import { sized } from '../../size';

const startMs = Date.parse('2026-11-22T17:20:00+09:00');
const dayMs = 86_400_000;

const moment = fc.integer({ min: startMs, max: startMs + 800 * dayMs });
const minute = fc.integer({ min: 0, max: 1_439 });
const plan: fc.Arbitrary<ReminderPlan> = fc.oneof(
  fc.record({ kind: fc.constant('dueSoon' as const), daysBefore: fc.integer({ min: 1, max: 14 }), minute }),
  fc.record({ kind: fc.constant('dueToday' as const), minute }),
  fc.record({ kind: fc.constant('overdueOnce' as const), minute }),
  fc.record({ kind: fc.constant('settled' as const), untilMs: fc.constant(startMs + 7 * dayMs) }),
  fc.record({ kind: fc.constant('serviceBack' as const), untilMs: fc.constant(startMs + dayMs) }),
  fc.record({ kind: fc.constant('moment' as const), atMs: moment }),
  fc.record({ kind: fc.constant('monthly' as const), day: fc.integer({ min: 1, max: 31 }), minute }),
);

/** Bills due on the 25th of each month; some are paid on time, and sometimes nobody answers. */
function factsAt(nowMs: number, question: 'none' | 'due' | 'answering', luck: number): Facts {
  if (question === 'none') return { kind: 'nothing' };
  if (luck % 7 === 0)
    return question === 'answering' ? { kind: 'answering', yes: false } : { kind: 'unavailable' };
  if (question === 'answering') return { kind: 'answering', yes: luck % 3 === 0 };
  const month = seoulDayAt(nowMs).slice(0, 7);
  const dueDates = luck % 2 === 0 ? [] : [`${month}-25`];
  return { kind: 'due', status: { anythingDue: dueDates.length > 0, dueDates, settled: luck % 3 === 0 } };
}

interface Sent {
  readonly atMs: number;
  readonly stage: string;
  readonly facts: Facts;
  readonly message: ReminderMessage;
}

/** Lives through a reminder, waking up late now and then. */
function live(wanted: ReminderPlan, delaysMs: readonly number[], lucks: readonly number[]): Sent[] {
  const stage = firstStage({ id: 'a', plan: wanted }, startMs, {
    anythingDue: true,
    dueDates: ['2026-11-25'],
    settled: false,
  });
  if (stage === undefined) return [];
  let reminder: Pick<Reminder, 'id' | 'plan' | 'stage' | 'doneUpTo' | 'consent'> = {
    id: 'a',
    plan: wanted,
    stage,
    consent: { atMs: startMs, wording: 'test' },
  };
  const sent: Sent[] = [];
  let nowMs = startMs;
  for (let step = 0; step < 60; step += 1) {
    nowMs = Math.max(nowMs, reminder.stage.atMs + (delaysMs[step % delaysMs.length] ?? 0));
    const facts = factsAt(nowMs, questionOf(reminder, nowMs), lucks[step % lucks.length] ?? 1);
    const { send, next, doneUpTo } = decide(reminder, nowMs, facts);
    if (send !== undefined) sent.push({ atMs: nowMs, stage: reminder.stage.name, facts, message: send });
    if (next === undefined) break;
    expect(isQuiet(next.atMs)).toBe(false);
    const { doneUpTo: _, ...rest } = reminder;
    reminder = { ...rest, stage: next, ...(doneUpTo === undefined ? {} : { doneUpTo }) };
  }
  return sent;
}

const delays = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: -dayMs, max: 3 * dayMs })), {
  minLength: 1,
  maxLength: 9,
});
const lucks = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 9 });
const runs = { numRuns: sized(400, 20_000) };

describe('the manners of every reminder, whatever happens', () => {
  it('nothing is sent at night, and nothing twice of one stage', () => {
    fc.assert(
      fc.property(plan, delays, lucks, (wanted, late, luck) => {
        const sent = live(wanted, late, luck);
        for (const { atMs } of sent) expect(isQuiet(atMs)).toBe(false);
        const stages = sent.map(({ stage }) => stage);
        expect(new Set(stages).size).toBe(stages.length);
      }),
      runs,
    );
  });

  it('of bills only what was looked up in the same moment and is due, and only as long as it is true', () => {
    fc.assert(
      fc.property(plan, delays, lucks, (wanted, late, luck) => {
        for (const { atMs, facts, message } of live(wanted, late, luck)) {
          if (message.kind !== 'dueSoon' && message.kind !== 'dueToday' && message.kind !== 'overdueOnce')
            continue;
          expect(facts.kind === 'due' && facts.status.dueDates.includes(message.dueDate)).toBe(true);
          const today = seoulDayAt(atMs);
          if (message.kind === 'dueSoon') expect(today < message.dueDate).toBe(true);
          if (message.kind === 'dueToday') expect(today).toBe(message.dueDate);
          if (message.kind === 'overdueOnce')
            expect(today > message.dueDate && today <= addDays(message.dueDate, 8)).toBe(true);
        }
      }),
      runs,
    );
  });

  it('a moment that was agreed to is never dropped, only moved to the morning', () => {
    fc.assert(
      fc.property(moment, (atMs) => {
        const sent = live({ kind: 'moment', atMs }, [0], [1]);
        if (atMs <= startMs) return expect(sent).toEqual([]);
        expect(sent).toHaveLength(1);
        expect(sent[0]?.atMs).toBe(outOfQuiet(atMs));
        expect((sent[0]?.atMs ?? 0) - atMs).toBeLessThanOrEqual(11 * 3_600_000);
      }),
      runs,
    );
  });
});

describe('the night', () => {
  it.each([
    ['2026-11-23T20:59:59.999', '2026-11-23T20:59:59.999'],
    ['2026-11-23T21:00:00', '2026-11-24T08:00:00'],
    ['2026-11-23T23:59:59', '2026-11-24T08:00:00'],
    ['2026-11-24T00:00:00', '2026-11-24T08:00:00'],
    ['2026-11-24T07:59:59.999', '2026-11-24T08:00:00'],
    ['2026-11-24T08:00:00', '2026-11-24T08:00:00'],
    ['2026-12-31T22:00:00', '2027-01-01T08:00:00'],
    ['2028-02-28T22:00:00', '2028-02-29T08:00:00'],
  ])('%s is told at %s', (from, to) => {
    expect(outOfQuiet(Date.parse(`${from}+09:00`))).toBe(Date.parse(`${to}+09:00`));
  });
});

describe('every month', () => {
  it('comes once in each, on the day or on the last one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 31 }), fc.integer({ min: 480, max: 1_259 }), (day, at) => {
        const sent = live({ kind: 'monthly', day, minute: at }, [0], [1]);
        expect(sent.length).toBeGreaterThan(50);
        for (const [place, { atMs, stage }] of sent.entries()) {
          expect(seoulDayAt(atMs)).toBe(dayInMonth(stage, day));
          expect(minuteOfDayAt(atMs)).toBe(at);
          const next = sent[place + 1];
          if (next !== undefined) expect(next.atMs - atMs).toBeLessThan(32 * dayMs);
        }
      }),
      { numRuns: sized(60, 1_000) },
    );
  });

  it('knows leap years', () => {
    expect(dayInMonth('2028-02', 31)).toBe('2028-02-29');
    expect(dayInMonth('2027-02', 29)).toBe('2027-02-28');
    expect(dayInMonth('2026-11', 31)).toBe('2026-11-30');
    expect(momentAt('2028-02-29', 540)).toBe(Date.parse('2028-02-29T09:00:00+09:00'));
  });
});
