import { type Features, featureBlocks, wordingBlocks } from './features';

/** Taken from the global object once: looked up in a loop they can cost more than the arithmetic. */
const { log, sqrt } = Math;

/** A sparse vector of length one in each kind of evidence. */
export interface SparseVector {
  /** Feature numbers; features never seen in training are left out. */
  readonly indices: Uint32Array;
  readonly values: Float32Array;
  /** How many of the first features come from the wording itself, not from the lexicon. */
  readonly wordingLength: number;
}

/** How much each block of `featureBlocks` counts. */
export type BlockWeights = Readonly<Record<(typeof featureBlocks)[number], number>>;

/** A feature of a single example teaches nothing: without those the model is less than half as large. */
const fewestDocuments = 3;

/** Turns features into vectors: rare features count more (TF-IDF), each block has its own length. */
export class Vectorizer {
  private readonly numbers = new Map<number, number>();

  constructor(
    /** Known feature hashes; the place of a hash is its feature number. */
    readonly hashes: Int32Array,
    readonly weights: Float32Array,
    private readonly blockWeights: BlockWeights,
  ) {
    hashes.forEach((hash, number) => {
      this.numbers.set(hash, number);
    });
  }

  static fit(documents: readonly Features[], blockWeights: BlockWeights): Vectorizer {
    const counts = new Map<number, number>();
    for (const { hashes } of documents) {
      for (const hash of hashes) counts.set(hash, (counts.get(hash) ?? 0) + 1);
    }
    for (const [hash, count] of counts) if (count < fewestDocuments) counts.delete(hash);
    const hashes = Int32Array.from(counts.keys());
    const weights = Float32Array.from(
      counts.values(),
      (count) => log((1 + documents.length) / (1 + count)) + 1,
    );
    return new Vectorizer(hashes, weights, blockWeights);
  }

  get featureCount(): number {
    return this.hashes.length;
  }

  vectorize({ hashes, blockEnds }: Features): SparseVector {
    const indices = new Uint32Array(hashes.length);
    const values = new Float32Array(hashes.length);
    let size = 0;
    let at = 0;
    let wordingLength = 0;
    featureBlocks.forEach((name, block) => {
      const start = size;
      if (block === wordingBlocks) wordingLength = size;
      const end = blockEnds[block] ?? at;
      let squares = 0;
      for (; at < end; at += 1) {
        const number = this.numbers.get(hashes[at] ?? 0);
        if (number === undefined) continue;
        const weight = this.weights[number] ?? 0;
        indices[size] = number;
        values[size] = weight;
        squares += weight * weight;
        size += 1;
      }
      const scale = squares === 0 ? 0 : this.blockWeights[name] / sqrt(squares);
      for (let filled = start; filled < size; filled += 1) values[filled] = (values[filled] ?? 0) * scale;
    });
    return { indices: indices.subarray(0, size), values: values.subarray(0, size), wordingLength };
  }
}
