import { createHash } from 'node:crypto';
import { closestTopicsReply, offerable, startOverReply } from '../cards/mannersReplies';
import type { Reply } from '../cards/reply';
import type { Topic } from '../services/intent/intent';
import { spelledText } from '../services/intent/requests/spelling';
import type { ConversationMemory } from './conversationMemory';
import { type DialogTurn, wordsOf } from './dialogTurn';

/*
 * A message that could mean several things: asking back, and remembering for this conversation what came of it,
 * so that nobody is asked the same thing twice.
 */

const mostOffered = 3;
const mostRemembered = 8;
const politeEnding = /(?:요|용|욤|염|여|좀|plz|pls|please)+$/;

/** Asks back with the likeliest topics. Undefined when nothing is left to offer that was not refused before. */
export function askBack(turn: DialogTurn, text: string, candidates: readonly Topic[]): Reply | undefined {
  const key = messageKey(text);
  const refused = choiceFor(turn.memory, key)?.refused ?? [];
  const all = offerable(
    candidates.filter((topic) => !refused.includes(topic)),
    candidates.length,
  );
  return offer(turn, key, all);
}

/** After "아니요": the next-best ones, or the plain ways on; never the same question again. */
export function askNext(turn: DialogTurn): Reply | undefined {
  const { memory } = turn;
  const { asked } = memory;
  if (asked === undefined) return undefined;
  const { s, locale } = wordsOf(turn);
  const refused = [...(choiceFor(memory, asked.key)?.refused ?? []), ...asked.offered];
  remember(memory, { key: asked.key, refused: [...new Set(refused)].slice(0, 6) });
  return offer(turn, asked.key, asked.left, s.unsure.notThat) ?? startOverReply(s.unsure.notAny, s, locale);
}

/** Notes that the customer chose this topic, if it answers what was asked back. @returns whether it does */
export function choose(memory: ConversationMemory, topic: Topic): boolean {
  const { asked } = memory;
  if (asked === undefined || !asked.offered.includes(topic)) return false;
  remember(memory, { key: asked.key, chosen: topic });
  return true;
}

/** What this conversation chose before for the same or nearly the same message. */
export function chosenBefore(memory: ConversationMemory, text: string): Topic | undefined {
  return choiceFor(memory, messageKey(text))?.chosen;
}

/** Whether suggestions for this message were refused before. */
export function refusedBefore(memory: ConversationMemory, text: string): boolean {
  return (choiceFor(memory, messageKey(text))?.refused ?? []).length > 0;
}

function offer(
  turn: DialogTurn,
  key: string,
  candidates: readonly Topic[],
  lead?: string,
): Reply | undefined {
  const { s, locale } = wordsOf(turn);
  const offered = candidates.slice(0, mostOffered);
  turn.memory.asked = undefined;
  if (offered.length === 0) return undefined;
  turn.memory.asked = { key, offered, left: candidates.slice(mostOffered, 2 * mostOffered) };
  turn.memory.offered = offered;
  return closestTopicsReply(offered, s, locale, lead);
}

/**
 * A fingerprint by which the same message is known again, whatever its spaces, punctuation and politeness. The
 * words cannot be read from it, and long numbers are not even in it.
 */
function messageKey(text: string): string {
  const plain = spelledText(text).replace(politeEnding, '');
  return createHash('sha256').update(plain).digest('hex').slice(0, 16);
}

type Choice = NonNullable<ConversationMemory['choices']>[number];

function choiceFor(memory: ConversationMemory, key: string): Choice | undefined {
  return memory.choices?.find((choice) => choice.key === key);
}

function remember(memory: ConversationMemory, choice: Choice): void {
  const others = (memory.choices ?? []).filter(({ key }) => key !== choice.key);
  memory.choices = [...others, choice].slice(-mostRemembered);
}
