import { randomBytes, randomInt, randomUUID } from 'node:crypto';

/** Unpredictable values (CSPRNG, ASVS 6.5.3). Injected, so that tests repeat. */
export interface Randomness {
  /** A whole number, 0 ≤ n < `exclusiveMax`. */
  int(exclusiveMax: number): number;
  bytes(count: number): Buffer;
  /** A random UUID (RFC 9562, version 4). */
  uuid(): string;
}

export const systemRandomness: Randomness = {
  int: (exclusiveMax) => randomInt(exclusiveMax),
  bytes: (count) => randomBytes(count),
  uuid: () => randomUUID(),
};
