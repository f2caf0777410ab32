import { budgetSpent, countFailure } from '../../../services/identity/failureBudget';
import { identityPolicy } from '../../../services/identity/identityPolicy';
import { fleetLimitKey } from '../../../services/identity/identityRecords';
import { minuteMs, startMs } from './identityDesk';
import { MemoryTurns } from './memoryTransaction';

const policy = { ...identityPolicy, fleetFailures: 3, fleetWindowMs: 10 * minuteMs };

function aBudget() {
  const turns = new MemoryTurns();
  return {
    turns,
    count: (atMs: number) => turns.run((tx) => countFailure(tx, policy, startMs + atMs)),
    isSpent: (atMs: number) => turns.run((tx) => budgetSpent(tx, policy, startMs + atMs)),
  };
}

describe('the budget of wrong codes over all lines', () => {
  it('is spent with the last failure that it allows, not before', async () => {
    const { count, isSpent } = aBudget();
    expect(await isSpent(0)).toBe(false);
    for (const atMs of [0, 1]) await count(atMs);
    expect(await isSpent(1)).toBe(false);
    await count(minuteMs);
    expect(await isSpent(minuteMs)).toBe(true);
  });

  it('counts by minute, and keeps the count as long as it matters', async () => {
    const { turns, count } = aBudget();
    for (const atMs of [5, 59_999, minuteMs, minuteMs + 7, minuteMs + 8]) await count(atMs);
    expect(turns.value(fleetLimitKey)).toEqual({
      minutes: [
        { startMs, failures: 2 },
        { startMs: startMs + minuteMs, failures: 3 },
      ],
    });
    expect(turns.expiryOf(fleetLimitKey)).toBe(startMs + minuteMs + 11 * minuteMs);
  });

  it('forgets a minute when the window has passed its end', async () => {
    const { turns, count, isSpent } = aBudget();
    for (let n = 0; n < 3; n += 1) await count(30_000);
    expect(await isSpent(11 * minuteMs - 1)).toBe(true);
    expect(await isSpent(11 * minuteMs)).toBe(false);
    await count(11 * minuteMs);
    expect(turns.value(fleetLimitKey)).toEqual({
      minutes: [{ startMs: startMs + 11 * minuteMs, failures: 1 }],
    });
  });

  it('counts what was noted under a clock that was ahead as of this minute', async () => {
    const { count, isSpent, turns } = aBudget();
    for (let n = 0; n < 3; n += 1) await count(60 * minuteMs);
    expect(await isSpent(30_000)).toBe(true);
    await count(30_000);
    expect(turns.value(fleetLimitKey)).toEqual({ minutes: [{ startMs, failures: 4 }] });
    expect(await isSpent(11 * minuteMs)).toBe(false);
  });
});
