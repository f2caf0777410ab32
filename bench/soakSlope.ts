/** A straight line through measured points. */
export interface Slope {
  /** Of y for each unit of x. */
  readonly perUnit: number;
  /** Standard error of `perUnit`; twice as much to both sides holds the true slope 19 times in 20. */
  readonly error: number;
}

/**
 * Least squares. Source: Draper and Smith, Applied Regression Analysis, section 1.4.
 * @param points at least three, not all at the same x
 * @throws RangeError when there are too few
 */
export function slopeOf(points: readonly { readonly x: number; readonly y: number }[]): Slope {
  const count = points.length;
  if (count < 3) throw new RangeError('a slope with its error needs three points');
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / count;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / count;
  const spreadX = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  if (spreadX === 0) throw new RangeError('a slope needs points at different x');
  const together = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0);
  const perUnit = together / spreadX;
  const left = points.reduce((sum, { x, y }) => sum + (y - meanY - perUnit * (x - meanX)) ** 2, 0);
  return { perUnit, error: Math.sqrt(left / (count - 2) / spreadX) };
}
