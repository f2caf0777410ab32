import { hkdfSync } from 'node:crypto';
import { EncryptJWT, errors, jwtDecrypt } from 'jose';
import { z } from 'zod';
import type { Clock } from '../clock';

const claims = z.object({
  kind: z.enum(['start', 'return']),
  nonce: z.string(),
  lineId: z.string(),
  channelId: z.string(),
  conversationId: z.string(),
  userId: z.string(),
  language: z.enum(['ko', 'en']),
});
/** Which challenge of which conversation, user and line a link belongs to. */
export type AgencyLink = Readonly<z.output<typeof claims>>;

const maxTokenLength = 4_096;

/**
 * Tokens for the links of a verification. They travel in addresses and histories, so they are encrypted as well
 * as authenticated (JWE, dir + A256GCM): nobody reads an account of a messenger out of them.
 */
export class AgencyTokens {
  private readonly key: Uint8Array;

  /** @param secret 32 secret bytes, the same after a restart and on every node; a key of its own is derived */
  constructor(
    secret: Buffer,
    private readonly clock: Clock,
  ) {
    this.key = new Uint8Array(hkdfSync('sha256', secret, '', 'agency-link/v1', 32));
  }

  /** @param expiresAtMs epoch ms */
  issue(link: AgencyLink, expiresAtMs: number): Promise<string> {
    return new EncryptJWT({ ...link })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setExpirationTime(Math.floor(expiresAtMs / 1_000))
      .encrypt(this.key);
  }

  /** @returns undefined for what is no token of ours, of another kind, or too old */
  async read(kind: AgencyLink['kind'], token: string): Promise<AgencyLink | undefined> {
    if (token.length > maxTokenLength) return undefined;
    try {
      const { payload } = await jwtDecrypt(token, this.key, {
        currentDate: new Date(this.clock.now()),
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      });
      const link = claims.safeParse(payload);
      return link.success && link.data.kind === kind ? link.data : undefined;
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }
}
