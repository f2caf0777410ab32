import { jamoOf, soundOf } from '../intent/hangulSound';
import { normalizeText, withoutSpaces } from '../intent/normalizeText';

interface Posting {
  readonly text: number;
  readonly weight: number;
}

/**
 * How alike texts are, by their characters and by their sound: TF-IDF over character 1–3-grams and jamo 3–4-grams.
 * Spelling, spacing and slips of the finger count for little. For tools: similarity in a message's turn is the
 * recogniser's business.
 */
export class TextVectors {
  private readonly vectors: readonly ReadonlyMap<string, number>[];
  private readonly postings = new Map<string, Posting[]>();

  constructor(texts: readonly string[]) {
    const grams = texts.map(gramsOf);
    const counts = new Map<string, number>();
    for (const own of grams) for (const gram of own) counts.set(gram, (counts.get(gram) ?? 0) + 1);
    this.vectors = grams.map((own) => {
      const weights = new Map<string, number>();
      for (const gram of own) weights.set(gram, Math.log((1 + texts.length) / (counts.get(gram) ?? 1)));
      const length = Math.hypot(...weights.values());
      for (const [gram, weight] of weights) weights.set(gram, length === 0 ? 0 : weight / length);
      return weights;
    });
    this.vectors.forEach((vector, text) => {
      for (const [gram, weight] of vector) {
        const known = this.postings.get(gram);
        if (known === undefined) this.postings.set(gram, [{ text, weight }]);
        else known.push({ text, weight });
      }
    });
  }

  /** Cosine, 0…1, of one text to every text, itself included. */
  similaritiesTo(text: number): Float64Array {
    const similarities = new Float64Array(this.vectors.length);
    for (const [gram, weight] of this.vectors[text] ?? []) {
      for (const posting of this.postings.get(gram) ?? [])
        similarities[posting.text] = (similarities[posting.text] ?? 0) + weight * posting.weight;
    }
    return similarities;
  }
}

function gramsOf(text: string): Set<string> {
  const characters = withoutSpaces(normalizeText(text));
  const grams = new Set<string>();
  addGrams(grams, 'c', `^${characters}$`, 1, 3);
  addGrams(grams, 'j', jamoOf(soundOf(characters)), 3, 4);
  return grams;
}

function addGrams(grams: Set<string>, kind: string, text: string, shortest: number, longest: number): void {
  for (let at = 0; at < text.length; at += 1) {
    for (let length = shortest; length <= longest && at + length <= text.length; length += 1)
      grams.add(kind + text.slice(at, at + length));
  }
}
