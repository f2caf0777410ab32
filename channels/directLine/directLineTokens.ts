import { createSecretKey, type KeyObject } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Clock } from '../../services/clock';
import { ConfigurationError } from '../../services/errors';
import { BoundedMap } from './boundedMap';

/** Azure's 1,800 s. The client refreshes after a fixed 15 minutes and may retry for another 15. */
export const conversationTokenSeconds = 1_800;
/** A stream address is used at once; it travels in a query string, so it is short-lived. */
export const streamTokenSeconds = 60;

/** Longer than any token made here. */
const maxTokenLength = 8_192;

const claimsSchema = z.object({
  user: z.string().min(1),
  conv: z.string().min(1),
  kind: z.enum(['conversation', 'stream']),
  origins: z.array(z.string()).optional(),
  /** The carrier's id of a line that a site vouched for (`SiteTokens`). Identifies; opens nothing. */
  line: z.string().optional(),
  exp: z.number(),
});

export type TokenKind = z.infer<typeof claimsSchema>['kind'];
/** `user` is the name of the claim that Web Chat and directlinejs read the customer's id from. */
export type TokenClaims = Readonly<z.infer<typeof claimsSchema>>;
export type TokenSubject = Pick<TokenClaims, 'user' | 'conv' | 'origins' | 'line'>;

export type TokenCheck =
  | { readonly status: 'valid'; readonly claims: TokenClaims }
  | { readonly status: 'expired' }
  | { readonly status: 'invalid' };

/** Makes and checks Direct Line tokens: JWTs signed with HS256 and valid on every node that holds the key. */
export class DirectLineTokens {
  private readonly key: KeyObject;
  /** Tokens are checked on every poll; a signature that held once holds until `exp`. */
  private readonly verified = new BoundedMap<string, TokenClaims>(10_000);

  /** @throws ConfigurationError when the key is shorter than the hash (RFC 7518, section 3.2) */
  constructor(
    signingKey: Uint8Array,
    private readonly clock: Clock,
  ) {
    if (signingKey.byteLength < 32) {
      throw new ConfigurationError('the Direct Line signing key needs at least 32 bytes');
    }
    this.key = createSecretKey(signingKey);
  }

  /** A token for one user in one conversation, valid for `expiresInSeconds`. */
  async issue(kind: TokenKind, subject: TokenSubject): Promise<{ token: string; expiresInSeconds: number }> {
    const expiresInSeconds = kind === 'conversation' ? conversationTokenSeconds : streamTokenSeconds;
    const issuedAt = Math.floor(this.clock.now() / 1_000);
    const { user, conv, origins, line } = subject;
    // A stream's token travels in an address: it carries no more than it needs.
    const known = line === undefined || kind === 'stream' ? {} : { line };
    const token = await new SignJWT({
      user,
      conv,
      kind,
      ...(origins === undefined ? {} : { origins }),
      ...known,
    })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + expiresInSeconds)
      .sign(this.key);
    return { token, expiresInSeconds };
  }

  /** Whether this is a token of ours, of this kind, and not yet expired. */
  async check(kind: TokenKind, token: string): Promise<TokenCheck> {
    if (token.length > maxTokenLength) return { status: 'invalid' };
    const claims = this.verified.get(token) ?? (await this.verify(token));
    if (claims === 'expired') return { status: 'expired' };
    if (claims === undefined || claims.kind !== kind) return { status: 'invalid' };
    if (claims.exp * 1_000 <= this.clock.now()) {
      this.verified.delete(token);
      return { status: 'expired' };
    }
    return { status: 'valid', claims };
  }

  private async verify(token: string): Promise<TokenClaims | 'expired' | undefined> {
    try {
      const options = { algorithms: ['HS256'], currentDate: new Date(this.clock.now()) };
      const { payload } = await jwtVerify(token, this.key, options);
      const claims = claimsSchema.safeParse(payload);
      if (!claims.success) return undefined;
      // A stream's token is shown once: remembered, it would push out one that is shown on every poll.
      if (claims.data.kind === 'conversation') this.verified.set(token, claims.data);
      return claims.data;
    } catch (error) {
      return error instanceof errors.JWTExpired ? 'expired' : undefined;
    }
  }
}
