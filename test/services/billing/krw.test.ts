import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { type Krw, krw, minKrw, minusKrw, sumKrw } from '../../../services/billing/krw';

const root = path.resolve(__dirname, '../../..');
const rooms = ['services', 'store', 'channels', 'cards', 'dialogs', 'bot', 'strings'];

/** True when a value of `From` may stand where a `To` is wanted. */
type Fits<From, To> = [From] extends [To] ? true : false;

describe('won', () => {
  it('takes no bare number and no other unit, and gives none that would pass for won', () => {
    const bareNumber: Fits<number, Krw> = false;
    const otherUnit: Fits<number & { readonly __unit: 'USD' }, Krw> = false;
    const sum: Fits<ReturnType<typeof sumKrw>, Krw> = true;
    expect([bareNumber, otherUnit, sum]).toEqual([false, false, true]);
  });

  it('is made in one place', () => {
    const casts = rooms
      .flatMap((room) =>
        readdirSync(path.join(root, room), { recursive: true, encoding: 'utf8' })
          .filter((name) => /\.tsx?$/.test(name))
          .map((name) => path.join(room, name)),
      )
      .filter((file) => /\bas (unknown as )?Krw\b/.test(readFileSync(path.join(root, file), 'utf8')));
    expect(casts).toEqual([path.join('services', 'billing', 'krw.ts')]);
  });

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 1e18, -1e13, 2 ** 53])('is never %p', (amount) => {
    expect(() => krw(amount)).toThrow(RangeError);
  });

  it('adds and subtracts exactly, or refuses', () => {
    const amount = fc.integer({ min: -1e12, max: 1e12 });
    fc.assert(
      fc.property(amount, amount, (one, other) => {
        const expected = BigInt(one) + BigInt(other);
        const add = () => BigInt(sumKrw([krw(one), krw(other)]));
        if (expected > 10n ** 12n || expected < -(10n ** 12n)) expect(add).toThrow(RangeError);
        else expect(add()).toBe(expected);
        expect(minKrw(krw(one), krw(other))).toBe(Math.min(one, other) + 0);
        if (expected === BigInt(one) + BigInt(other) && Math.abs(one - other) <= 1e12)
          expect(BigInt(minusKrw(krw(one), krw(other)))).toBe(BigInt(one) - BigInt(other));
      }),
    );
  });

  it('has no negative zero to show', () => {
    expect(Object.is(minusKrw(krw(-0), krw(0)), 0)).toBe(true);
  });
});
