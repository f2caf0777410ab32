import { convertQwertyToHangul } from 'es-hangul';

/** Shorter words are too alike to be corrected. */
const shortestCorrected = 4;
const shortestSplit = 6;
const longestSplit = 40;
const longestWord = 14;
/** Longer runs are keyboard mashing: nothing to mend, and es-hangul would take long over them. */
const longestCorrected = 20;

const latinWord = /[a-z']+/g;
const onlySyllables = /^[가-힣]{2,}$/;

/**
 * Mends Latin words that nobody taught the recogniser: one slip of a finger (`unpiad`), words run together
 * (`howdoipay`), or Korean typed on the English layout (`alskq` = 미납).
 */
export class LatinSpelling {
  /** A known word by each of its spellings with one letter left out. */
  private readonly shortened = new Map<string, string>();
  private readonly mended = new Map<string, string>();

  private readonly total: number;

  /** @param counts words that are spelled right, and how often each was seen */
  constructor(private readonly counts: ReadonlyMap<string, number>) {
    this.total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const byCount = [...counts].sort(([, one], [, other]) => other - one);
    for (const [word] of byCount) {
      if (word.length < shortestCorrected) continue;
      for (const spelling of withoutOneLetter(word)) {
        if (!this.shortened.has(spelling)) this.shortened.set(spelling, word);
      }
    }
  }

  /** Takes and gives normalised text; Korean passes through. */
  mend(normalized: string): string {
    return normalized.replace(latinWord, (word) => this.mendWord(word));
  }

  private mendWord(word: string): string {
    if (word.length < shortestCorrected || word.length > longestSplit || this.counts.has(word)) return word;
    const remembered = this.mended.get(word);
    if (remembered !== undefined) return remembered;
    const mended = this.correct(word) ?? this.split(word) ?? hangulOf(word) ?? word;
    if (this.mended.size < 5_000) this.mended.set(word, mended);
    return mended;
  }

  /** The known word one letter away: added, left out, changed, or swapped with its neighbour. */
  private correct(word: string): string | undefined {
    if (word.length > longestCorrected) return undefined;
    const longer = this.shortened.get(word);
    if (longer !== undefined) return longer;
    for (const spelling of withoutOneLetter(word)) {
      if (spelling.length >= shortestCorrected && this.counts.has(spelling)) return spelling;
    }
    for (const spelling of withoutOneLetter(word)) {
      const near = this.shortened.get(spelling);
      if (near !== undefined && near.length === word.length) return near;
    }
    return undefined;
  }

  /** The likeliest run of known words that spells the whole word: few and frequent ones. */
  private split(word: string): string | undefined {
    if (word.length < shortestSplit) return undefined;
    const costs = new Float64Array(word.length + 1).fill(Number.POSITIVE_INFINITY);
    const from = new Uint8Array(word.length + 1);
    costs[0] = 0;
    for (let end = 1; end <= word.length; end += 1) {
      for (let start = Math.max(0, end - longestWord); start < end; start += 1) {
        const count = this.counts.get(word.slice(start, end));
        if (count === undefined) continue;
        const cost = (costs[start] ?? 0) + Math.log(this.total / count);
        if (cost < (costs[end] ?? 0)) {
          costs[end] = cost;
          from[end] = start;
        }
      }
    }
    if (!Number.isFinite(costs[word.length])) return undefined;
    const parts: string[] = [];
    for (let end = word.length; end > 0; end = from[end] ?? 0) parts.unshift(word.slice(from[end], end));
    return parts.join(' ');
  }
}

function* withoutOneLetter(word: string): Generator<string> {
  for (let at = 0; at < word.length; at += 1) yield word.slice(0, at) + word.slice(at + 1);
}

function hangulOf(word: string): string | undefined {
  if (word.length > longestCorrected) return undefined;
  try {
    const hangul = convertQwertyToHangul(word);
    return onlySyllables.test(hangul) ? hangul : undefined;
  } catch {
    // es-hangul throws on some runs of vowel keys: those spell no Korean.
    return undefined;
  }
}

/** The Latin words of a normalised text, for teaching. */
export function latinWordsOf(normalized: string): string[] {
  return normalized.match(latinWord) ?? [];
}
