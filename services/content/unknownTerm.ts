import { jamoOf, soundOf } from '../intent/hangulSound';
import type { Lexicon } from '../intent/lexicon';
import { normalizeText, withoutSpaces } from '../intent/normalizeText';

/** A word that the lexicon lacks. */
export interface UnknownTerm {
  readonly term: string;
  /** The concept whose word it resembles, and that word. */
  readonly concept: string;
  readonly like: string;
}

/** Shorter words resemble too many others. */
const shortestTerm = 3;
const longestTerm = 8;
/** Of the texts, so many must hold the word. */
const fewestShare = 0.6;
/** Jamo that may differ, of all. */
const mostDifference = 0.25;

/**
 * A Korean word that most of the texts share, that the lexicon does not know, and that is nearly one it knows: a
 * misspelling, or a short form. The nearest one; undefined when there is none.
 */
export function unknownTermIn(texts: readonly string[], lexicon: Lexicon): UnknownTerm | undefined {
  const known = Object.entries(lexicon.concepts).flatMap(([concept, { ko }]) =>
    ko
      .map((like) => ({ concept, like, sound: soundOf(withoutSpaces(normalizeText(like))) }))
      .filter(({ sound }) => sound.length >= shortestTerm),
  );
  const sounds = new Set(known.map(({ sound }) => sound));
  const spoken = texts.map((text) => soundOf(withoutSpaces(normalizeText(text))));
  let best: (UnknownTerm & { readonly difference: number }) | undefined;
  for (const term of sharedWords(texts)) {
    const sound = soundOf(term);
    if ([...sounds].some((one) => sound.includes(one))) continue;
    const jamo = jamoOf(sound);
    for (const { concept, like, sound: other } of known) {
      // Found in the texts as it is, the known word needs no other spelling.
      if (spoken.some((text) => text.includes(other))) continue;
      const target = jamoOf(other);
      const difference = editDistance(jamo, target) / Math.max(jamo.length, target.length);
      if (difference > mostDifference || (best !== undefined && difference >= best.difference)) continue;
      best = { term, concept, like, difference };
    }
  }
  return best === undefined ? undefined : { term: best.term, concept: best.concept, like: best.like };
}

/** Korean words, and their beginnings (particles follow), that enough of the texts hold. */
function sharedWords(texts: readonly string[]): string[] {
  const holders = new Map<string, number>();
  for (const text of texts) {
    const own = new Set<string>();
    for (const word of normalizeText(text).split(' ')) {
      if (!/^[가-힣]+$/.test(word)) continue;
      for (let length = shortestTerm; length <= Math.min(longestTerm, word.length); length += 1)
        own.add(word.slice(0, length));
    }
    for (const word of own) holders.set(word, (holders.get(word) ?? 0) + 1);
  }
  return [...holders]
    .filter(([, count]) => count >= Math.max(1, texts.length * fewestShare))
    .map(([word]) => word);
}

/** Levenshtein: letters added, left out or changed. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 0; at < one.length; at += 1) {
    const next = [at + 1];
    for (let to = 0; to < other.length; to += 1) {
      const changed = (row[to] ?? 0) + (one[at] === other[to] ? 0 : 1);
      next.push(Math.min(changed, (row[to + 1] ?? 0) + 1, (next[to] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
