import type { TurnContext } from 'botbuilder';
import {
  agentNoticeReply,
  agentWordsReply,
  cancelledReply,
  nobodyCameReply,
  rateReply,
  requeuedReply,
} from '../cards/handoffReplies';
import type { HandoffChange } from '../services/handoff/handoffMachine';
import { redact } from '../services/redaction/redaction';
import { say, turnOf, wordsOf } from './dialogTurn';
import type { HandoffCallback } from './handoffCallback';
import { sayAs, sayDuring } from './handoffSpeech';

/** What the customer hears of a change. @param callback offers to keep the request when the hub failed */
export async function tellChange(
  context: TurnContext,
  change: HandoffChange,
  callback: Pick<HandoffCallback, 'sayUnreachable'>,
): Promise<void> {
  const { s, locale } = wordsOf(turnOf(context));
  const t = s.handoff;
  switch (change.kind) {
    case 'none':
    case 'noted':
      return;
    case 'accepted': {
      const name = change.handoff.agent?.name;
      const text = name === undefined ? t.joinedUnnamed : t.joined(name);
      return sayDuring(context, change.handoff, agentNoticeReply(text, s, locale));
    }
    case 'moved':
      return sayDuring(
        context,
        change.handoff,
        agentNoticeReply(t.moved(change.handoff.agent?.name ?? ''), s, locale),
      );
    case 'requeued':
      return sayDuring(context, change.handoff, requeuedReply(s, locale));
    case 'said':
      return sayAs(context, change.name, agentWordsReply(redact(change.text), locale));
    case 'ended':
      return tellEnding(context, change, callback);
  }
}

async function tellEnding(
  context: TurnContext,
  { closed, summary }: Extract<HandoffChange, { kind: 'ended' }>,
  callback: Pick<HandoffCallback, 'sayUnreachable'>,
): Promise<void> {
  const turn = turnOf(context);
  const { memory, nowMs } = turn;
  const { s, locale } = wordsOf(turn);
  const t = s.handoff;
  const { ending } = closed;
  // The bot begins anew: what was half done before belongs to another talk.
  memory.dialogs = undefined;
  memory.failures = 0;
  switch (ending) {
    case 'cancelled':
      return say(context, cancelledReply(s, locale));
    case 'timeout':
      return say(context, nobodyCameReply(closed.callback ? t.callbackTimeout : t.timeout, s, locale));
    case 'failed':
      return callback.sayUnreachable(context);
    case 'left':
    case 'resolved':
    case 'returned':
      memory.rating = { handoff: closed.id, atMs: nowMs };
      return say(
        context,
        rateReply({ lead: t[ending], summary: redact(summary), handoffId: closed.id }, s, locale),
      );
  }
}
