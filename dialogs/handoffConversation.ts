import type { TurnContext } from 'botbuilder';
import type { DialogContext } from 'botbuilder-dialogs';
import {
  agentNoticeReply,
  agentWordsReply,
  callbackKeptReply,
  cancelledReply,
  handoffRequestedReply,
  nobodyCameReply,
  notedReply,
  plainHandoffReply,
  rateReply,
  requeuedReply,
  stillWaitingReply,
  waitingNoticeReply,
} from '../cards/handoffReplies';
import type { InChat } from '../cards/humanAgentCard';
import { replyActivity } from '../cards/render/activity';
import { lookOf } from '../cards/render/channelLook';
import type { Reply } from '../cards/reply';
import type { OpenState } from '../services/faq/openingHours';
import type { HandoffRecord } from '../services/handoff/handoff';
import { handoffEventNames, readHandoffEvent } from '../services/handoff/handoffEvents';
import type { HandoffChange } from '../services/handoff/handoffMachine';
import { parseConfirmation } from '../services/intent/entities/confirmation';
import { redact } from '../services/redaction/redaction';
import type { JsonValue } from '../services/turn/turnStore';
import { shortMemoryMs } from './conversationMemory';
import { type DialogTurn, say, turnOf, wordsOf } from './dialogTurn';
import { soundsInDanger } from './distressWords';
import { type FactSources, handoffRequest, initiationOf, keyOf, noteHandedOver } from './handoffFacts';
import { asksHowLong, asksToEndTalk, asksToStopWaiting, starsIn } from './handoffWords';
import { takePending } from './pendingRequests';
import type { SystemEventHandler } from './systemEventHandler';

export interface HandoffConversationParts extends FactSources {
  /** Whether people are at the desk at a moment, epoch ms. */
  readonly hours: (nowMs: number) => OpenState;
  /** For somebody whose life may be in danger. */
  readonly danger: (turn: DialogTurn) => Reply;
}

/** So often one who waits and writes is told that it is passed on. */
const tellAgainMs = 60_000;
/** A hub that cannot be reached is tried again with a kept request then. */
const hubRestMs = 30 * 60_000;

/** The conversation around a person: asking for one, waiting, being silent while they talk, and what comes after. */
export class HandoffConversation implements SystemEventHandler {
  readonly names = handoffEventNames;

  constructor(private readonly parts: HandoffConversationParts) {}

  /** What people can do in this chat at this moment. KakaoTalk hands over by itself, and a group is no place for it. */
  inChat(turn: DialogTurn): InChat {
    const { handoffs, hours } = this.parts;
    const isKakao = lookOf(turn.binding.channelId).kind === 'kakao';
    if (!handoffs.isPossible || turn.isGroup || isKakao) return { state: 'never' };
    const open = hours(turn.nowMs);
    return open.status === 'open' ? { state: 'now' } : { state: 'later', opensAtMs: open.opensAtMs };
  }

  /**
   * Takes the message when it is for a person, or about one.
   * @returns false when the dialogs are to answer it
   */
  async takeMessage(context: TurnContext): Promise<boolean> {
    const turn = turnOf(context);
    const handoff = await this.parts.handoffs.current(turn.tx, keyOf(turn));
    if (handoff === undefined) return (await this.takeRating(context)) || this.takeYes(context);
    if (handoff.state === 'requested') await this.whileWaiting(context, handoff);
    else await this.whileTalking(context, handoff);
    return true;
  }

  /** Calls a person. @returns false when nobody can be called now: then the numbers are to be said */
  private async start(context: TurnContext): Promise<boolean> {
    const turn = turnOf(context);
    const { handoffs } = this.parts;
    const { s, locale } = wordsOf(turn);
    const here = this.inChat(turn);
    if (here.state === 'later') return this.sayKeptAlready(context);
    if (here.state !== 'now') return false;
    await this.forgetCallback(turn);
    const request = await handoffRequest(turn, this.parts, turn.nowMs);
    const handoff = await handoffs.request(turn.tx, request, initiationOf(context, request), turn.nowMs);
    noteHandedOver(turn, handoff.id, request);
    turn.memory.failures = 0;
    turn.memory.trouble = undefined;
    await say(context, handoffRequestedReply(await handoffs.place(handoff, turn.nowMs), s, locale));
    return true;
  }

  /** Keeps a request for opening time; when people are there now, it calls one. */
  private async keepCallback(context: TurnContext): Promise<boolean> {
    const turn = turnOf(context);
    const { s, locale } = wordsOf(turn);
    const opensAtMs = this.keptUntil(turn);
    if (opensAtMs === undefined) return this.start(context);
    if (await this.sayKeptAlready(context)) return true;
    const request = await handoffRequest(turn, this.parts, opensAtMs);
    const ticket = await this.parts.handoffs.askCallback(turn.tx, request, opensAtMs, turn.nowMs);
    turn.memory.callback = ticket.id;
    turn.memory.trouble = undefined;
    noteHandedOver(turn, ticket.id, request);
    const opens = s.opensAt(turn.nowMs, opensAtMs);
    await say(context, callbackKeptReply(s.handoff.callbackKept(opens), s, locale));
    return true;
  }

