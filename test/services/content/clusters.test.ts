import fc from 'fast-check';
import { clustersOf } from '../../../services/content/clusters';
import { TextVectors } from '../../../services/content/textVectors';
import { sized } from '../../size';

const similarity = fc.double({ min: 0, max: 1, noNaN: true });
/** Symmetric, with 1 between a thing and itself. */
const matrix = fc
  .integer({ min: 0, max: 12 })
  .chain((n) =>
    fc
      .array(similarity, { minLength: n * n, maxLength: n * n })
      .map((values) =>
        Array.from({ length: n }, (_, row) =>
          Float64Array.from({ length: n }, (_, column) =>
            row === column ? 1 : (values[Math.min(row, column) * n + Math.max(row, column)] ?? 0),
          ),
        ),
      ),
  );

describe('clusters', () => {
  it('put every thing into one group, and keep what they were given', () => {
    fc.assert(
      fc.property(matrix, similarity, (rows, atLeast) => {
        const before = rows.map((row) => [...row]);
        const groups = clustersOf(rows, atLeast);
        expect(groups.flat().sort((a, b) => a - b)).toEqual(rows.map((_, at) => at));
        expect(rows.map((row) => [...row])).toEqual(before);
      }),
      { numRuns: sized(300, 5_000), seed: 20_261_122 },
    );
  });

  it('leave no two groups that are alike enough on average', () => {
    fc.assert(
      fc.property(matrix, similarity, (rows, atLeast) => {
        const groups = clustersOf(rows, atLeast);
        groups.forEach((one, at) => {
          for (const other of groups.slice(at + 1)) {
            const pairs = one.flatMap((a) => other.map((b) => rows[a]?.[b] ?? 0));
            const mean = pairs.reduce((sum, value) => sum + value, 0) / pairs.length;
            expect(mean).toBeLessThan(atLeast + 1e-9);
          }
        });
      }),
      { numRuns: sized(300, 5_000), seed: 20_261_122 },
    );
  });

  it('do not depend on the order of what they are given', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(similarity, { minLength: 15, maxLength: 15 }),
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }),
        (values, order) => {
          const at = (a: number, b: number) =>
            a === b ? 1 : (values[(Math.max(a, b) * (Math.max(a, b) - 1)) / 2 + Math.min(a, b)] ?? 0);
          const rows = (ids: readonly number[]) =>
            ids.map((a) => Float64Array.from(ids.map((b) => at(a, b))));
          const named = (groups: readonly number[][], ids: readonly number[]) =>
            groups
              .map((group) =>
                group
                  .map((one) => ids[one] ?? -1)
                  .sort()
                  .join(),
              )
              .sort();
          const plain = [0, 1, 2, 3, 4, 5];
          expect(named(clustersOf(rows(order), 0.5), order)).toEqual(
            named(clustersOf(rows(plain), 0.5), plain),
          );
        },
      ),
      { numRuns: sized(300, 5_000), seed: 20_261_122 },
    );
  });
});

describe('text vectors', () => {
  const texts = ['로밍 요금 얼마예요', '로밍요금 얼마에요?', '오늘 날씨 어때', ''];
  const vectors = new TextVectors(texts);

  it('take spelling and spaces for the same message', () => {
    const [itself = 0, alike = 0, different = 0, nothing = 0] = vectors.similaritiesTo(0);

    expect(itself).toBeCloseTo(1);
    expect(alike).toBeGreaterThan(0.5);
    expect(different).toBeLessThan(0.2);
    expect(nothing).toBeLessThan(0.2);
    expect(vectors.similaritiesTo(1)[0]).toBeCloseTo(alike);
  });
});
