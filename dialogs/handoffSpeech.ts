import type { TurnContext } from 'botbuilder';
import { replyActivity } from '../cards/render/activity';
import type { Reply } from '../cards/reply';
import { suggestedTopics } from '../cards/topicSuggestions';
import type { HandoffRecord } from '../services/handoff/handoff';
import { stringsFor } from '../strings';
import { say, turnOf } from './dialogTurn';

/** Our own page's channel. To some others `channelData` is a message in the channel's own format. */
const ownPage = 'directline';

/**
 * Says something of our own while the customer waits for a person or talks with one. The mark tells the page that the
 * assistant will not answer what is written next: whether a person is writing only the desk can say.
 */
export async function sayDuring(
  context: TurnContext,
  { state }: Pick<HandoffRecord, 'state'>,
  reply: Reply,
): Promise<void> {
  if (context.activity.channelId !== ownPage) return say(context, reply);
  turnOf(context).memory.shown = suggestedTopics(reply.suggestions ?? [], stringsFor(reply.locale));
  await sendMarked(context, reply, { state });
}

/** In an agent's name: as plain text whatever is in it, and marked for whoever reads the log. */
export async function sayAs(context: TurnContext, agent: string, reply: Reply): Promise<void> {
  turnOf(context).memory.shown = undefined;
  await sendMarked(context, reply, { agent }, 'plain');
}

async function sendMarked(
  context: TurnContext,
  reply: Reply,
  handoff: { readonly agent: string } | Pick<HandoffRecord, 'state'>,
  textFormat?: string,
): Promise<void> {
  const activity = replyActivity(reply, context.activity.channelId);
  await context.sendActivity({
    ...activity,
    ...(textFormat === undefined ? {} : { textFormat }),
    channelData: { ...Object(activity.channelData), handoff },
  });
}
