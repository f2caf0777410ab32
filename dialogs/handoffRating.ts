import type { TurnContext } from 'botbuilder';
import { plainHandoffReply } from '../cards/handoffReplies';
import type { Handoffs } from '../services/handoff/handoffs';
import { shortMemoryMs } from './conversationMemory';
import { type DialogTurn, say, turnOf, wordsOf } from './dialogTurn';
import { keyOf } from './handoffFacts';
import { starsIn } from './handoffWords';

/**
 * Points for the help that is over: pressed at any time, typed right after the question.
 * @returns false when the message is about something else
 */
export async function takeRating(context: TurnContext, handoffs: Pick<Handoffs, 'rate'>): Promise<boolean> {
  const turn = turnOf(context);
  const { message, memory, nowMs } = turn;
  const { rating } = memory;
  memory.rating = undefined;
  let id: string | undefined;
  let stars: number | undefined;
  if (message.kind === 'action' && message.action === 'handoff.rate') {
    id = message.fields.get('handoff') ?? '';
    stars = starsIn(message.fields.get('stars') ?? '');
  } else if (message.kind === 'text' && rating !== undefined && nowMs - rating.atMs < shortMemoryMs) {
    id = rating.handoff;
    stars = starsIn(message.text) ?? starsOfLabel(turn, message.text);
  }
  if (id === undefined || stars === undefined) return false;
  const { s, locale } = wordsOf(turn);
  const counted = await handoffs.rate(turn.tx, keyOf(turn), id, stars);
  await say(context, plainHandoffReply(counted ? s.handoff.rated : s.handoff.ratedBefore, s, locale));
  return true;
}

function starsOfLabel(turn: DialogTurn, text: string): number | undefined {
  const place = wordsOf(turn).s.handoff.stars.indexOf(text.trim());
  return place < 0 ? undefined : place + 1;
}
