import type { ConceptFinder } from './conceptFinder';
import { jamoOf, soundOf } from './hangulSound';
import { HashList } from './hashList';
import { withoutSpaces } from './normalizeText';
import { wordStems } from './wordStems';

/** Taken from the global object once: looked up in a loop they can cost more than the arithmetic. */
const { imul, min } = Math;

/** Which kind of evidence a feature is; each kind is scaled on its own. */
export const featureBlocks = ['characters', 'sounds', 'words', 'stems', 'conceptPairs', 'concepts'] as const;
/** The blocks before this one are the wording itself; the rest is what the lexicon makes of it. */
export const wordingBlocks = 4;

export interface Features {
  /** 32-bit feature hashes, block by block; one may come several times. */
  readonly hashes: Int32Array;
  /** Where each block of `featureBlocks` ends in `hashes`. */
  readonly blockEnds: readonly number[];
}

/**
 * What a normalised text offers as evidence: character 1–3-grams, 3–5-grams of its jamo spelled by sound,
 * English words and word pairs, stems and stem pairs, and the lexicon's concepts and concept pairs.
 */
export function featuresOf(normalized: string, finder: ConceptFinder): Features {
  const { concepts, wanted } = finder.find(normalized);
  const blockEnds: number[] = [];
  const characters = withoutSpaces(wanted);
  hashes.clear();
  addGrams(`^${characters}$`, 1, 3, 1);
  blockEnds.push(hashes.length);
  addGrams(`^${jamoOf(soundOf(characters))}$`, 3, 5, 2);
  blockEnds.push(hashes.length);
  addWords(wanted);
  blockEnds.push(hashes.length);
  addStems(wanted);
  blockEnds.push(hashes.length);
  concepts.forEach((concept, at) => {
    for (let next = at + 1; next < concepts.length; next += 1)
      hashes.push(hashPair(6, concept, concepts[next] as number));
  });
  blockEnds.push(hashes.length);
  for (const concept of concepts) hashes.push(hashPair(5, concept, 0));
  blockEnds.push(hashes.length);
  return { hashes: hashes.copy(), blockEnds };
}

/** Filled anew for every message. */
const hashes = new HashList();
const prime = 0x01000193;
const offset = 0x811c9dc5;

function addGrams(text: string, shortest: number, longest: number, seed: number): void {
  for (let at = 0; at < text.length; at += 1) {
    let hash = offset ^ seed;
    const last = min(text.length, at + longest);
    for (let end = at; end < last; end += 1) {
      hash = imul(hash ^ text.charCodeAt(end), prime);
      if (end - at + 1 >= shortest) hashes.push(finish(hash, end - at));
    }
  }
}

const englishWord = /[a-z0-9'+%]+/g;

function addWords(text: string): void {
  let previous = 0;
  for (const [word] of text.matchAll(englishWord)) {
    let hash = offset ^ 3;
    for (let at = 0; at < word.length; at += 1) hash = imul(hash ^ word.charCodeAt(at), prime);
    hashes.push(finish(hash, 0));
    hashes.push(hashPair(4, previous, hash));
    previous = hash;
  }
}

function addStems(text: string): void {
  let previous = 0;
  for (const stem of wordStems(text)) {
    let hash = offset ^ 7;
    for (let at = 0; at < stem.length; at += 1) hash = imul(hash ^ stem.charCodeAt(at), prime);
    hashes.push(finish(hash, 9));
    hashes.push(hashPair(8, previous, hash));
    previous = hash;
  }
}

function hashPair(seed: number, one: number, other: number): number {
  return finish(imul(imul(offset ^ seed, prime) ^ one, prime) ^ other, seed);
}

/** Mixes the bits, so that grams of different lengths do not meet. */
function finish(hash: number, salt: number): number {
  let mixed = (hash ^ imul(salt + 1, 0x9e3779b1)) | 0;
  mixed = imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}
