import type { TurnContext } from 'botbuilder';
import type { DialogContext } from 'botbuilder-dialogs';
import {
  agentNoticeReply,
  handoffRequestedReply,
  notedReply,
  stillWaitingReply,
  waitingNoticeReply,
} from '../cards/handoffReplies';
import type { InChat } from '../cards/humanAgentCard';
import type { Reply } from '../cards/reply';
import type { HandoffRecord } from '../services/handoff/handoff';
import { handoffEventNames, readHandoffEvent } from '../services/handoff/handoffEvents';
import type { HandoffChange } from '../services/handoff/handoffMachine';
import { redact } from '../services/redaction/redaction';
import type { JsonValue } from '../services/turn/turnStore';
import { type DialogTurn, turnOf, wordsOf } from './dialogTurn';
import { soundsInDanger } from './distressWords';
import { HandoffCallback, type HandoffCallbackParts } from './handoffCallback';
import { handoffRequest, initiationOf, keyOf, noteHandedOver } from './handoffFacts';
import { tellChange } from './handoffNews';
import { takeRating } from './handoffRating';
import { sayDuring } from './handoffSpeech';
import { asksHowLong, asksToEndTalk, asksToStopWaiting } from './handoffWords';
import { takePending } from './pendingRequests';
import { peopleInChat } from './peopleInChat';
import type { SystemEventHandler } from './systemEventHandler';

export interface HandoffConversationParts extends HandoffCallbackParts {
  /** For somebody whose life may be in danger. */
  readonly danger: (turn: DialogTurn) => Reply;
}

/** So often one who waits and writes is told that it is passed on. */
const tellAgainMs = 60_000;

/** The conversation around a person: asking for one, waiting, being silent while they talk, and what comes after. */
export class HandoffConversation implements SystemEventHandler {
  readonly names = handoffEventNames;

  private readonly callback: HandoffCallback;

  constructor(private readonly parts: HandoffConversationParts) {
    this.callback = new HandoffCallback(parts);
  }

  /** What people can do in this chat at this moment. */
  inChat(turn: DialogTurn): InChat {
    return peopleInChat(turn, this.parts);
  }

  /**
   * Takes the message when it is for a person, or about one.
   * @returns false when the dialogs are to answer it
   */
  async takeMessage(context: TurnContext): Promise<boolean> {
    const turn = turnOf(context);
    const handoff = await this.parts.handoffs.current(turn.tx, keyOf(turn));
    if (handoff === undefined) return this.takeAfterwards(context);
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
    if (here.state === 'later') return this.callback.sayKeptAlready(context);
    if (here.state !== 'now') return false;
    await this.callback.forget(turn);
    const request = await handoffRequest(turn, this.parts, turn.nowMs);
    const handoff = await handoffs.request(turn.tx, request, initiationOf(context, request), turn.nowMs);
    noteHandedOver(turn, handoff.id, request);
    turn.memory.failures = 0;
    turn.memory.trouble = undefined;
    await sayDuring(
      context,
      handoff,
      handoffRequestedReply(await handoffs.place(handoff, turn.nowMs), s, locale),
    );
    return true;
  }

  /** Keeps a request for opening time; when people are there now, it calls one. */
  private async keepCallback(context: TurnContext): Promise<boolean> {
    return (await this.callback.keep(context)) || this.start(context);
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
    if (asked === 'drop') await this.callback.drop(dc.context);
    else if (await this.keepCallback(dc.context)) await dc.cancelAllDialogs();
    else return false;
    return true;
  }

  /** What an agent, a hub or the clock does. */
  async take(context: TurnContext, { name, value }: { name: string; value: JsonValue }): Promise<void> {
    const turn = turnOf(context);
    const { handoffs } = this.parts;
    const event = readHandoffEvent(name, value);
    if (event === undefined) return;
    if (event.name === 'handoff.callbackDue') return this.callback.due(context, event.value.handoffId);
    return this.tell(context, await handoffs.apply(turn.tx, keyOf(turn), event, turn.nowMs));
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
        if (soundsInDanger(text)) return sayDuring(context, handoff, this.parts.danger(turn));
        if (asksHowLong(text)) return this.sayPlace(context, handoff, s.handoff.stillWaiting);
        const { toldAtMs } = handoff;
        if (toldAtMs !== undefined && nowMs - toldAtMs < tellAgainMs) return;
        await this.parts.handoffs.told(turn.tx, keyOf(turn), nowMs);
        return sayDuring(context, handoff, notedReply(s, locale));
      }
      case 'action': {
        const again = message.action === 'handoff.start' || message.action === 'handoff.callback';
        return this.sayPlace(context, handoff, again ? s.handoff.already : s.handoff.stillWaiting);
      }
      case 'attachment':
        return sayDuring(context, handoff, waitingNoticeReply(s.handoff.noFiles, s, locale));
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
    if (message.kind === 'attachment')
      return sayDuring(context, handoff, agentNoticeReply(s.handoff.noFiles, s, locale));
    if (message.kind === 'action')
      return sayDuring(context, handoff, agentNoticeReply(s.handoff.withAgent, s, locale));
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

  private tell(context: TurnContext, change: HandoffChange): Promise<void> {
    return tellChange(context, change, this.callback);
  }

  private async sayPlace(context: TurnContext, handoff: HandoffRecord, lead: string): Promise<void> {
    const turn = turnOf(context);
    const { s, locale } = wordsOf(turn);
    const place = await this.parts.handoffs.place(handoff, turn.nowMs);
    await sayDuring(context, handoff, stillWaitingReply(place, lead, s, locale));
  }

  /** Points for a talk that is over, or a yes to what was offered in its place. */
  private async takeAfterwards(context: TurnContext): Promise<boolean> {
    if (await takeRating(context, this.parts.handoffs)) return true;
    return this.callback.takesYes(turnOf(context)) && this.keepCallback(context);
  }
}
