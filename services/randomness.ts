import { randomBytes, randomFillSync, randomInt, randomUUID } from 'node:crypto';

/** Unpredictable values (CSPRNG, ASVS 6.5.3). Injected, so that tests repeat. */
export interface Randomness {
  /** A whole number, 0 ≤ n < `exclusiveMax`. */
  int(exclusiveMax: number): number;
  bytes(count: number): Buffer;
  /** A random UUID (RFC 9562, version 4). */
  uuid(): string;
}

/** A turn needs a few bytes several times, and each call of the generator costs as much as thousands of bytes. */
const pool = Buffer.alloc(4_096);
let used = pool.length;

/** Bytes that nobody else has had or will have: the pool forgets what it gives. */
function fromPool(count: number): Buffer {
  if (used + count > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const taken = Buffer.from(pool.subarray(used, used + count));
  pool.fill(0, used, used + count);
  used += count;
  return taken;
}

export const systemRandomness: Randomness = {
  int: (exclusiveMax) => randomInt(exclusiveMax),
  bytes: (count) => (count <= pool.length / 8 ? fromPool(count) : randomBytes(count)),
  uuid: () => randomUUID(),
};
