/**
 * When the customers of an open load come, in ms from its start: a Poisson process, whose gaps are exponential, so
 * that they come in bunches as people do. The same seed gives the same times.
 * @param perSecond on average
 * @param seconds when it ends
 */
export function* poissonArrivals(perSecond: number, seconds: number, seed: number): Generator<number> {
  const random = repeatable(seed);
  const meanGapMs = 1_000 / perSecond;
  for (let atMs = 0; ; ) {
    atMs -= Math.log(1 - random()) * meanGapMs;
    if (atMs >= seconds * 1_000) return;
    yield atMs;
  }
}

/** Numbers from 0 up to 1 without 1. Source: mulberry32, T. Ettinger, public domain. */
function repeatable(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
