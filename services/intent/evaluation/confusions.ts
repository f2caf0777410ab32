import type { Topic } from '../intent';

/** A topic that was taken for another one. */
export interface Confusion {
  readonly expected: Topic;
  readonly found: Topic;
  readonly n: number;
  /** The message on which the recogniser was surest. */
  readonly example: string;
}

/** A message that was misunderstood. */
export interface Miss {
  readonly text: string;
  readonly expected: Topic;
  readonly found: Topic;
  readonly confidence: number;
}

/** The misses, the surest first: those do the most harm. */
export function worstFirst(misses: readonly Miss[]): Miss[] {
  return [...misses].sort((one, other) => other.confidence - one.confidence);
}

/** Which topics are taken for which, the most frequent pair first. */
export function confusionsOf(misses: readonly Miss[]): Confusion[] {
  const pairs = new Map<string, Confusion>();
  for (const { text, expected, found } of worstFirst(misses)) {
    const key = `${expected} ${found}`;
    const known = pairs.get(key);
    pairs.set(
      key,
      known === undefined ? { expected, found, n: 1, example: text } : { ...known, n: known.n + 1 },
    );
  }
  return [...pairs.values()].sort((one, other) => other.n - one.n);
}
