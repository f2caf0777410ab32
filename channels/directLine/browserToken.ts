import type { Request } from 'restify';
import type { Clock } from '../../services/clock';
import { type Answer, ok, refusal } from './answer';
import type { ConversationRoutes } from './conversationRoutes';
import type { OriginPolicy } from './originPolicy';
import { addressKey, TokenBucket } from './tokenBucket';

/**
 * POST /api/token: a page of our own or an allowed origin gets a Direct Line token without the secret, for a
 * new anonymous user. Limited by address; 429 is safe here, because our own page reads it, not directlinejs.
 */
export class BrowserToken {
  private readonly bucket: TokenBucket;

  /** @param limitPerMinute tokens for one address in a minute */
  constructor(
    private readonly conversations: ConversationRoutes,
    private readonly origins: OriginPolicy,
    clock: Clock,
    limitPerMinute: number,
  ) {
    this.bucket = new TokenBucket(limitPerMinute, clock);
  }

  async issue(req: Request): Promise<Answer> {
    const { origin } = req.headers;
    // Browsers always send it with a POST. A caller without one is no page, and could claim any origin.
    if (origin !== undefined && !this.origins.allows(origin)) {
      return refusal(403, 'OriginNotAllowed', 'tokens are for pages of allowed origins');
    }
    const waitSeconds = this.bucket.take(addressKey(req.socket.remoteAddress));
    if (waitSeconds > 0) {
      return refusal(429, 'TooManyRequests', 'too many tokens, please wait', {
        'Retry-After': String(waitSeconds),
      });
    }
    return ok(await this.conversations.generateForBrowser());
  }
}
