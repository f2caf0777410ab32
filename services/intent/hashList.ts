/** A list of 32-bit hashes that is filled over and over: it never gives back its room. */
export class HashList {
  private hashes = new Int32Array(4_096);
  private count = 0;

  get length(): number {
    return this.count;
  }

  clear(): void {
    this.count = 0;
  }

  push(hash: number): void {
    if (this.count === this.hashes.length) {
      const more = new Int32Array(2 * this.count);
      more.set(this.hashes);
      this.hashes = more;
    }
    this.hashes[this.count] = hash;
    this.count += 1;
  }

  copy(): Int32Array {
    return this.hashes.slice(0, this.count);
  }
}
