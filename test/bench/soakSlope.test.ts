import { slopeOf } from '../../bench/soakSlope';

describe('the slope of a soak', () => {
  it('is that of the line, without error, when the points lie on one', () => {
    const { perUnit, error } = slopeOf([0, 1, 2, 5, 9].map((x) => ({ x, y: 40 - 3 * x })));

    expect(perUnit).toBeCloseTo(-3, 12);
    expect(error).toBeCloseTo(0, 12);
  });

  it('has the error that one reckons by hand', () => {
    // Mean 3 and 4; Sxx 10, Sxy 8; residuals -0.4, 0.8, -1, 1.2, -0.6 with squares 3.6.
    const points = [2, 4, 3, 6, 5].map((y, index) => ({ x: index + 1, y }));
    const { perUnit, error } = slopeOf(points);

    expect(perUnit).toBeCloseTo(0.8, 12);
    expect(error).toBeCloseTo(Math.sqrt(3.6 / 3 / 10), 12);
  });

  it('does not depend on where the time begins', () => {
    const points = [3, 1, 4, 1, 5, 9, 2, 6].map((y, x) => ({ x, y }));
    const later = points.map(({ x, y }) => ({ x: x + 1_000, y: y + 50 }));

    expect(slopeOf(later).perUnit).toBeCloseTo(slopeOf(points).perUnit, 9);
    expect(slopeOf(later).error).toBeCloseTo(slopeOf(points).error, 9);
  });

  it('refuses what has no slope', () => {
    const point = { x: 1, y: 1 };
    expect(() => slopeOf([point, point])).toThrow(RangeError);
    expect(() => slopeOf([point, point, point])).toThrow(RangeError);
  });
});
