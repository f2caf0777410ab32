import { scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Randomness } from '../randomness';

/** A password as it is kept: nothing in it leads back. The parameters are kept with it, so that they can grow. */
export const passwordHash = z.object({
  algorithm: z.literal('scrypt'),
  cost: z.number().int().min(2).max(1_048_576),
  blockSize: z.number().int().min(1).max(32),
  parallel: z.number().int().min(1).max(16),
  /** base64url */
  salt: z.string().min(16),
  /** base64url, 32 bytes */
  hash: z.string().length(43),
});
export type PasswordHash = z.output<typeof passwordHash>;

/** scrypt (RFC 7914) with N = 2^15, r = 8, p = 3: 32 MiB, one of OWASP's equal choices for password storage. */
export const passwordWork = { cost: 32_768, blockSize: 8, parallel: 3 } as const;
const hashBytes = 32;
const saltBytes = 16;
/** Each takes 32 MiB and a thread of the pool that the store's files need too. */
const atOnce = 2;
const mostWaiting = 40;

/** Letters that are not taken for one another when read out: no 0, 1, i, l, o, u. */
const letters = 'abcdefghjkmnpqrstvwxyz23456789';

/** Makes and checks passwords, a few at a time. */
export class Passwords {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  /** Somebody's whose name is not known: checking against it costs what a real check costs. */
  private readonly nobody: PasswordHash;

  /** @param work what a new password costs to make; those that are kept say it themselves */
  constructor(
    private readonly randomness: Randomness,
    private readonly work: Pick<PasswordHash, 'cost' | 'blockSize' | 'parallel'> = passwordWork,
  ) {
    this.nobody = {
      algorithm: 'scrypt',
      ...work,
      salt: randomness.bytes(saltBytes).toString('base64url'),
      hash: randomness.bytes(hashBytes).toString('base64url'),
    };
  }

  /** Five groups of four letters and digits, 98 bits: for one login. */
  oneTime(): string {
    const group = () =>
      Array.from({ length: 4 }, () => letters[this.randomness.int(letters.length)]).join('');
    return Array.from({ length: 5 }, group).join('-');
  }

  async hash(password: string): Promise<PasswordHash> {
    const salt = this.randomness.bytes(saltBytes).toString('base64url');
    const wanted = { algorithm: 'scrypt', ...this.work, salt } as const;
    const made = await this.derive(password, { ...wanted, hash: '' });
    return { ...wanted, hash: made.toString('base64url') };
  }

  /**
   * Compares in constant time, and does the same work when there is nothing to compare with.
   * @param kept undefined: nobody has that name, and the answer is 'wrong'
   * @returns 'busy' when too many wait already; nothing was compared
   */
  async check(password: string, kept: PasswordHash | undefined): Promise<'right' | 'wrong' | 'busy'> {
    if (this.waiting.length >= mostWaiting) return 'busy';
    const against = kept ?? this.nobody;
    const made = await this.derive(password, against);
    const same = timingSafeEqual(made, Buffer.from(against.hash, 'base64url'));
    return same && kept !== undefined ? 'right' : 'wrong';
  }

  private async derive(password: string, kept: PasswordHash): Promise<Buffer> {
    if (this.running >= atOnce) await new Promise<void>((resolve) => void this.waiting.push(resolve));
    else this.running += 1;
    try {
      return await derive(password.normalize('NFKC'), kept);
    } finally {
      // A place that is free goes to whoever waits longest, without being given up in between.
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}

function derive(password: string, { cost, blockSize, parallel, salt }: PasswordHash): Promise<Buffer> {
  const options = { N: cost, r: blockSize, p: parallel, maxmem: 256 * cost * blockSize };
  return new Promise((resolve, reject) => {
    scrypt(password, Buffer.from(salt, 'base64url'), hashBytes, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
