import { plainSound, soundOf } from './hangulSound';
import type { Lexicon } from './lexicon';
import { normalizeText, withoutSpaces } from './normalizeText';
import { type TermMatch, TermTrie } from './termTrie';

/** How far before a short marker ("A 없이") or after an English one ("without A") its object can start. */
const shortReach = 8;
const englishReach = 22;
/** How far before a long marker ("A 말고") its clause can start. */
const clauseReach = 24;

interface Mention {
  readonly concept: number;
  readonly start: number;
  readonly end: number;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

export interface FoundConcepts {
  /** Distinct concept numbers, ascending; a concept that is not wanted ("앱 말고") counts from `conceptCount`. */
  readonly concepts: readonly number[];
  /** The normalised text without the part that is not wanted. */
  readonly wanted: string;
}

/** Finds the lexicon's concepts in a normalised text, and what "A 말고 B" rules out. */
export class ConceptFinder {
  readonly conceptCount: number;
  private readonly names: readonly string[];
  private readonly contrastive: readonly boolean[];
  private readonly korean = new TermTrie();
  private readonly english = new TermTrie();
  private readonly clauseMarkers = new TermTrie();
  private readonly shortMarkers = new TermTrie();
  private readonly englishMarkers = new TermTrie();

  constructor(lexicon: Lexicon) {
    const entries = Object.entries(lexicon.concepts);
    this.conceptCount = entries.length;
    this.names = entries.map(([name]) => name);
    this.contrastive = entries.map(([, concept]) => concept.contrast);
    entries.forEach(([, concept], number) => {
      for (const term of concept.ko) addKorean(this.korean, term, number);
      for (const term of concept.en) addEnglish(this.english, term, number);
    });
    for (const marker of lexicon.contrast.koAfter) addKorean(this.clauseMarkers, marker, 0);
    for (const marker of lexicon.contrast.koAfterShort) addKorean(this.shortMarkers, marker, 0);
    for (const marker of lexicon.contrast.enBefore) addEnglish(this.englishMarkers, marker, 0);
  }

  /** The concept's name in the lexicon; `NOT_…` when it is ruled out. */
  nameOf(concept: number): string {
    const name = this.names[concept % this.conceptCount] ?? '';
    return concept < this.conceptCount ? name : `NOT_${name}`;
  }

  find(normalized: string): FoundConcepts {
    const stream = soundStream(normalized);
    const padded = codesOf(` ${normalized} `);
    const mentions = [...scanKorean(this.korean, stream, normalized), ...scanEnglish(this.english, padded)];
    const unwanted = this.unwanted(mentions, stream, normalized, padded);
    const concepts = new Set<number>();
    for (const { concept, start } of mentions) {
      const ruledOut = unwanted.some((span) => start >= span.start && start < span.end);
      concepts.add(ruledOut ? concept + this.conceptCount : concept);
    }
    return { concepts: [...concepts].sort((a, b) => a - b), wanted: cut(normalized, unwanted) };
  }

