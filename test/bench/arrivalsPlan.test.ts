import { poissonArrivals } from '../../bench/arrivalsPlan';
import { sized } from '../size';

const seconds = sized(2_000, 20_000);
const perSecond = 50;

describe('the arrivals of an open load', () => {
  const times = [...poissonArrivals(perSecond, seconds, 7)];
  const gaps = times.map((time, index) => time - (times[index - 1] ?? 0));

  it('come in order, within the time, and as many as asked for', () => {
    expect(gaps.every((gap) => gap >= 0)).toBe(true);
    expect(times.at(-1)).toBeLessThan(seconds * 1_000);
    // Five standard deviations of a Poisson number.
    const expected = perSecond * seconds;
    expect(Math.abs(times.length - expected)).toBeLessThan(5 * Math.sqrt(expected));
  });

  it('have exponential gaps: many short ones, few long ones', () => {
    const meanMs = 1_000 / perSecond;
    for (const means of [0.1, 1, 3]) {
      const share = gaps.filter((gap) => gap > means * meanMs).length / gaps.length;
      expect(share).toBeCloseTo(Math.exp(-means), 2);
    }
  });

  it('are the same with the same seed, and others with another', () => {
    expect([...poissonArrivals(300, 1, 1)]).toEqual([...poissonArrivals(300, 1, 1)]);
    expect([...poissonArrivals(300, 1, 1)]).not.toEqual([...poissonArrivals(300, 1, 2)]);
  });
});
