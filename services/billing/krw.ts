/**
 * Whole won. Branded, so that a bare number or another currency cannot slip in between gateway and card. The
 * functions below are the only way from one amount to another: what `+` or `-` makes is a bare number again.
 */
export type Krw = number & { readonly __unit: 'KRW' };

/** @throws RangeError for fractions, NaN and amounts beyond ±10^12 won */
export function krw(amount: number): Krw {
  if (!Number.isSafeInteger(amount) || Math.abs(amount) > 1e12) {
    throw new RangeError('an amount must be a whole number of won');
  }
  // -0 would be shown as '-0'.
  return (amount === 0 ? 0 : amount) as Krw;
}

export const noWon = krw(0);

/** @throws RangeError when the sum is beyond ±10^12 won */
export function sumKrw(amounts: readonly Krw[]): Krw {
  return krw(amounts.reduce<number>((sum, amount) => sum + amount, 0));
}

/** @throws RangeError when the difference is beyond ±10^12 won */
export function minusKrw(amount: Krw, less: Krw): Krw {
  return krw(amount - less);
}

export function minKrw(one: Krw, other: Krw): Krw {
  return one < other ? one : other;
}