  /** When a request that is kept now is answered from; undefined: people can be called now, or never. */
  private keptUntil(turn: DialogTurn): number | undefined {
    const here = this.inChat(turn);
    if (here.state === 'later') return here.opensAtMs;
    const { callbackFromMs = 0 } = turn.memory;
    turn.memory.callbackFromMs = undefined;
    return here.state === 'now' && callbackFromMs > turn.nowMs ? callbackFromMs : undefined;
  }

  /** The hub cannot be reached: the customer may have the request kept. */
  private sayUnreachable(context: TurnContext): Promise<void> {
    const turn = turnOf(context);
    const { s, locale } = wordsOf(turn);
    const laterMs = turn.nowMs + hubRestMs;
    const then = this.parts.hours(laterMs);
    const opensAtMs = then.status === 'open' ? laterMs : then.opensAtMs;
    turn.memory.callbackFromMs = opensAtMs;
    turn.memory.callbackOffered = true;
    const opens = s.opensAt(turn.nowMs, opensAtMs);
    return say(context, nobodyCameReply(s.handoff.failed, s, locale, opens));
  }

  /** Calls a person, and gives up what was begun: it belongs to another talk. @returns see `start` */
  async takeOver(dc: DialogContext): Promise<boolean> {
    if (!(await this.start(dc.context))) return false;
    await dc.cancelAllDialogs();
    takePending(turnOf(dc.context));
    return true;
  }

  /** A button of ours about requests. @returns false when a person is to be called instead */
  async takeButton(dc: DialogContext, asked: 'start' | 'callback' | 'drop'): Promise<boolean> {
    if (asked === 'start') return false;
    if (asked === 'drop') await this.dropCallback(dc.context);
    else if (await this.keepCallback(dc.context)) await dc.cancelAllDialogs();
    else return false;
    return true;
  }

  private async dropCallback(context: TurnContext): Promise<void> {
    const turn = turnOf(context);
    const { s, locale } = wordsOf(turn);
    const dropped = await this.forgetCallback(turn);
    const text = dropped ? s.handoff.callbackDropped : s.handoff.callbackGone;
    await say(context, plainHandoffReply(text, s, locale));
  }

  /** What an agent, a hub or the clock does. */
  async take(context: TurnContext, { name, value }: { name: string; value: JsonValue }): Promise<void> {
    const turn = turnOf(context);
    const { handoffs } = this.parts;
    const event = readHandoffEvent(name, value);
    if (event === undefined) return;
    if (event.name !== 'handoff.callbackDue')
      return this.tell(context, await handoffs.apply(turn.tx, keyOf(turn), event, turn.nowMs));
    const handoff = await handoffs.callbackDue(turn.tx, event.value.handoffId, turn.nowMs);
    if (turn.memory.callback === event.value.handoffId) turn.memory.callback = undefined;
    if (handoff === undefined) return;
    turn.memory.dialogs = undefined;
    const { s, locale } = wordsOf(turn);
    await say(context, waitingNoticeReply(s.handoff.callbackDue, s, locale));
  }

  private async whileWaiting(context: TurnContext, handoff: HandoffRecord): Promise<void> {
    const turn = turnOf(context);
    const { message, nowMs } = turn;
    const { s, locale } = wordsOf(turn);
    switch (message.kind) {
      case 'text': {
        const { text } = message;
        if (asksToStopWaiting(text)) return this.leave(context);
        await this.passOn(context, handoff, text);
        if (soundsInDanger(text)) return say(context, this.parts.danger(turn));
        if (asksHowLong(text)) return this.sayPlace(context, handoff, s.handoff.stillWaiting);
        const { toldAtMs } = handoff;
        if (toldAtMs !== undefined && nowMs - toldAtMs < tellAgainMs) return;
        await this.parts.handoffs.told(turn.tx, keyOf(turn), nowMs);
        return say(context, notedReply(s, locale));
      }
      case 'action': {
        const again = message.action === 'handoff.start' || message.action === 'handoff.callback';
        return this.sayPlace(context, handoff, again ? s.handoff.already : s.handoff.stillWaiting);
      }
      case 'attachment':
        return say(context, waitingNoticeReply(s.handoff.noFiles, s, locale));
      default:
    }
  }

  /** The bot is silent, but for what would else go nowhere. */
  private async whileTalking(context: TurnContext, handoff: HandoffRecord): Promise<void> {
    const turn = turnOf(context);
    const { message } = turn;
    const { s, locale } = wordsOf(turn);
    if (message.kind === 'text') {
      if (asksToEndTalk(message.text)) return this.leave(context);
      return this.passOn(context, handoff, message.text);
    }
    if (message.kind === 'attachment') return say(context, agentNoticeReply(s.handoff.noFiles, s, locale));
    if (message.kind === 'action') return say(context, agentNoticeReply(s.handoff.withAgent, s, locale));
  }

  private async leave(context: TurnContext): Promise<void> {
    const turn = turnOf(context);
    const { handoffs } = this.parts;
    return this.tell(
      context,
      await handoffs.apply(turn.tx, keyOf(turn), { name: 'customer.leave' }, turn.nowMs),
    );
  }

