import { type Features, featureBlocks, wordingBlocks } from './features';
import { HashIndex } from './hashIndex';

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
  private readonly numbers: HashIndex;
  /** The message that each feature was seen in last, so that it counts once. */
  private readonly seenIn: Uint32Array;
  private message = 0;

  constructor(
    /** Known feature hashes; the place of a hash is its feature number. */
    readonly hashes: Int32Array,
    readonly weights: Float32Array,
    private readonly blockWeights: BlockWeights,
  ) {
    this.numbers = new HashIndex(hashes.length);
    for (const hash of hashes) this.numbers.add(hash);
    this.seenIn = new Uint32Array(hashes.length);
  }

  static fit(documents: readonly Features[], blockWeights: BlockWeights): Vectorizer {
    const all = new HashIndex(64 * documents.length);
    const hashes: number[] = [];
    const counts: number[] = [];
    const seenIn: number[] = [];
    documents.forEach((document, at) => {
      for (const hash of document.hashes) {
        const number = all.add(hash);
        if (number === hashes.length) {
          hashes.push(hash);
          counts.push(0);
          seenIn.push(-1);
        }
        if (seenIn[number] === at) continue;
        seenIn[number] = at;
        counts[number] = (counts[number] as number) + 1;
      }
    });
    const known = counts.flatMap((count, number) => (count < fewestDocuments ? [] : [number]));
    return new Vectorizer(
      Int32Array.from(known, (number) => hashes[number] as number),
      Float32Array.from(
        known,
        (number) => log((1 + documents.length) / (1 + (counts[number] as number))) + 1,
      ),
      blockWeights,
    );
  }

  get featureCount(): number {
    return this.hashes.length;
  }

  vectorize({ hashes, blockEnds }: Features): SparseVector {
    const { numbers, weights, seenIn } = this;
    this.message = (this.message + 1) >>> 0;
    const indices = new Uint32Array(hashes.length);
    const values = new Float32Array(hashes.length);
    let size = 0;
    let at = 0;
    let wordingLength = 0;
    for (let block = 0; block < blockEnds.length; block += 1) {
      const start = size;
      if (block === wordingBlocks) wordingLength = size;
      const end = blockEnds[block] as number;
      let squares = 0;
      for (; at < end; at += 1) {
        const number = numbers.find(hashes[at] as number);
        if (number < 0 || seenIn[number] === this.message) continue;
        seenIn[number] = this.message;
        const weight = weights[number] as number;
        indices[size] = number;
        values[size] = weight;
        squares += weight * weight;
        size += 1;
      }
      const name = featureBlocks[block];
      const scale = squares === 0 || name === undefined ? 0 : this.blockWeights[name] / sqrt(squares);
      for (let filled = start; filled < size; filled += 1)
        values[filled] = (values[filled] as number) * scale;
    }
    return { indices: indices.subarray(0, size), values: values.subarray(0, size), wordingLength };
  }
}
