import { z } from 'zod';
import type { Clock } from '../../clock';
import { AppError } from '../../errors';
import type { TurnStore } from '../../turn/turnStore';
import { type ChatwootClient, type HubMessage, hubMessage } from './chatwootClient';
import type { TellConversation } from './chatwootCourier';
import { type ChatwootLink, linkOfConversation } from './chatwootLink';

export interface ChatwootRelayOptions {
  readonly client: Pick<ChatwootClient, 'messages'>;
  readonly store: Pick<TurnStore, 'readRecord'>;
  readonly tell: TellConversation;
  /** The real time, which is Chatwoot's too. */
  readonly clock: Clock;
  /** 'assignment': who is assigned has taken it up. 'message': only who has written. */
  readonly acceptOn: 'message' | 'assignment';
  /** For reading messages again, ms. Default 1,500: Chatwoot waits 5 s for an answer to its webhook. */
  readonly readAgainMs?: number;
}

const person = z.object({ name: z.string().nullish(), available_name: z.string().nullish() });
const meta = z.object({ assignee: person.nullish() }).nullish().catch(undefined);

const messageCreated = hubMessage.extend({
  event: z.literal('message_created'),
  conversation: z.object({ id: z.number().int(), meta }),
});
const conversationChanged = z.object({
  event: z.enum([
    'conversation_status_changed',
    'conversation_updated',
    'conversation_resolved',
    'conversation_opened',
  ]),
  id: z.number().int(),
  status: z.string().nullish(),
  meta,
});
const named = z.object({ event: z.string() });

/** Repeats are known as such for a day (DESIGN §3): older messages are not read again. */
const rereadMs = 12 * 3_600_000;
const longestText = 3_900;
const longestName = 128;
const idsKept = 10_000;

/** At the hub itself sits whoever writes: which of its people have it is the hub's own business. */
const hubId = 'chatwoot';

/**
 * What agents in Chatwoot do, as system events of the conversation. Webhooks may come twice, late, in any order or not
 * at all: at each of them the conversation's messages are read again and passed on in their order, each under its own
 * id, so that the conversation's inbox keeps out what it has had.
 */
export class ChatwootRelay {
  /** Messages that this process has passed on already. */
  private readonly passedOn = new Set<string>();

  constructor(private readonly options: ChatwootRelayOptions) {}

  /**
   * Takes one webhook. Resolves when everything that follows from it is durable.
   * @param signed whether its words are surely Chatwoot's own; others count only as a hint to look
   * @returns 'ignored' for what concerns no customer of ours
   * @throws StoreUnavailableError, QueueFullError, DeliveryUnavailableError: Chatwoot may send it again
   */
  async take(body: unknown, signed: boolean): Promise<'taken' | 'ignored'> {
    const created = messageCreated.safeParse(body);
    if (created.success) {
      const { conversation, ...message } = created.data;
      const link = await linkOfConversation(this.options.store, conversation.id);
      if (link === undefined || !isForCustomer(message)) return 'ignored';
      await this.passOn(link, conversation.id, message, signed);
      return 'taken';
    }
    const changed = conversationChanged.safeParse(body);
    if (!changed.success) return 'ignored';
    const { id, status, meta: about } = changed.data;
    const link = await linkOfConversation(this.options.store, id);
    // A conversation that was left behind ends nothing.
    if (link === undefined || link.conversations.at(-1) !== id) return 'ignored';
    if (status === 'resolved') {
      await this.passOn(link, id, undefined, signed);
      await this.tellStatus(link, 'completed');
      return 'taken';
    }
    const assignee = about?.assignee;
    if (this.options.acceptOn !== 'assignment' || !assignee) return 'ignored';
    await this.tellStatus(link, 'accepted', nameOf(assignee, link));
    return 'taken';
  }

  /** @param told the message that the webhook was about */
  private async passOn(
    link: ChatwootLink,
    conversation: number,
    told: HubMessage | undefined,
    signed: boolean,
  ): Promise<void> {
    const found = new Map<number, HubMessage>();
    if (told !== undefined && signed) found.set(told.id, told);
    try {
      for (const message of await this.readAgain(link, conversation)) found.set(message.id, message);
    } catch (error) {
      // What is signed is true without being read again; what was missed comes with the next one.
      if (!signed || !(error instanceof AppError)) throw error;
    }
    for (const message of [...found.values()].sort((one, other) => one.id - other.id))
      if (isForCustomer(message)) await this.say(link, message);
  }

  private async readAgain(link: ChatwootLink, conversation: number): Promise<readonly HubMessage[]> {
    const { client, clock, readAgainMs = 1_500 } = this.options;
    const { sourceId } = link;
    // An earlier contact's conversation cannot be read any more.
    if (sourceId === undefined || link.conversations.at(-1) !== conversation) return [];
    const all = await client.messages({ sourceId, conversation }, AbortSignal.timeout(readAgainMs));
    return all.filter((message) => writtenAtMs(message) > clock.now() - rereadMs);
  }

  private async say(link: ChatwootLink, message: HubMessage): Promise<void> {
    const { handoffId, conversationKey } = link;
    const key = `handoff/hub/${handoffId}/message/${message.id}`;
    if (this.passedOn.has(key)) return;
    const name = nameOf(message.sender, link);
    await this.tellStatus(link, 'accepted', name);
    const parts = (message.content ?? '').trim().match(new RegExp(`[\\s\\S]{1,${longestText}}`, 'gu')) ?? [];
    for (const [index, part] of parts.entries()) {
      const text = part.trim();
      if (text === '') continue;
      await this.options.tell(conversationKey, {
        name: 'handoff.agentMessage',
        value: { handoffId, agent: { id: hubId, name }, text },
        key: `${key}/${index}`,
      });
    }
    this.remember(key);
  }

  private async tellStatus(
    { handoffId, conversationKey }: ChatwootLink,
    state: 'accepted' | 'completed',
    name?: string,
  ): Promise<void> {
    const key = `handoff/hub/${handoffId}/${state}`;
    if (this.passedOn.has(key)) return;
    const status = { handoffId, state };
    const value = name === undefined ? status : { ...status, agent: { id: hubId, name } };
    await this.options.tell(conversationKey, { name: 'handoff.status', value, key });
    this.remember(key);
  }

  private remember(key: string): void {
    this.passedOn.add(key);
    const [oldest] = this.passedOn;
    if (this.passedOn.size > idsKept && oldest !== undefined) this.passedOn.delete(oldest);
  }
}

/** Whether a webhook's body has the shape of one: any event of any name. */
export function isHubEvent(body: unknown): boolean {
  return named.safeParse(body).success;
}

/** Only what a person at the hub wrote to the customer: no echo, no note, no line of the hub's own, no greeting. */
function isForCustomer({ message_type: type, private: isPrivate, sender, ...rest }: HubMessage): boolean {
  if (type !== 'outgoing' || isPrivate === true || sender?.type !== 'user') return false;
  return rest.content_attributes?.deleted !== true && (rest.content ?? '').trim() !== '';
}

function nameOf(who: z.output<typeof person> | null | undefined, { unnamed }: ChatwootLink): string {
  const name = (who?.available_name || who?.name || '').trim().slice(0, longestName);
  return name === '' ? unnamed : name;
}

/** Epoch ms; without a readable time it counts as new. */
function writtenAtMs({ created_at: at }: HubMessage): number {
  const ms = typeof at === 'number' ? at * 1_000 : Date.parse(at ?? '');
  return Number.isNaN(ms) ? Number.POSITIVE_INFINITY : ms;
}
