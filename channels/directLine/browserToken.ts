import { createHash } from 'node:crypto';
import type { Request } from 'restify';
import { z } from 'zod';
import { BadRequestError } from '../../services/errors';
import { type Answer, ok, refusal } from './answer';
import type { ConversationRoutes } from './conversationRoutes';
import type { DirectLineDeps } from './directLineDeps';
import type { OriginPolicy } from './originPolicy';
import { TokenBucket } from './tokenBucket';

/** Conversations of this channel are talked in by nobody: each stands for a site token that has been used. */
const usedTokenChannelId = 'sitetoken';

const bodyShape = z.object({ siteToken: z.string().min(1).nullish() });

type BrowserTokenDeps = Pick<
  DirectLineDeps,
  'clock' | 'intake' | 'clientAddresses' | 'siteTokens' | 'tokenLimitPerMinute'
>;

/**
 * POST /api/token: a page of our own or an allowed origin gets a Direct Line token without the secret, for a
 * new anonymous user. Limited by address; 429 is safe here, because our own page reads it, not directlinejs.
 *
 * With `{"siteToken": "…"}` the chat starts at the line that the site names. `lineKnown` in the answer tells
 * whether it does: not when the site's keys cannot be had, so that its customer can chat all the same. A token that
 * is forged, too old, for somebody else or used before gets 401.
 */
export class BrowserToken {
  private readonly bucket: TokenBucket;

  constructor(
    private readonly deps: BrowserTokenDeps,
    private readonly conversations: ConversationRoutes,
    private readonly origins: OriginPolicy,
  ) {
    this.bucket = new TokenBucket(deps.tokenLimitPerMinute, deps.clock);
  }

  async issue(req: Request): Promise<Answer> {
    const { origin } = req.headers;
    // Browsers always send it with a POST. A caller without one is no page, and could claim any origin.
    if (origin !== undefined && !this.origins.allows(origin)) {
      return refusal(403, 'OriginNotAllowed', 'tokens are for pages of allowed origins');
    }
    const waitSeconds = this.bucket.take(this.deps.clientAddresses.networkOf(req));
    if (waitSeconds > 0) {
      return refusal(429, 'TooManyRequests', 'too many tokens, please wait', {
        'Retry-After': String(waitSeconds),
      });
    }
    const body = bodyShape.safeParse(req.body ?? {});
    if (!body.success) throw new BadRequestError('siteToken must be a text');
    const { siteToken } = body.data;
    if (!siteToken) return ok(await this.conversations.generateForBrowser());
    const line = await this.lineOf(siteToken);
    if (line.status === 'refused') return refusal(401, 'BadSiteToken', 'the site token is not valid here');
    const conversation = await this.conversations.generateForBrowser(line.id);
    return ok({ ...conversation, lineKnown: line.id !== undefined });
  }

  /** @throws StoreUnavailableError, QueueFullError */
  private async lineOf(
    siteToken: string,
  ): Promise<{ readonly status: 'accepted'; readonly id?: string } | { readonly status: 'refused' }> {
    const check = await this.deps.siteTokens?.check(siteToken);
    if (check === undefined || check.status === 'unavailable') return { status: 'accepted' };
    if (check.status === 'refused' || !(await this.isFirstUse(check.tokenId))) return { status: 'refused' };
    return { status: 'accepted', id: check.lineId };
  }

  /** The inbox knows a repeated key: durably, for longer than a token lives, and on every node. */
  private async isFirstUse(tokenId: string): Promise<boolean> {
    const conversationId = createHash('sha256').update(tokenId).digest('hex');
    const used = await this.deps.intake.submit({
      channelId: usedTokenChannelId,
      conversationId,
      userId: '',
      activity: {
        type: 'event',
        id: 'used',
        name: 'sitetoken/used',
        from: { id: 'site' },
        conversation: { id: conversationId },
      },
      echo: false,
      delivery: 'log',
    });
    return !used.duplicate;
  }
}
