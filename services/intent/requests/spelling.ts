import { normalizeText, withoutSpaces } from '../normalizeText';

/** What words mean, by the words without spaces in lower case; one word may have one meaning. */
export type Vocabulary<Meaning> = ReadonlyMap<string, Meaning>;

/** A message as vocabularies spell it: normalised, without spaces and apostrophes. */
export function spelledText(text: string): string {
  return withoutSpaces(normalizeText(text)).replaceAll("'", '');
}

/** @param terms lists of words by meaning, words separated by blanks; `_` stands for nothing between two words */
export function vocabulary<Meaning>(terms: readonly (readonly [Meaning, string])[]): Vocabulary<Meaning> {
  return new Map(
    terms.flatMap(([meaning, words]) =>
      words
        .trim()
        .split(/\s+/)
        .map((word): [string, Meaning] => [word.replaceAll('_', ''), meaning]),
    ),
  );
}

/**
 * The meanings of the words that spell a whole text, in order, longest words first; undefined when something
 * is left over. Whatever is not spelled is content of its own, so that such a message is no mere ellipsis.
 * @param spelled `spelledText(…)`
 */
export function meaningsOf<Meaning>(spelled: string, words: Vocabulary<Meaning>): Meaning[] | undefined {
  const longest = Math.max(0, ...[...words.keys()].map((word) => word.length));
  const deadEnds = new Set<number>();
  const from = (at: number): Meaning[] | undefined => {
    if (at === spelled.length) return [];
    if (deadEnds.has(at)) return undefined;
    for (let length = Math.min(longest, spelled.length - at); length > 0; length -= 1) {
      const meaning = words.get(spelled.slice(at, at + length));
      const rest = meaning === undefined ? undefined : from(at + length);
      if (meaning !== undefined && rest !== undefined) return [meaning, ...rest];
    }
    deadEnds.add(at);
    return undefined;
  };
  return from(0);
}
