import { z } from 'zod';
import type { TurnStore } from '../../turn/turnStore';

/** What is kept of a handoff's conversation in Chatwoot: record `chatwoot/<handoffId>`, until the handoff has ended. */
export const chatwootLink = z.object({
  version: z.literal(1),
  handoffId: z.string(),
  conversationKey: z.string(),
  /** What an agent without a name is called. */
  unnamed: z.string(),
  /** Grows when the contact has to be made anew. */
  revision: z.number().int().min(1),
  /** Addresses the contact; a bearer secret. Absent until it has been made. */
  sourceId: z.string().optional(),
  /** Display ids, the current one last; earlier ones belong to contacts that were merged away. */
  conversations: z.array(z.number().int()),
  /** The current contact has a conversation. */
  opened: z.boolean(),
  /** What tells the agent what has been going on, once it has been said in the current conversation. */
  briefed: z.boolean(),
  /** The outbox entry whose message may have arrived without our hearing of it. */
  sending: z.string().optional(),
  /** The outbox entry whose message arrived last. */
  sent: z.string().optional(),
  /** Chatwoot's id of the customer's last message. */
  lastIncoming: z.number().int(),
});
export type ChatwootLink = z.output<typeof chatwootLink>;

/** Whose a conversation in Chatwoot is: record `chatwootConversation/<display id>`. */
const owner = z.object({ handoffId: z.string() });

export const linkKey = (handoffId: string): string => `chatwoot/${handoffId}`;
export const ownerKey = (conversation: number): string => `chatwootConversation/${conversation}`;

export async function readLink(
  store: Pick<TurnStore, 'readRecord'>,
  handoffId: string,
): Promise<{ readonly link: ChatwootLink | undefined; readonly version: number }> {
  const { value, version } = await store.readRecord(linkKey(handoffId));
  const parsed = chatwootLink.safeParse(value);
  return { link: parsed.success ? parsed.data : undefined, version };
}

/** The handoff that a conversation in Chatwoot belongs to; undefined: none of ours, or over. */
export async function linkOfConversation(
  store: Pick<TurnStore, 'readRecord'>,
  conversation: number,
): Promise<ChatwootLink | undefined> {
  const found = owner.safeParse((await store.readRecord(ownerKey(conversation))).value);
  if (!found.success) return undefined;
  const { link } = await readLink(store, found.data.handoffId);
  return link?.conversations.includes(conversation) ? link : undefined;
}

/** Keys of everything that is kept of these handoffs here, for the erasure of their conversation. */
export async function chatwootKeys(
  store: Pick<TurnStore, 'readRecord'>,
  handoffIds: readonly string[],
): Promise<readonly string[]> {
  const found = await Promise.all(
    handoffIds.map(async (id) => {
      const { link } = await readLink(store, id);
      return link === undefined ? [] : [linkKey(id), ...link.conversations.map(ownerKey)];
    }),
  );
  return found.flat();
}
