import { createHmac, timingSafeEqual } from 'node:crypto';
import { ConfigurationError } from '../errors';
import type { Binding } from './proof';

/** Everything a code is bound to. Another value anywhere makes another code. */
export interface CodeFacts {
  /** 128 random bits, base64url. */
  readonly nonce: string;
  readonly binding: Binding;
  /** The line's id; for a number without a usable line, the number's digest. */
  readonly target: string;
  readonly purpose: string;
  readonly digits: number;
}

/**
 * One-time codes that are stored nowhere: a code is an HMAC-SHA-256 over its challenge, cut to some digits.
 * It is as unpredictable as a drawn one, because the challenge holds 128 bits from the CSPRNG and the key
 * is secret; and a copy of the database without the key holds no code at all, not even a hash that a
 * million guesses would open (ASVS 6.5.2, 6.5.3). The bias of 2^64 mod 10^8 is below 10^-11.
 */
export class OneTimeCodes {
  /**
   * @param key 32 secret bytes
   * @throws ConfigurationError for any other length
   */
  constructor(private readonly key: Buffer) {
    if (key.length !== 32) throw new ConfigurationError('the identity key must be 32 bytes long');
  }

  codeOf({ nonce, binding, target, purpose, digits }: CodeFacts): string {
    const { channelId, conversationId, userId } = binding;
    const mac = this.mac('otp/v1', nonce, channelId, conversationId, userId, target, purpose, String(digits));
    return (mac.readBigUInt64BE(0) % 10n ** BigInt(digits)).toString().padStart(digits, '0');
  }

  /** Compares digests, so that the time taken tells nothing about the code. */
  matches(facts: CodeFacts, typed: string): boolean {
    const expected = this.mac('compare/v1', this.codeOf(facts));
    return timingSafeEqual(expected, this.mac('compare/v1', typed.slice(0, 32)));
  }

  /** Stands for a phone number in stored keys. Without the secret key a number cannot be found by trying all. */
  numberDigest(phoneNumber: string): string {
    return this.mac('number/v1', phoneNumber).toString('base64url');
  }

  /** Stands for a network address in stored keys, as `numberDigest` does for a number. */
  addressDigest(address: string): string {
    return this.mac('address/v1', address).toString('base64url');
  }

  /** Stands for "this customer asked for a code to this number", for counting and forgiving. */
  sendId({ channelId, conversationId, userId }: Binding, numberDigest: string): string {
    const mac = this.mac('send/v1', channelId, conversationId, userId, numberDigest);
    return mac.subarray(0, 18).toString('base64url');
  }

  /** JSON keeps the parts apart whatever they contain. */
  private mac(...parts: readonly string[]): Buffer {
    return createHmac('sha256', this.key).update(JSON.stringify(parts)).digest();
  }
}
