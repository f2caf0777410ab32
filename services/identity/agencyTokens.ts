import { z } from 'zod';
import type { Clock } from '../clock';
import { SealedTokens } from '../sealing/sealedToken';

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

/** Tokens for the links of a verification: nobody reads an account of a messenger out of them. */
export class AgencyTokens {
  private readonly tokens: SealedTokens;

  /** @param secret 32 secret bytes, the same after a restart and on every node */
  constructor(secret: Buffer, clock: Clock) {
    this.tokens = new SealedTokens(secret, 'agency-link/v1', clock, maxTokenLength);
  }

  /** @param expiresAtMs epoch ms */
  issue(link: AgencyLink, expiresAtMs: number): Promise<string> {
    return this.tokens.seal(link, expiresAtMs);
  }

  /** @returns undefined for what is no token of ours, of another kind, or too old */
  async read(kind: AgencyLink['kind'], token: string): Promise<AgencyLink | undefined> {
    const link = claims.safeParse(await this.tokens.open(token)).data;
    return link?.kind === kind ? link : undefined;
  }
}
