/**
 * Average similarity from which on two groups are one. On a quarter of the training examples, half of them find
 * company, and 78% of a group's messages share a topic; lower joins more and mixes more.
 */
const fewestSimilarity = 0.18;

/**
 * Groups what is alike: average linkage, found along chains of nearest neighbours (Murtagh 1983), so that the
 * result does not depend on the order and takes n² steps.
 * @param similarities a row a thing, each with one number 0…1 a thing
 * @returns groups of indices, each ascending, in the order of their first index
 */
export function clustersOf(similarities: readonly Float64Array[], atLeast = fewestSimilarity): number[][] {
  const rows = similarities.map((row) => Float64Array.from(row.subarray(0, similarities.length)));
  const groups = new Map(rows.map((_, at) => [at, [at]]));
  const done: number[][] = [];
  const chain: number[] = [];
  for (;;) {
    const top = chain.at(-1) ?? groups.keys().next().value;
    if (top === undefined) break;
    if (chain.length === 0) chain.push(top);
    const near = nearestTo(top, rows, groups, chain.at(-2));
    if (near === undefined || (rows[top]?.[near] ?? 0) < atLeast) {
      // Nothing will ever be nearer: averages never exceed what they average.
      done.push(groups.get(top) ?? []);
      groups.delete(top);
      chain.pop();
    } else if (near === chain.at(-2)) {
      chain.splice(-2);
      merge(near, top, rows, groups);
    } else chain.push(near);
  }
  return done.map((group) => group.sort((a, b) => a - b)).sort(([a = 0], [b = 0]) => a - b);
}

/** The most similar group; on a tie the one before in the chain, else chains would run in circles. */
function nearestTo(
  top: number,
  rows: readonly Float64Array[],
  groups: ReadonlyMap<number, readonly number[]>,
  before: number | undefined,
): number | undefined {
  let nearest = before !== undefined && groups.has(before) ? before : undefined;
  for (const other of groups.keys()) {
    if (other === top) continue;
    if (nearest === undefined || (rows[top]?.[other] ?? 0) > (rows[top]?.[nearest] ?? 0)) nearest = other;
  }
  return nearest;
}

function merge(
  into: number,
  from: number,
  rows: readonly Float64Array[],
  groups: Map<number, number[]>,
): void {
  const one = groups.get(into) ?? [];
  const other = groups.get(from) ?? [];
  const target = rows[into];
  const source = rows[from];
  if (target === undefined || source === undefined) return;
  for (const third of groups.keys()) {
    const mean =
      ((target[third] ?? 0) * one.length + (source[third] ?? 0) * other.length) / (one.length + other.length);
    target[third] = mean;
    const row = rows[third];
    if (row !== undefined) row[into] = mean;
  }
  groups.set(into, [...one, ...other]);
  groups.delete(from);
}
