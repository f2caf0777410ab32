import {
  conversationKey,
  type InboundTurn,
  type SubmittedTurn,
  type TurnIntake,
} from '../../../services/turn/turnIntake';
import type { JsonActivity, JsonValue, LoggedActivity, TurnStore } from '../../../services/turn/turnStore';

type Listener = (entries: readonly LoggedActivity[]) => void;

/**
 * A bot that greets a new conversation and repeats what it hears, on a real store: what the Direct Line server
 * sees of a turn (durable, numbered, once) without dialogs.
 */
export class EchoIntake implements TurnIntake {
  /** Everything that was submitted, repeats included. */
  readonly submitted: InboundTurn[] = [];
  /** Subscribers hear nothing, as when another node commits and the notice is lost. */
  losesNotices = false;
  private readonly listeners = new Map<string, Set<Listener>>();
  private turns: Promise<unknown> = Promise.resolve();
  private made = 0;

  constructor(
    private readonly store: TurnStore,
    private readonly clock: { now(): number },
    private readonly idPrefix: string,
  ) {}

  async submit(inbound: InboundTurn): Promise<SubmittedTurn> {
    this.submitted.push(inbound);
    const key = conversationKey(inbound.channelId, inbound.conversationId);
    const activityId = this.newId();
    const echo = inbound.echo ? this.echoOf(inbound, activityId) : undefined;
    const accepted = await this.store.accept({
      conversation: {
        key,
        channelId: inbound.channelId,
        conversationId: inbound.conversationId,
        userId: inbound.userId,
        reference: {},
        createdAtMs: this.clock.now(),
      },
      idempotencyKey: clientIdOf(inbound.activity.channelData) ?? inbound.activity.id ?? activityId,
      sealedActivity: Buffer.from('{}'),
      activityId,
      ...(echo === undefined ? {} : { echo }),
      receivedAtMs: this.clock.now(),
    });
    if (accepted.status === 'queueFull' || accepted.status === 'erased') throw new Error(accepted.status);
    if (accepted.status === 'duplicate') {
      const { ticket, activityId: first } = accepted;
      return { ticket, activityId: first, duplicate: true, replies: async () => [] };
    }
    if (echo !== undefined)
      this.publish(key, [{ seq: accepted.echoSeq ?? 0, ticket: accepted.ticket, activity: echo }]);
    const replies = this.turns.then(() => this.reply(key, accepted.ticket, inbound, activityId));
    this.turns = replies;
    return { ticket: accepted.ticket, activityId, duplicate: false, replies: () => replies };
  }

  subscribe(key: string, listener: Listener): () => void {
    const listeners = this.listeners.get(key) ?? new Set();
    this.listeners.set(key, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Resolves when all turns so far have committed. */
  async settled(): Promise<void> {
    await this.turns;
  }

  private async reply(
    key: string,
    ticket: number,
    inbound: InboundTurn,
    activityId: string,
  ): Promise<JsonActivity[]> {
    const { activity } = inbound;
    const text =
      activity.type === 'conversationUpdate' ? '안녕하세요' : `답: ${activity.text ?? activity.name ?? ''}`;
    const reply: JsonActivity = {
      type: 'message',
      id: this.newId(),
      timestamp: new Date(this.clock.now()).toISOString(),
      channelId: inbound.channelId,
      conversation: { id: inbound.conversationId },
      from: { id: 'bill-guide', role: 'bot' },
      text,
      ...(inbound.echo ? { replyToId: activityId } : {}),
    };
    const result = await this.store.commit({
      conversationKey: key,
      ticket,
      records: [],
      replies: [reply],
      outbox: [],
      committedAtMs: this.clock.now(),
    });
    if (result.status !== 'committed') return [];
    this.publish(key, [{ seq: result.seqs[0] ?? 0, ticket, activity: reply }]);
    return [reply];
  }

  private publish(key: string, entries: readonly LoggedActivity[]): void {
    if (this.losesNotices) return;
    for (const listener of this.listeners.get(key) ?? []) listener(entries);
  }

  private echoOf({ activity, channelId }: InboundTurn, id: string): JsonActivity {
    const { type, text, name, value, channelData, attachmentNames } = activity;
    return {
      type,
      id,
      timestamp: new Date(this.clock.now()).toISOString(),
      channelId,
      conversation: { id: activity.conversation.id },
      from: { id: activity.from.id, role: 'user' },
      ...(text === undefined ? {} : { text }),
      ...(name === undefined ? {} : { name }),
      ...(value === undefined ? {} : { value }),
      ...(channelData === undefined ? {} : { channelData }),
      ...(attachmentNames === undefined
        ? {}
        : { attachments: attachmentNames.map((file) => ({ name: file })) }),
    };
  }

  private newId(): string {
    this.made += 1;
    return `${this.idPrefix}${this.made}`;
  }
}

function clientIdOf(channelData: JsonValue | undefined): string | undefined {
  if (typeof channelData !== 'object' || channelData === null || !('clientActivityID' in channelData))
    return undefined;
  const id: unknown = channelData.clientActivityID;
  return typeof id === 'string' ? id : undefined;
}
