import { BoundedMap } from '../../channels/directLine/boundedMap';
import type { ConversationHead, JsonActivity, JsonValue } from '../../services/turn/turnStore';

/** What a turn has said, and where to. */
export interface SaidInTurn {
  readonly reference: JsonValue;
  readonly replies: readonly JsonActivity[];
}

/**
 * What this process has committed a moment ago and is about to post: it need not be read back. A shortcut alone:
 * whatever is not here is in the store.
 */
export class FreshReplies {
  private readonly turns = new BoundedMap<string, SaidInTurn>(1_000);

  keep(conversation: ConversationHead, ticket: number, replies: readonly JsonActivity[]): void {
    this.turns.set(placeOf(conversation.key, ticket), { reference: conversation.reference, replies });
  }

  /** Hands it out once: a second try goes by what the store says then. */
  take(conversationKey: string, ticket: number): SaidInTurn | undefined {
    const place = placeOf(conversationKey, ticket);
    const said = this.turns.get(place);
    this.turns.delete(place);
    return said;
  }
}

function placeOf(conversationKey: string, ticket: number): string {
  return `${ticket} ${conversationKey}`;
}
