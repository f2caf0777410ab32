import { hkdfSync } from 'node:crypto';
import { EncryptJWT, errors, type JWTPayload, jwtDecrypt } from 'jose';
import type { Clock } from '../clock';

/**
 * Claims as a token for an address. Addresses lie in histories, so a token is encrypted as well as authenticated (JWE,
 * RFC 7516, dir with A256GCM): nobody reads anything out of it.
 */
export class SealedTokens {
  private readonly key: Uint8Array;

  /**
   * @param secret 32 secret bytes, the same after a restart and on every node; a key of its own is derived (RFC 5869)
   * @param use the name of what the tokens are for, with a version; no other use opens them
   * @param maxLength characters; a longer one is not looked at
   */
  constructor(
    secret: Buffer,
    use: string,
    private readonly clock: Clock,
    private readonly maxLength: number,
  ) {
    this.key = new Uint8Array(hkdfSync('sha256', secret, '', use, 32));
  }

  /** @param expiresAtMs epoch ms; a token knows whole seconds */
  seal(claims: JWTPayload, expiresAtMs: number): Promise<string> {
    return new EncryptJWT({ ...claims })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setExpirationTime(Math.floor(expiresAtMs / 1_000))
      .encrypt(this.key);
  }

  /** @returns undefined for what is no token of ours or too old */
  async open(token: string): Promise<JWTPayload | undefined> {
    if (token.length > this.maxLength) return undefined;
    try {
      const { payload } = await jwtDecrypt(token, this.key, {
        currentDate: new Date(this.clock.now()),
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }
}
