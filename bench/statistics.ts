/** Middle value of several runs, with the lowest and the highest: the distance between them is the machine's noise. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/**
 * The smallest value that at least `percent` % of the values do not exceed (nearest rank).
 * @param values in any order, at least one
 * @param percent above 0, up to 100
 * @throws RangeError when there is no value or no such percentile
 */
export function percentile(values: readonly number[], percent: number): number {
  if (!(percent > 0 && percent <= 100)) throw new RangeError('a percentile lies above 0 and up to 100');
  const sorted = [...values].sort((a, b) => a - b);
  // Rounded first: 0.07 * 100 is 7.000000000000001, and its ceiling would be one rank too high.
  const rank = Math.ceil(Number(((percent / 100) * sorted.length).toFixed(9)));
  return required(sorted[rank - 1]);
}

/**
 * The middle value; the mean of the two middle ones when their number is even.
 * @throws RangeError when there is no value
 */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = required(sorted[Math.floor(sorted.length / 2)]);
  const lower = required(sorted[Math.ceil(sorted.length / 2) - 1]);
  return (lower + upper) / 2;
}

/** @throws RangeError when there is no value */
export function spreadOf(values: readonly number[]): Spread {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

function required(value: number | undefined): number {
  if (value === undefined) throw new RangeError('there is no value to take it from');
  return value;
}
