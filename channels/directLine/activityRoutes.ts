import type { IncomingMessage } from 'node:http';
import type { Request } from 'restify';
import { BadRequestError, ConversationErasedError } from '../../services/errors';
import type { InboundActivity } from '../../services/turn/inboundActivity';
import { conversationKey } from '../../services/turn/turnIntake';
import { ActivitySet } from './activitySet';
import { type Answer, noConversation, ok, refusal } from './answer';
import { readAttachmentUpload } from './attachmentUpload';
import { type DirectLineDeps, directLineChannelId } from './directLineDeps';
import type { DirectLineGate } from './directLineGate';
import type { TokenClaims } from './directLineTokens';
import { formatWatermark, parseWatermark } from './watermark';

/** What a customer can say. Membership is ours to announce; typing is passed on at most, the rest changes nothing. */
const spokenTypes: ReadonlySet<string> = new Set(['message', 'event']);

/** What is said in a conversation: reading the log and adding to it. */
export class ActivityRoutes {
  constructor(
    private readonly deps: DirectLineDeps,
    private readonly gate: DirectLineGate,
  ) {}

  /**
   * GET /conversations/{id}/activities: what came after the watermark, no more than an `ActivitySet` holds; the
   * client gets the rest with its next poll. A poll that gets anything but 200, 403
   * or 404 makes the client stop for good without a word, so trouble with the store looks like silence here.
   */
  async poll(req: Request, conversationId: string, query: URLSearchParams): Promise<Answer> {
    const entry = await this.gate.admit(req, 403);
    if (entry.status === 'refused') return entry.answer;
    const seen = parseWatermark(query.get('watermark')) ?? 0;
    try {
      const denied = await this.gate.refusalFor(entry.claims, conversationId);
      return denied ?? (await this.page(conversationId, seen));
    } catch (error) {
      this.deps.reportError?.(error, conversationId);
      return ok({ activities: [], watermark: formatWatermark(seen) });
    }
  }

  /** POST /conversations/{id}/activities: answers as soon as the activity is durable, before its turn. */
  async post(req: Request, conversationId: string): Promise<Answer> {
    const entry = await this.gate.admit(req);
    if (entry.status === 'refused') return entry.answer;
    const denied = await this.gate.refusalToSpeak(entry.claims, conversationId);
    if (denied !== undefined) return denied;
    const json: unknown = req.body;
    if (json === undefined) throw new BadRequestError('the body must be an activity');
    return this.submit(req, entry.claims, this.parse(json, entry.claims));
  }

  /** POST /conversations/{id}/upload: a message with files, of which the names are kept and nothing else. */
  async upload(req: Request, conversationId: string): Promise<Answer> {
    const entry = await this.gate.admit(req);
    if (entry.status === 'refused') return entry.answer;
    const denied = await this.gate.refusalToSpeak(entry.claims, conversationId);
    if (denied !== undefined) return denied;
    const upload = await readAttachmentUpload(req);
    if (upload.status === 'tooLarge') return refusal(413, 'MessageSizeTooBig', 'files may have 10 MB in all');
    const parsed = this.parse(upload.activity ?? { type: 'message' }, entry.claims);
    const named = upload.fileNames.length > 0 ? { attachmentNames: upload.fileNames } : {};
    return this.submit(req, entry.claims, { ...parsed, ...named });
  }

  private async page(conversationId: string, seen: number): Promise<Answer> {
    const { store } = this.deps;
    const key = conversationKey(directLineChannelId, conversationId);
    const set = await ActivitySet.read(store, key, seen);
    if (!set.isEmpty || seen === 0) return ok(set.toBytes());
    // A watermark from beyond the end (a restored backup, a typo) would never see anything again.
    return ok(new ActivitySet(Math.min(seen, await store.lastSeq(key))).toBytes());
  }

  private parse(json: unknown, claims: TokenClaims): InboundActivity {
    return this.deps.parseInbound(json, { conversationId: claims.conv, userId: claims.user });
  }

  private async submit(
    req: IncomingMessage,
    claims: TokenClaims,
    activity: InboundActivity,
  ): Promise<Answer> {
    const { intake, randomness, clientAddresses } = this.deps;
    if (activity.type === 'typing') this.deps.onTyping?.(conversationKey(directLineChannelId, claims.conv));
    if (!spokenTypes.has(activity.type)) return ok({ id: randomness.uuid() });
    try {
      const submitted = await intake.submit({
        channelId: directLineChannelId,
        conversationId: claims.conv,
        userId: claims.user,
        activity,
        echo: true,
        delivery: 'log',
        clientAddress: clientAddresses.customerNetworkOf(req),
        knownLine: claims.line,
      });
      return ok({ id: submitted.activityId });
    } catch (error) {
      if (error instanceof ConversationErasedError) return noConversation();
      throw error;
    }
  }
}
