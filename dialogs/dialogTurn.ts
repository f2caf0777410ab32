import type { TurnContext } from 'botbuilder';
import { replyActivity } from '../cards/render/activity';
import type { Reply } from '../cards/reply';
import { suggestedTopics } from '../cards/topicSuggestions';
import type { Binding } from '../services/identity/proof';
import type { TurnTransaction } from '../services/turn/turnTransaction';
import { type Locale, type Strings, stringsFor } from '../strings';
import type { ConversationMemory } from './conversationMemory';
import type { CustomerMessage } from './customerMessage';

/** Everything a dialog knows of the turn it runs in. It ends with the turn; nothing of it is kept. */
export interface DialogTurn {
  readonly tx: TurnTransaction;
  readonly memory: ConversationMemory;
  readonly message: CustomerMessage;
  readonly binding: Binding;
  /** Others can read along. */
  readonly isGroup: boolean;
  /** See `InboundTurn`. */
  readonly clientAddress?: string;
  readonly knownLine?: string;
  /** When the turn began, epoch ms. */
  readonly nowMs: number;
}

const turnKey = Symbol('dialogTurn');

export function enterTurn(context: TurnContext, turn: DialogTurn): void {
  context.turnState.set(turnKey, turn);
}

export function turnOf(context: TurnContext): DialogTurn {
  const turn: DialogTurn | undefined = context.turnState.get(turnKey);
  if (turn === undefined) throw new Error('a dialog ran outside a turn');
  return turn;
}

/** The sentences of the customer's language, and its name. */
export function wordsOf(turn: DialogTurn): { s: Strings; locale: Locale } {
  return { s: stringsFor(turn.memory.locale), locale: turn.memory.locale };
}

export async function say(context: TurnContext, reply: Reply): Promise<void> {
  const turn: DialogTurn | undefined = context.turnState.get(turnKey);
  // Quick replies vanish with the next reply, so the last one's are those that "두 번째 거" can mean.
  if (turn !== undefined)
    turn.memory.shown = suggestedTopics(reply.suggestions ?? [], stringsFor(reply.locale));
  await context.sendActivity(replyActivity(reply, context.activity.channelId));
}
