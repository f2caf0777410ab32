import {
  type Activity,
  ActivityTypes,
  BotAdapter,
  type ConversationReference,
  HandoffEventNames,
  type ResourceResponse,
  TurnContext,
} from 'botbuilder';
import type { Clock } from '../services/clock';
import { UnsupportedByChannelError } from '../services/errors';
import type { Randomness } from '../services/randomness';
import { activityOfJson } from '../services/turn/activityJson';
import type { JsonActivity } from '../services/turn/turnStore';

/** The bot's own account on every channel that does not name it. */
export const botAccount = { id: 'bill-guide', name: '요금길잡이', role: 'bot' } as const;

/**
 * Runs bot logic without a channel behind it: what the bot sends is collected and leaves only after the
 * turn's commit. Channels that the SDK knows (Bot Connector) get it through the outbox, Direct Line from the log.
 */
export class TurnAdapter extends BotAdapter {
  private readonly collected = new WeakMap<object, JsonActivity[]>();

  constructor(
    private readonly clock: Clock,
    private readonly randomness: Randomness,
  ) {
    super();
  }

  /**
   * @param activity the inbound activity, complete with conversation, from and recipient
   * @param replyToId id of the inbound activity where the customer's client shows it, else undefined
   * @returns what the bot said, each with id and timestamp; throws what the logic throws
   */
  async run(
    activity: Partial<Activity>,
    replyToId: string | undefined,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<JsonActivity[]> {
    const replies: JsonActivity[] = [];
    const inbound = { ...activity };
    this.collected.set(inbound, replies);
    const context = new TurnContext(this, inbound);
    context.turnState.set(replyToIdKey, replyToId);
    try {
      await this.runMiddleware(context, logic);
      return replies;
    } finally {
      // What is sent after the turn's end would reach nobody: it fails instead.
      this.collected.delete(inbound);
    }
  }

  override async sendActivities(
    context: TurnContext,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    const replies = this.collected.get(context.activity);
    if (replies === undefined) throw new UnsupportedByChannelError('nothing can be sent outside a turn');
    return activities.map((activity) => {
      const id = this.randomness.uuid();
      if (!unsaid.has(activity.type ?? ActivityTypes.Message) && !isHandoffEvent(activity))
        replies.push(this.complete(context, activity, id));
      return { id };
    });
  }

  private complete(context: TurnContext, activity: Partial<Activity>, id: string): JsonActivity {
    const { activity: inbound } = context;
    const replyToId: unknown = context.turnState.get(replyToIdKey);
    const said = {
      ...activity,
      serviceUrl: undefined,
      type: activity.type ?? ActivityTypes.Message,
      id,
      timestamp: new Date(this.notBefore(inbound.timestamp)).toISOString(),
      channelId: inbound.channelId,
      conversation: { id: inbound.conversation.id },
      from: { ...botAccount, id: inbound.recipient?.id ?? botAccount.id },
      recipient: { id: inbound.from.id, role: 'user' },
      replyToId: typeof replyToId === 'string' ? replyToId : undefined,
    };
    // JSON round trip: a plain copy, so that nothing the logic does later changes what was said.
    return activityOfJson(JSON.stringify(said));
  }

  /** Clients sort by time: an answer never looks older than its question, even after a clock was set back. */
  private notBefore(asked: Date | undefined): number {
    return Math.max(this.clock.now(), asked?.getTime() ?? 0);
  }

  override updateActivity(): Promise<undefined> {
    return Promise.reject(new UnsupportedByChannelError('a sent message cannot be changed'));
  }

  override deleteActivity(): Promise<void> {
    return Promise.reject(new UnsupportedByChannelError('a sent message cannot be withdrawn'));
  }

  override continueConversation(_reference: Partial<ConversationReference>): Promise<void> {
    return Promise.reject(new UnsupportedByChannelError('proactive messages go through the outbox'));
  }
}

/** What the SDK sends for itself; a customer sees none of it. */
const unsaid = new Set<string>([ActivityTypes.Trace, ActivityTypes.InvokeResponse, 'delay']);

/** Bot Framework's handoff protocol runs between us and a hub; the initiation holds a transcript. */
function isHandoffEvent({ type, name }: Partial<Activity>): boolean {
  return type === ActivityTypes.Event && handoffNames.has(name ?? '');
}

const handoffNames = new Set<string>([HandoffEventNames.InitiateHandoff, HandoffEventNames.HandoffStatus]);

const replyToIdKey = Symbol('replyToId');
