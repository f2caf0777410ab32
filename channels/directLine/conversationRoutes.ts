import type { Request } from 'restify';
import { z } from 'zod';
import { BadRequestError } from '../../services/errors';
import type { InboundActivity } from '../../services/turn/inboundActivity';
import { conversationKey } from '../../services/turn/turnIntake';
import { type Answer, ok, refusal } from './answer';
import { type DirectLineDeps, directLineChannelId } from './directLineDeps';
import type { DirectLineGate } from './directLineGate';
import type { DirectLineTokens, TokenSubject } from './directLineTokens';
import { asOrigin, type OriginPolicy } from './originPolicy';
import { formatWatermark, parseWatermark } from './watermark';

/** Names that would mean something to a JavaScript object. */
const reservedIds: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const userId = z
  .string()
  .regex(/^[A-Za-z0-9_.@:=+-]{1,128}$/)
  .refine((id) => !id.includes('..') && !reservedIds.has(id));
const locale = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$/);
const webOrigin = z.string().transform((text, context) => {
  const origin = asOrigin(text);
  if (origin === undefined) context.addIssue({ code: 'custom', message: 'not a web origin' });
  return origin ?? z.NEVER;
});
const startSchema = z.object({
  user: z.object({ id: userId.nullish() }).nullish(),
  trustedOrigins: z.array(webOrigin).min(1).max(20).nullish(),
  locale: z.unknown().optional(),
});
type StartBody = z.infer<typeof startSchema>;

/** Tokens, start and reconnect: the life of a conversation, without what is said in it. */
export class ConversationRoutes {
  constructor(
    private readonly deps: DirectLineDeps,
    private readonly tokens: DirectLineTokens,
    private readonly origins: OriginPolicy,
    private readonly gate: DirectLineGate,
  ) {}

  /** POST /tokens/generate: a token for a new conversation, which the first POST /conversations starts. */
  async generate(req: Request): Promise<Answer> {
    if (!this.gate.hasSecret(req)) return refusal(401, 'BadSecret', 'tokens are made with the secret only');
    const subject = this.newSubject(parseStart(req.body));
    return ok(await this.conversation(subject));
  }

  /**
   * A token for a new conversation of a new, anonymous user.
   * @param line the carrier's id of the line that a site vouched for
   */
  async generateForBrowser(line?: string): Promise<{
    conversationId: string;
    token: string;
    expires_in: number;
    userId: string;
  }> {
    const subject = { ...this.newSubject({}), line };
    return { ...(await this.conversation(subject)), userId: subject.user };
  }

  /** POST /tokens/refresh: a new token for the same user and conversation. */
  async refresh(req: Request): Promise<Answer> {
    const entry = await this.gate.admit(req);
    return entry.status === 'refused' ? entry.answer : ok(await this.conversation(entry.claims));
  }

  /** POST /conversations: 201 when this starts the conversation, 200 when it had started before. */
  async start(req: Request): Promise<Answer> {
    const bySecret = this.gate.hasSecret(req);
    const entry = bySecret ? undefined : await this.gate.admit(req);
    if (entry?.status === 'refused') return entry.answer;
    const body = parseStart(req.body);
    const subject = entry === undefined ? this.newSubject(body) : entry.claims;
    const isNew = await this.submitStart(subject, body);
    const conversation = await this.conversation(subject);
    return {
      status: isNew ? 201 : 200,
      body: { ...conversation, streamUrl: await this.streamUrl(req, subject, 0) },
    };
  }

  /** GET /conversations/{id}: a new token and stream address, for a client that lost its socket. */
  async reconnect(req: Request, conversationId: string, query: URLSearchParams): Promise<Answer> {
    const entry = await this.gate.admit(req, 403);
    if (entry.status === 'refused') return entry.answer;
    const denied = await this.gate.refusalFor(entry.claims, conversationId);
    if (denied !== undefined) return denied;
    // A client without a watermark has seen nothing yet, or lost what it had: it gets all of it.
    const seen = parseWatermark(query.get('watermark')) ?? 0;
    const conversation = await this.conversation(entry.claims);
    return ok({ ...conversation, streamUrl: await this.streamUrl(req, entry.claims, seen) });
  }

  /** GET /session/getsessionid: asked for before sign-in cards, which this bot does not send. */
  async sessionId(req: Request): Promise<Answer> {
    const entry = await this.gate.admit(req);
    return entry.status === 'refused' ? entry.answer : ok({ sessionId: entry.claims.conv });
  }

  /** @returns whether this was the first start. @throws StoreUnavailableError, QueueFullError */
  private async submitStart(subject: TokenSubject, body: StartBody): Promise<boolean> {
    const { intake, store, bot } = this.deps;
    const key = conversationKey(directLineChannelId, subject.conv);
    // Idempotency keys last a day and conversations longer: the second greeting must not come tomorrow.
    if ((await store.getConversation(key)) !== undefined) return false;
    const wanted = locale.safeParse(body.locale);
    const activity: InboundActivity = {
      type: 'conversationUpdate',
      id: 'start',
      from: { id: subject.user },
      recipient: { id: bot.id, name: bot.name },
      conversation: { id: subject.conv },
      membersAdded: [{ id: bot.id }, { id: subject.user }],
      ...(wanted.success ? { locale: wanted.data } : {}),
    };
    const submitted = await intake.submit({
      channelId: directLineChannelId,
      conversationId: subject.conv,
      userId: subject.user,
      activity,
      echo: false,
      delivery: 'log',
    });
    return !submitted.duplicate;
  }

  private newSubject(body: Pick<StartBody, 'user' | 'trustedOrigins'>): TokenSubject {
    const { randomness, bot } = this.deps;
    const wanted = body.user?.id ?? undefined;
    if (wanted === bot.id) throw new BadRequestError('user.id is taken');
    return {
      // Web Chat trusts the prefix dl_ from a token only: nobody can choose such an id in the page.
      user: wanted ?? `dl_${randomness.bytes(16).toString('hex')}`,
      conv: randomness.bytes(16).toString('hex'),
      ...(body.trustedOrigins ? { origins: body.trustedOrigins } : {}),
    };
  }

  private async conversation(subject: TokenSubject) {
    const { token, expiresInSeconds } = await this.tokens.issue('conversation', subject);
    return { conversationId: subject.conv, token, expires_in: expiresInSeconds };
  }

  private async streamUrl(req: Request, subject: TokenSubject, watermark: number): Promise<string> {
    const { token } = await this.tokens.issue('stream', subject);
    const base = this.origins.streamBase(req.headers.host);
    const query = `watermark=${formatWatermark(watermark)}&t=${token}`;
    return `${base}/v3/directline/conversations/${subject.conv}/stream?${query}`;
  }
}

function parseStart(json: unknown): StartBody {
  const parsed = startSchema.safeParse(json ?? {});
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.join('.');
  throw new BadRequestError(field ? `${field} is not valid` : 'the body must be a JSON object');
}
