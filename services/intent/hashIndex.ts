/** Taken from the global object once: looked up in a loop they can cost more than the arithmetic. */
const { imul } = Math;

const spread = 0x9e3779b1;

/** Gives consecutive numbers to 32-bit hashes. Open addressing in typed arrays: many times quicker than a Map. */
export class HashIndex {
  private keys: Int32Array;
  /** The number of the hash in this slot, plus one; 0 where the slot is free. */
  private places: Int32Array;
  private shift: number;
  private count = 0;

  /** @param expected how many hashes will come; more make it grow */
  constructor(expected = 1_000) {
    const bits = Math.max(4, 33 - Math.clz32(expected));
    this.keys = new Int32Array(2 ** bits);
    this.places = new Int32Array(2 ** bits);
    this.shift = 32 - bits;
  }

  get size(): number {
    return this.count;
  }

  /** The hash's number, or -1. */
  find(hash: number): number {
    return (this.places[this.slotOf(hash)] as number) - 1;
  }

  /** The hash's number; a new one gets the next. */
  add(hash: number): number {
    const slot = this.slotOf(hash);
    const known = this.places[slot] as number;
    if (known > 0) return known - 1;
    this.keys[slot] = hash;
    this.count += 1;
    this.places[slot] = this.count;
    const number = this.count - 1;
    if (2 * this.count > this.places.length) this.grow();
    return number;
  }

  /** The slot that holds the hash, or the free one where it belongs. */
  private slotOf(hash: number): number {
    const { keys, places } = this;
    const mask = places.length - 1;
    let slot = imul(hash, spread) >>> this.shift;
    while ((places[slot] as number) !== 0 && (keys[slot] as number) !== hash) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const { keys, places } = this;
    this.keys = new Int32Array(2 * keys.length);
    this.places = new Int32Array(2 * keys.length);
    this.shift -= 1;
    for (let at = 0; at < keys.length; at += 1) {
      const place = places[at] as number;
      if (place === 0) continue;
      const slot = this.slotOf(keys[at] as number);
      this.keys[slot] = keys[at] as number;
      this.places[slot] = place;
    }
  }
}