  /**
   * The spans that a contrast rules out: from the contrasted words through their marker. "말고" and "not the"
   * rule out anything, "없이" and "못 쓰니" only what the lexicon marks as a channel or a person: "인증 없이"
   * and "이유 없이" choose nothing.
   */
  private unwanted(
    mentions: readonly Mention[],
    stream: SoundStream,
    normalized: string,
    padded: Uint16Array,
  ): Span[] {
    const spans: Span[] = [];
    let clauseStart = 0;
    for (const marker of scanKorean(this.clauseMarkers, stream, normalized)) {
      const from = Math.max(clauseStart, marker.start - clauseReach);
      if (mentions.some(({ start }) => start >= from && start < marker.start)) {
        spans.push({ start: from, end: marker.end });
      }
      clauseStart = marker.end;
    }
    for (const marker of scanKorean(this.shortMarkers, stream, normalized)) {
      const object = mentions.findLast(
        ({ concept, start }) =>
          this.contrastive[concept] === true && start < marker.start && start >= marker.start - shortReach,
      );
      if (object !== undefined) spans.push({ start: object.start, end: marker.end });
    }
    for (const marker of scanEnglish(this.englishMarkers, padded)) {
      const object = mentions.find(({ start }) => start >= marker.end && start <= marker.end + englishReach);
      if (object !== undefined) spans.push({ start: marker.start, end: object.end });
    }
    return spans;
  }
}

/** A normalised text without its spaces, spelled by sound. */
interface SoundStream {
  readonly sound: Uint16Array;
  /** Where each code unit of `sound` stands in the normalised text. */
  readonly positions: Uint16Array;
}

const space = 32;

function soundStream(normalized: string): SoundStream {
  const sound = new Uint16Array(normalized.length);
  const positions = new Uint16Array(normalized.length);
  let size = 0;
  for (let at = 0; at < normalized.length; at += 1) {
    const code = normalized.charCodeAt(at);
    if (code === space) continue;
    sound[size] = plainSound(code);
    positions[size] = at;
    size += 1;
  }
  return { sound: sound.subarray(0, size), positions: positions.subarray(0, size) };
}

function codesOf(text: string): Uint16Array {
  const codes = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at += 1) codes[at] = text.charCodeAt(at);
  return codes;
}

function addKorean(trie: TermTrie, term: string, value: number): void {
  const key = soundOf(withoutSpaces(normalizeText(term)));
  if (key !== '') trie.add(key, value);
}

function addEnglish(trie: TermTrie, term: string, value: number): void {
  const key = normalizeText(term);
  if (key !== '') trie.add(term.endsWith('*') ? ` ${key}` : ` ${key} `, value);
}

/** a–z or 0–9. */
function isLatin(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}

/** Leftmost longest matches. A term with a Latin edge must not stand inside a longer Latin word. */
function scanKorean(trie: TermTrie, { sound, positions }: SoundStream, normalized: string): Mention[] {
  const latinAt = (index: number) => isLatin(normalized.charCodeAt(index));
  const after = (end: number) => (positions[end - 1] as number) + 1;
  const ends = (end: number) => !(latinAt(after(end) - 1) && latinAt(after(end)));
  const found: Mention[] = [];
  for (let at = 0; at < sound.length; ) {
    const start = positions[at] as number;
    const inWord = start > 0 && isLatin(sound[at] as number) && latinAt(start - 1);
    const match = inWord ? undefined : trie.longestAt(sound, at, ends);
    at = collect(found, match, at, start, match === undefined ? 0 : after(match.end));
  }
  return found;
}

const anyEnd = () => true;

/** Leftmost longest matches of whole words. `padded` starts and ends with a space. */
function scanEnglish(trie: TermTrie, padded: Uint16Array): Mention[] {
  const found: Mention[] = [];
  for (let at = 0; at < padded.length; ) {
    if (padded[at] !== space) {
      at += 1;
      continue;
    }
    const match = trie.longestAt(padded, at, anyEnd);
    const whole = match !== undefined && padded[match.end - 1] === space;
    const end = match === undefined ? 0 : match.end - (whole ? 2 : 1);
    const next = collect(found, match, at, at, end);
    at = whole ? next - 1 : next;
  }
  return found;
}

function collect(
  found: Mention[],
  match: TermMatch | undefined,
  at: number,
  start: number,
  end: number,
): number {
  if (match === undefined) return at + 1;
  for (const concept of match.values) found.push({ concept, start, end });
  return match.end;
}

function cut(text: string, spans: readonly Span[]): string {
  if (spans.length === 0) return text;
  let kept = '';
  for (let at = 0; at < text.length; at += 1) {
    if (!spans.some(({ start, end }) => at >= start && at < end)) kept += text.charAt(at);
  }
  return kept.trim();
}
