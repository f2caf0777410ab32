import { tabStorage } from '../page/storage';

/** A conversation that this tab takes part in. */
export interface Conversation {
  readonly conversationId: string;
  readonly token: string;
}

const storageKey = 'billGuide.conversation';
/** Somebody waits for the answer: later it would be no better. */
const patienceMs = 15_000;
/** A token that ends sooner is not worth a try. */
const slackMs = 5_000;

/** The conversation that this tab had before it was loaded again, if its token still holds. */
export function keptConversation(): Conversation | undefined {
  const kept = conversationOf(parsed(tabStorage.get(storageKey)));
  if (kept === undefined) return undefined;
  return expiryOf(kept.token) > Date.now() + slackMs ? kept : undefined;
}

/** Remembers it for this tab only: closing the tab forgets it. */
export function keepConversation({ conversationId, token }: Conversation): void {
  tabStorage.set(storageKey, JSON.stringify({ conversationId, token }));
}

export function forgetConversation(): void {
  tabStorage.remove(storageKey);
}

/** A token for a new conversation of a new, anonymous customer. @throws when the server gives none */
export async function newConversation(): Promise<Conversation> {
  const response = await fetch('/api/token', { method: 'POST', signal: AbortSignal.timeout(patienceMs) });
  if (!response.ok) throw new Error(`no token: ${response.status}`);
  const conversation = conversationOf(await response.json());
  if (conversation === undefined) throw new Error('no token in the answer');
  return conversation;
}

/**
 * Has the server erase all that was said and is remembered of a conversation.
 * @throws when it did not
 */
export async function eraseConversation({ conversationId, token }: Conversation): Promise<void> {
  const response = await fetch(`/v3/directline/conversations/${conversationId}/erase`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(patienceMs),
  });
  if (!response.ok) throw new Error(`not erased: ${response.status}`);
}

function conversationOf(value: unknown): Conversation | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('conversationId' in value) || typeof value.conversationId !== 'string') return undefined;
  if (!('token' in value) || typeof value.token !== 'string') return undefined;
  return { conversationId: value.conversationId, token: value.token };
}

/** End of a token (JWT `exp`), ms since the epoch; Infinity when it does not say: then the server decides. */
function expiryOf(token: string): number {
  const body = token.split('.')[1] ?? '';
  const claims = parsed(decoded(body.replaceAll('-', '+').replaceAll('_', '/')));
  const hasExpiry = typeof claims === 'object' && claims !== null && 'exp' in claims;
  return hasExpiry && typeof claims.exp === 'number' ? claims.exp * 1_000 : Number.POSITIVE_INFINITY;
}

function decoded(base64: string): string | null {
  try {
    return atob(base64);
  } catch {
    return null;
  }
}

function parsed(json: string | null): unknown {
  try {
    return json === null ? undefined : JSON.parse(json);
  } catch {
    return undefined;
  }
}
