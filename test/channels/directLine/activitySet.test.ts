import { ActivitySet } from '../../../channels/directLine/activitySet';
import type { LoggedActivity } from '../../../services/turn/turnStore';

/** A log of activities whose texts have so many letters of three bytes each. */
function aLog(...letters: number[]) {
  const asked: number[] = [];
  const entries = letters.map(
    (count, index): LoggedActivity => ({
      seq: index + 1,
      ticket: 1,
      activity: { type: 'message', id: `a${index + 1}`, text: '가'.repeat(count) },
    }),
  );
  return {
    asked,
    readLog: async (_key: string, after: number, limit: number) => {
      asked.push(limit);
      return entries.slice(after, after + limit);
    },
  };
}

const many = (count: number, letters: number) => Array.from({ length: count }, () => letters);
const idsIn = (set: ActivitySet): string[] =>
  JSON.parse(String(set.toBytes())).activities.map(({ id }: { id: string }) => id);

describe('a set of activities', () => {
  it('is what comes after the place that the client has, with the watermark of its end', async () => {
    const set = await ActivitySet.read(aLog(1, 1, 1), 'key', 1);

    expect(idsIn(set)).toEqual(['a2', 'a3']);
    expect(JSON.parse(String(set.toBytes())).watermark).toBe('3');
    expect([set.reached, set.isEmpty, set.isFull]).toEqual([3, false, false]);
  });

  it('is empty at the end of the log, and keeps the place', async () => {
    const set = await ActivitySet.read(aLog(1), 'key', 1);

    expect(JSON.parse(String(set.toBytes()))).toEqual({ activities: [], watermark: '1' });
    expect([set.reached, set.isEmpty, set.isFull]).toEqual([1, true, false]);
  });

  it('holds a hundred, and says that there may be more', async () => {
    const set = await ActivitySet.read(aLog(...many(250, 1)), 'key', 20);

    expect(idsIn(set)).toHaveLength(100);
    expect([set.reached, set.isFull]).toEqual([120, true]);
  });

  it('holds half a megabyte, counted in bytes', async () => {
    const set = await ActivitySet.read(aLog(...many(100, 20_000)), 'key', 0);

    expect(set.toBytes().byteLength).toBeGreaterThan(450 * 1024);
    expect(set.toBytes().byteLength).toBeLessThan(513 * 1024);
    expect(set.isFull).toBe(true);
    expect(idsIn(set)).toHaveLength(set.reached);
  });

  it('lets one that is larger through alone, first or not, so that nobody waits for it forever', async () => {
    const log = aLog(1, 200_000, 1);
    const before = await ActivitySet.read(log, 'key', 0);
    const large = await ActivitySet.read(log, 'key', before.reached);
    const after = await ActivitySet.read(log, 'key', large.reached);

    expect([before, large, after].map(idsIn)).toEqual([['a1'], ['a2'], ['a3']]);
    expect([before, large, after].map(({ isFull }) => isFull)).toEqual([true, true, false]);
  });

  it('is read in small steps: a long log of large activities never lies in memory whole', async () => {
    const large = aLog(...many(1_000, 60_000));
    await ActivitySet.read(large, 'key', 0);
    const small = aLog(...many(5, 1));
    await ActivitySet.read(small, 'key', 0);

    expect(large.asked.reduce((sum, limit) => sum + limit, 0)).toBeLessThanOrEqual(10);
    expect(small.asked).toHaveLength(1);
  });
});
