import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { conversationKey } from '../../services/turn/turnIntake';
import { type Answer, noConversation, refusal } from './answer';
import { BoundedMap } from './boundedMap';
import { type DirectLineStore, directLineChannelId } from './directLineDeps';
import type { DirectLineTokens, TokenClaims, TokenKind } from './directLineTokens';
import type { OriginPolicy } from './originPolicy';

/** What is known of them is their id, about 100 bytes each. */
const rememberedConversations = 10_000;

export type Entry =
  | { readonly status: 'granted'; readonly claims: TokenClaims }
  | { readonly status: 'refused'; readonly answer: Answer };

/** Who may come in: the secret, or a token from a page of the right origin, into its own conversation only. */
export class DirectLineGate {
  private readonly secretDigest: Buffer;
  private readonly started = new BoundedMap<string, true>(rememberedConversations);

  constructor(
    secret: string,
    private readonly tokens: DirectLineTokens,
    private readonly origins: OriginPolicy,
    private readonly store: DirectLineStore,
  ) {
    this.secretDigest = digest(secret);
  }

  /** Whether the request carries the secret and does not come from a page of a foreign origin. */
  hasSecret(req: IncomingMessage): boolean {
    const bearer = bearerOf(req);
    if (bearer === undefined || !timingSafeEqual(digest(bearer), this.secretDigest)) return false;
    return this.origins.allowsWithToken(req.headers.origin, undefined);
  }

  /**
   * Admits a request with a conversation token in its Authorization header.
   * @param unverifiable status for a token that is none of ours. 401 in general; 403 on what a running client
   *   repeats (poll, reconnect), because it gives up silently on 401 and tells the page on 403
   */
  async admit(req: IncomingMessage, unverifiable: 401 | 403 = 401): Promise<Entry> {
    const bearer = bearerOf(req);
    if (bearer === undefined)
      return refused(401, 'MissingToken', 'an Authorization header with a Bearer token is needed');
    return this.admitToken('conversation', bearer, req.headers.origin, unverifiable);
  }

  /** Admits a token of one kind from a page of `origin` (undefined: not a page). */
  async admitToken(
    kind: TokenKind,
    token: string,
    origin: string | undefined,
    unverifiable: 401 | 403 = 401,
  ): Promise<Entry> {
    const check = await this.tokens.check(kind, token);
    if (check.status === 'expired') return refused(403, 'TokenExpired', 'the token has expired');
    if (check.status === 'invalid') return refused(unverifiable, 'BadToken', 'the token is not valid here');
    if (!this.origins.allowsWithToken(origin, check.claims.origins)) {
      return refused(403, 'OriginNotAllowed', 'this origin may not use the token');
    }
    return { status: 'granted', claims: check.claims };
  }

  /**
   * Whether the token's conversation is the one asked for and has been started.
   * @returns the refusal, 403 for somebody else's and 404 for none; undefined when all is well
   * @throws StoreUnavailableError
   */
  async refusalFor(claims: TokenClaims, conversationId: string): Promise<Answer | undefined> {
    const own = claims.conv === conversationId;
    const foreign = refusal(403, 'ForeignConversation', 'the token belongs to another conversation');
    try {
      const head = await this.store.getConversation(conversationKey(directLineChannelId, conversationId));
      if (head === undefined) return noConversation();
    } catch (error) {
      if (own) throw error;
    }
    return own ? undefined : foreign;
  }

  /**
   * The same for what is about to be said: whoever asked before need not look again, because the inbox takes nothing
   * into a conversation that was erased since.
   * @throws StoreUnavailableError
   */
  async refusalToSpeak(claims: TokenClaims, conversationId: string): Promise<Answer | undefined> {
    if (claims.conv === conversationId && this.started.get(conversationId)) return undefined;
    const denied = await this.refusalFor(claims, conversationId);
    if (denied === undefined) this.started.set(conversationId, true);
    return denied;
  }
}

function refused(status: number, code: string, message: string): Entry {
  return { status: 'refused', answer: refusal(status, code, message) };
}

function bearerOf(req: IncomingMessage): string | undefined {
  return /^Bearer (\S+)$/i.exec(req.headers.authorization ?? '')?.[1];
}

/** Of equal length whatever the input, so that a comparison in constant time is possible. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
