import { median, percentile, spreadOf } from '../../bench/statistics';

describe('statistics of a benchmark', () => {
  const oneToHundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  it.each([
    [50, 50],
    [95, 95],
    [99, 99],
    [100, 100],
    [0.5, 1],
    [7, 7],
  ])('takes the %d th percentile of 1 to 100 by nearest rank', (percent, expected) => {
    expect(percentile(oneToHundred, percent)).toBe(expected);
  });

  it('takes the only value there is for every percentile', () => {
    expect([1, 50, 99].map((percent) => percentile([4.2], percent))).toEqual([4.2, 4.2, 4.2]);
  });

  it('sorts numbers as numbers and leaves the given list as it is', () => {
    const values = [10, 9, 100];
    expect(percentile(values, 100)).toBe(100);
    expect(values).toEqual([10, 9, 100]);
  });

  it('takes the mean of the two middle values as the median of an even number', () => {
    expect(median([9, 1, 4])).toBe(4);
    expect(median([9, 1, 4, 6])).toBe(5);
  });

  it('shows the noise as lowest and highest', () => {
    expect(spreadOf([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
  });

  it('refuses what has no answer', () => {
    expect(() => percentile([], 50)).toThrow(RangeError);
    expect(() => median([])).toThrow(RangeError);
    expect(() => percentile([1], 0)).toThrow(RangeError);
    expect(() => percentile([1], 101)).toThrow(RangeError);
  });
});
