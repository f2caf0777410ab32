import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Time-based one-time passwords (RFC 6238) as authenticator apps make them without being told otherwise: HMAC-SHA-1,
 * 30 s, six digits. A clock may be one step off either way.
 */
const stepMs = 30_000;
const digits = 6;
const drift = 1;
/** RFC 4226, section 4, R6: 160 bits are recommended. */
export const totpSecretBytes = 20;

const base32Letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The code of the step that `atMs` lies in (RFC 4226, section 5.3). */
export function totpAt(secret: Buffer, atMs: number): string {
  return hotp(secret, Math.floor(atMs / stepMs));
}

/**
 * Which step a code belongs to.
 * @param typed digits, spaces and hyphens allowed between them
 * @param lastStep the newest step that was used already: it and all before it count no more
 * @returns undefined when the code is wrong, too old or used
 */
export function totpStepOf(
  secret: Buffer,
  typed: string,
  nowMs: number,
  lastStep: number,
): number | undefined {
  const code = typed.normalize('NFKC').replace(/[\s-]/g, '');
  if (!/^\d{6}$/.test(code)) return undefined;
  const now = Math.floor(nowMs / stepMs);
  let found: number | undefined;
  // All are compared, whichever fits, so that time tells nothing.
  for (let step = now - drift; step <= now + drift; step += 1) {
    const same = timingSafeEqual(Buffer.from(hotp(secret, step)), Buffer.from(code));
    if (same && step > lastStep) found ??= step;
  }
  return found;
}

/** The address that an authenticator app reads from a QR code (Google's Key URI format). */
export function otpauthUri(secret: Buffer, issuer: string, account: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  const query = `secret=${base32(secret)}&issuer=${encodeURIComponent(issuer)}`;
  return `otpauth://totp/${label}?${query}&algorithm=SHA1&digits=${digits}&period=${stepMs / 1_000}`;
}

/** RFC 4648, section 6, without padding. */
export function base32(bytes: Buffer): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += base32Letters[(value >>> (bits - 5)) & 31];
    value &= (1 << bits) - 1;
  }
  if (bits > 0) text += base32Letters[(value << (5 - bits)) & 31];
  return text;
}

function hotp(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.max(0, step)));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  const number = (mac.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** digits;
  return String(number).padStart(digits, '0');
}
