import fc from 'fast-check';
import { Pace } from '../../../services/reminders/pace';

describe('the pace', () => {
  it('lets no more through in a second than it is set to, and everybody in the end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 400 }), (perSecond, count) => {
        const pace = new Pace(perSecond);
        const queue = Array.from({ length: count }, (_, at) => ({ key: `r${at}`, atMs: 1_000_000 }));
        const passed: number[] = [];
        while (queue.length > 0) {
          queue.sort((one, other) => one.atMs - other.atMs);
          const [next] = queue;
          if (next === undefined) break;
          const waitMs = Math.ceil(pace.waitMs(next.key, next.atMs));
          if (waitMs === 0) {
            passed.push(next.atMs);
            queue.shift();
          } else next.atMs += waitMs;
        }
        expect(passed).toHaveLength(count);
        for (const [at, time] of passed.entries()) {
          const later = passed[at + perSecond + 1];
          if (later !== undefined) expect(later - time).toBeGreaterThanOrEqual(1_000 - perSecond);
        }
        expect((passed.at(-1) ?? 0) - 1_000_000).toBeLessThanOrEqual((count / perSecond) * 1_000 + count);
      }),
      { numRuns: 40 },
    );
  });

  it('starts anew when the clock is set back', () => {
    const pace = new Pace(1);
    pace.waitMs('a', 10_000_000);
    expect(pace.waitMs('b', 10_000_000)).toBe(1_000);
    expect(pace.waitMs('b', 1_000_000)).toBe(0);
  });

  it('forgets places that nobody came for', () => {
    const pace = new Pace(1);
    pace.waitMs('a', 0);
    pace.waitMs('gone', 0);
    expect(pace.waitMs('c', 120_000)).toBe(0);
    expect(pace.waitMs('gone', 120_000)).toBe(1_000);
  });
});
