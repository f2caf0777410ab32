import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Randomness } from '../randomness';

const version = 1;
const nonceLength = 12;
const tagLength = 16;
const headLength = 1 + nonceLength + tagLength;

/**
 * AES-256-GCM (NIST SP 800-38D) with a fresh 96-bit nonce each time. Layout: version, nonce, tag, ciphertext.
 * @param key 32 bytes
 * @param boundTo authenticated with the text and not kept in it: opening needs the same
 */
export function sealText(
  plain: string,
  key: Buffer,
  randomness: Pick<Randomness, 'bytes'>,
  boundTo = '',
): Buffer {
  const nonce = randomness.bytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  cipher.setAAD(Buffer.from(boundTo));
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), body]);
}

/** @returns undefined for what is damaged, of another version, or sealed with another key or for something else */
export function openText(sealed: Buffer, key: Buffer, boundTo = ''): string | undefined {
  if (sealed.length < headLength || sealed[0] !== version) return undefined;
  const nonce = sealed.subarray(1, 1 + nonceLength);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  decipher.setAAD(Buffer.from(boundTo));
  decipher.setAuthTag(sealed.subarray(1 + nonceLength, headLength));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(headLength)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
