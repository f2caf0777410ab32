import type { TurnContext } from 'botbuilder';
import {
  callbackKeptReply,
  nobodyCameReply,
  plainHandoffReply,
  waitingNoticeReply,
} from '../cards/handoffReplies';
import type { OpenState } from '../services/faq/openingHours';
import type { CallbackTicket } from '../services/handoff/handoff';
import { parseConfirmation } from '../services/intent/entities/confirmation';
import { type DialogTurn, say, turnOf, wordsOf } from './dialogTurn';
import { type FactSources, handoffRequest, noteHandedOver } from './handoffFacts';
import { sayDuring } from './handoffSpeech';
import { peopleInChat } from './peopleInChat';

export interface HandoffCallbackParts extends FactSources {
  /** Whether people are at the desk at a moment, epoch ms. */
  readonly hours: (nowMs: number) => OpenState;
}

/** A hub that cannot be reached is tried again with a kept request then. */
const hubRestMs = 30 * 60_000;

/** The request that a customer has kept until people are there: asking for it, being told of it, taking it back. */
export class HandoffCallback {
  constructor(private readonly parts: HandoffCallbackParts) {}

  /** Keeps a request for opening time. @returns false when people can be called now, or never */
  async keep(context: TurnContext): Promise<boolean> {
    const turn = turnOf(context);
    const { s, locale } = wordsOf(turn);
    const opensAtMs = this.keptUntil(turn);
    if (opensAtMs === undefined) return false;
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

  /** The hub cannot be reached: the customer may have the request kept. */
  sayUnreachable(context: TurnContext): Promise<void> {
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

  /** Whether this is a bare yes to "shall I note it now?". The offer stands for one message. */
  takesYes({ message, memory }: DialogTurn): boolean {
    const offered = memory.callbackOffered === true;
    memory.callbackOffered = undefined;
    return offered && message.kind === 'text' && parseConfirmation(message.text) === 'yes';
  }

  /** @returns false when no request of this conversation waits for opening time */
  async sayKeptAlready(context: TurnContext): Promise<boolean> {
    const turn = turnOf(context);
    const { s, locale } = wordsOf(turn);
    const ticket = await this.kept(turn);
    if (ticket === undefined) return false;
    const opens = s.opensAt(turn.nowMs, ticket.opensAtMs);
    await say(context, callbackKeptReply(s.handoff.callbackAlready(opens), s, locale));
    return true;
  }

  /** The customer takes it back, and hears so. */
  async drop(context: TurnContext): Promise<void> {
    const turn = turnOf(context);
    const { s, locale } = wordsOf(turn);
    const dropped = await this.forget(turn);
    const text = dropped ? s.handoff.callbackDropped : s.handoff.callbackGone;
    await say(context, plainHandoffReply(text, s, locale));
  }

  /** Takes it back without a word. @returns false when there was none */
  async forget(turn: DialogTurn): Promise<boolean> {
    const ticket = await this.kept(turn);
    turn.memory.callback = undefined;
    if (ticket === undefined) return false;
    await this.parts.handoffs.dropCallback(turn.tx, ticket.id);
    return true;
  }

  /** Opening time has come. @param id of the request that was kept until now */
  async due(context: TurnContext, id: string): Promise<void> {
    const turn = turnOf(context);
    const handoff = await this.parts.handoffs.callbackDue(turn.tx, id, turn.nowMs);
    if (turn.memory.callback === id) turn.memory.callback = undefined;
    if (handoff === undefined) return;
    turn.memory.dialogs = undefined;
    const { s, locale } = wordsOf(turn);
    await sayDuring(context, handoff, waitingNoticeReply(s.handoff.callbackDue, s, locale));
  }

  /** When a request that is kept now is answered from; undefined: people can be called now, or never. */
  private keptUntil(turn: DialogTurn): number | undefined {
    const here = peopleInChat(turn, this.parts);
    if (here.state === 'later') return here.opensAtMs;
    const { callbackFromMs = 0 } = turn.memory;
    turn.memory.callbackFromMs = undefined;
    return here.state === 'now' && callbackFromMs > turn.nowMs ? callbackFromMs : undefined;
  }

  private async kept({ memory, tx }: DialogTurn): Promise<CallbackTicket | undefined> {
    const id = memory.callback;
    return id === undefined ? undefined : this.parts.handoffs.callback(tx, id);
  }
}