  private passOn(context: TurnContext, handoff: HandoffRecord, text: string): Promise<void> {
    const turn = turnOf(context);
    const said = { text: redact(text), activityId: context.activity.id ?? '' };
    return this.parts.handoffs.customerSaid(turn.tx, handoff, said, turn.nowMs);
  }

  /** What the customer hears of a change. */
  private async tell(context: TurnContext, change: HandoffChange): Promise<void> {
    const turn = turnOf(context);
    const { s, locale } = wordsOf(turn);
    const t = s.handoff;
    switch (change.kind) {
      case 'none':
      case 'noted':
        return;
      case 'accepted': {
        const name = change.handoff.agent?.name;
        const text = name === undefined ? t.joinedUnnamed : t.joined(name);
        return say(context, agentNoticeReply(text, s, locale));
      }
      case 'moved':
        return say(context, agentNoticeReply(t.moved(change.handoff.agent?.name ?? ''), s, locale));
      case 'requeued':
        return say(context, requeuedReply(s, locale));
      case 'said':
        return sayAs(context, change.name, agentWordsReply(redact(change.text), locale));
      case 'ended':
        return this.sayEnded(context, change);
    }
  }

  private async sayEnded(
    context: TurnContext,
    { closed, summary }: Extract<HandoffChange, { kind: 'ended' }>,
  ): Promise<void> {
    const turn = turnOf(context);
    const { s, locale } = wordsOf(turn);
    const t = s.handoff;
    const { ending } = closed;
    // The bot begins anew: what was half done before belongs to another talk.
    turn.memory.dialogs = undefined;
    turn.memory.failures = 0;
    switch (ending) {
      case 'cancelled':
        return say(context, cancelledReply(s, locale));
      case 'timeout':
        return say(context, nobodyCameReply(closed.callback ? t.callbackTimeout : t.timeout, s, locale));
      case 'failed':
        return this.sayUnreachable(context);
      case 'left':
      case 'resolved':
      case 'returned':
        turn.memory.rating = { handoff: closed.id, atMs: turn.nowMs };
        return say(
          context,
          rateReply({ lead: t[ending], summary: redact(summary), handoffId: closed.id }, s, locale),
        );
    }
  }

  private async sayPlace(context: TurnContext, handoff: HandoffRecord, lead: string): Promise<void> {
    const turn = turnOf(context);
    const { s, locale } = wordsOf(turn);
    const place = await this.parts.handoffs.place(handoff, turn.nowMs);
    await say(context, stillWaitingReply(place, lead, s, locale));
  }

  /** Points for the help that is over: pressed at any time, typed right after the question. */
  private async takeRating(context: TurnContext): Promise<boolean> {
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
      stars = starsIn(message.text) ?? this.starsOfLabel(turn, message.text);
    }
    if (id === undefined || stars === undefined) return false;
    const { s, locale } = wordsOf(turn);
    const counted = await this.parts.handoffs.rate(turn.tx, keyOf(turn), id, stars);
    await say(context, plainHandoffReply(counted ? s.handoff.rated : s.handoff.ratedBefore, s, locale));
    return true;
  }

  private starsOfLabel(turn: DialogTurn, text: string): number | undefined {
    const place = wordsOf(turn).s.handoff.stars.indexOf(text.trim());
    return place < 0 ? undefined : place + 1;
  }

  /** A bare yes to "shall I note it now?" */
  private async takeYes(context: TurnContext): Promise<boolean> {
    const { message, memory } = turnOf(context);
    const offered = memory.callbackOffered === true;
    memory.callbackOffered = undefined;
    if (!offered || message.kind !== 'text' || parseConfirmation(message.text) !== 'yes') return false;
    return this.keepCallback(context);
  }

  /** @returns false when no request of this conversation waits for opening time */
  private async sayKeptAlready(context: TurnContext): Promise<boolean> {
    const turn = turnOf(context);
    const { s, locale } = wordsOf(turn);
    const id = turn.memory.callback;
    const ticket = id === undefined ? undefined : await this.parts.handoffs.callback(turn.tx, id);
    if (ticket === undefined) return false;
    const opens = s.opensAt(turn.nowMs, ticket.opensAtMs);
    await say(context, callbackKeptReply(s.handoff.callbackAlready(opens), s, locale));
    return true;
  }

  private async forgetCallback(turn: DialogTurn): Promise<boolean> {
    const id = turn.memory.callback;
    turn.memory.callback = undefined;
    const ticket = id === undefined ? undefined : await this.parts.handoffs.callback(turn.tx, id);
    if (ticket === undefined) return false;
    await this.parts.handoffs.dropCallback(turn.tx, ticket.id);
    return true;
  }
}

/** In an agent's name: as plain text whatever is in it, and marked for whoever reads the log. */
async function sayAs(context: TurnContext, agent: string, reply: Reply): Promise<void> {
  const activity = replyActivity(reply, context.activity.channelId);
  turnOf(context).memory.shown = undefined;
  await context.sendActivity({
    ...activity,
    textFormat: 'plain',
    channelData: { ...Object(activity.channelData), handoff: { agent } },
  });
}
