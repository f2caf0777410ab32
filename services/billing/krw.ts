/** Whole won. Branded, so that a bare number or another currency cannot slip in between gateway and card. */
export type Krw = number & { readonly __unit: 'KRW' };

/** @throws RangeError for fractions, NaN and amounts beyond ±10^12 won */
export function krw(amount: number): Krw {
  if (!Number.isSafeInteger(amount) || Math.abs(amount) > 1e12) {
    throw new RangeError('an amount must be a whole number of won');
  }
  return amount as Krw;
}

export function sumKrw(amounts: readonly Krw[]): Krw {
  return krw(amounts.reduce<number>((sum, amount) => sum + amount, 0));
}
