import { createCipheriv, createDecipheriv } from 'node:crypto';
import { StoreUnavailableError } from '../services/errors';
import type { Randomness } from '../services/randomness';

/** Hides what waits in the inbox: a customer's message may hold a code or a phone number. */
export interface Sealer {
  seal(plain: string): Buffer;
  /** @throws StoreUnavailableError when it was sealed with another key or has been changed */
  open(sealed: Buffer): string;
}

const version = 1;
const nonceLength = 12;
const tagLength = 16;
const headLength = 1 + nonceLength + tagLength;

/**
 * AES-256-GCM (NIST SP 800-38D) with a fresh 96-bit nonce each time. Layout: version, nonce, tag, ciphertext.
 * @param key 32 bytes
 */
export function createSealer(key: Buffer, randomness: Randomness): Sealer {
  return {
    seal: (plain) => {
      const nonce = randomness.bytes(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), body]);
    },
    open: (sealed) => {
      if (sealed.length < headLength || sealed[0] !== version) throw new StoreUnavailableError(unreadable);
      const nonce = sealed.subarray(1, 1 + nonceLength);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
      decipher.setAuthTag(sealed.subarray(1 + nonceLength, headLength));
      try {
        return Buffer.concat([decipher.update(sealed.subarray(headLength)), decipher.final()]).toString(
          'utf8',
        );
      } catch (cause) {
        throw new StoreUnavailableError(unreadable, { cause });
      }
    },
  };
}

const unreadable =
  'a sealed message cannot be opened: it is damaged, or VAR_DIR/secrets.json is not the one it was sealed with';
