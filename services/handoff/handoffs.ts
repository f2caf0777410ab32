import type { Topic } from '../intent/intent';
import { streamOf } from '../journal/journal';
import type { Randomness } from '../randomness';
import type { JsonValue, LoggedActivity, TurnStore } from '../turn/turnStore';
import type { TurnTransaction } from '../turn/turnTransaction';
import {
  type CallbackTicket,
  callbackKey,
  callbackTicket,
  closedHandoff,
  closedKey,
  type HandoffPacket,
  type HandoffReason,
  type HandoffRecord,
  handoffKey,
  packetKey,
  readHandoff,
} from './handoff';
import type { HandoffEvent } from './handoffEvents';
import { type CustomerStep, changeOf, type HandoffChange } from './handoffMachine';
import type { HandoffProvider } from './handoffProvider';
import { notePickup, type WaitingPlace, waitingPlace } from './handoffWaits';
import type { SealedPackets } from './sealedPackets';

const dayMs = 24 * 3_600_000;
/** Nobody comes back to one of these. */
const openLifeMs = 30 * dayMs;
const closedLifeMs = 30 * dayMs;
/** A packet is for the conversation that follows, not for ever. */
export const packetLifeMs = dayMs;
/** Who asked for a callback need not be there; agents take their time. */
const callbackTimeoutMs = 3 * dayMs;
const logTail = 60;

export interface HandoffsDeps {
  readonly store: Pick<TurnStore, 'listRecords' | 'readLog' | 'lastSeq'>;
  readonly randomness: Pick<Randomness, 'uuid'>;
  readonly provider: HandoffProvider;
  /** How long a customer waits in the chat before hearing that nobody came, ms. */
  readonly timeoutMs: number;
  readonly packets: SealedPackets;
}

/** What is known when somebody wants a person. */
export interface HandoffRequest {
  readonly conversationKey: string;
  readonly channelId: string;
  readonly language: 'ko' | 'en';
  readonly reason: HandoffReason;
  readonly topic?: Topic | undefined;
  readonly packet: HandoffPacket;
}

/** Handoffs as their conversations' turns change them: everything goes through the turn's transaction. */
export class Handoffs {
  constructor(private readonly deps: HandoffsDeps) {}

  /** Whether there is anybody to hand over to, at some time of the week. */
  get isPossible(): boolean {
    return this.deps.provider.isOpen;
  }

  /** The conversation's handoff; undefined: the bot talks. A damaged record counts as none. */
  async current(tx: TurnTransaction, conversationKey: string): Promise<HandoffRecord | undefined> {
    return readHandoff(await tx.read(handoffKey(conversationKey)));
  }

  /** The end of a conversation's log, oldest first, for the packet. */
  async logOf(conversationKey: string): Promise<readonly LoggedActivity[]> {
    const { store } = this.deps;
    const last = await store.lastSeq(conversationKey);
    return last === 0 ? [] : store.readLog(conversationKey, Math.max(0, last - logTail), logTail);
  }

  /** Puts the customer into the queue. @param initiation see `HandoffProvider.requested` */
  async request(
    tx: TurnTransaction,
    request: HandoffRequest,
    initiation: JsonValue,
    nowMs: number,
  ): Promise<HandoffRecord> {
    const facts = { ...factsOf(request), id: this.deps.randomness.uuid(), callback: false };
    await tx.write(packetKey(facts.id), this.deps.packets.seal(request.packet), request.packet.expiresAtMs);
    return this.enterQueue(tx, facts, request.packet, initiation, nowMs);
  }

  /**
   * Where the customer would stand or stands, read beside the turn: the queue moves while one looks.
   * @throws StoreUnavailableError
   */
  place({ id, waitingSinceMs }: HandoffRecord, nowMs: number): Promise<WaitingPlace> {
    return waitingPlace(this.deps.store, { id, sinceMs: waitingSinceMs }, nowMs);
  }

  /** Applies what happened and keeps what comes of it. */
  async apply(
    tx: TurnTransaction,
    conversationKey: string,
    step: HandoffEvent | CustomerStep,
    nowMs: number,
  ): Promise<HandoffChange> {
    const change = changeOf(await this.current(tx, conversationKey), step, nowMs);
    switch (change.kind) {
      case 'none':
      case 'said':
        break;
      case 'accepted':
        await this.save(tx, change.handoff, nowMs);
        if (!change.handoff.callback) await notePickup(tx, change.handoff.id, change.waitedMs, nowMs);
        this.note(tx, change.handoff.id, { kind: 'accepted', waitedMs: change.waitedMs });
        break;
      case 'noted':
      case 'moved':
        await this.save(tx, change.handoff, nowMs);
        break;
      case 'requeued':
        await this.save(tx, change.handoff, nowMs);
        this.startTimer(tx, change.handoff, nowMs);
        break;
      case 'ended': {
        const { closed } = change;
        await tx.delete(handoffKey(conversationKey));
        await tx.delete(packetKey(closed.id));
        await tx.write(closedKey(closed.id), plain(closed), nowMs + closedLifeMs);
        this.note(tx, closed.id, {
          kind: 'ended',
          ending: closed.ending,
          reason: closed.reason,
          skill: closed.skill,
          lastedMs: nowMs - closed.requestedAtMs,
        });
        this.deps.provider.ended(tx, closed);
      }
    }
    return change;
  }

  /** Tells whoever has it what the customer said. @param text masked */
  async customerSaid(
    tx: TurnTransaction,
    handoff: HandoffRecord,
    { text, activityId }: { readonly text: string; readonly activityId: string },
    nowMs: number,
  ): Promise<void> {
    await this.apply(tx, handoff.conversationKey, { name: 'customer.message', text }, nowMs);
    this.deps.provider.customerSaid(tx, handoff, text, activityId);
  }

  /** Notes when the customer who waits was told that what they write is passed on. */
  async told(tx: TurnTransaction, conversationKey: string, nowMs: number): Promise<void> {
    const handoff = await this.current(tx, conversationKey);
    if (handoff !== undefined) await this.save(tx, { ...handoff, toldAtMs: nowMs }, nowMs);
  }

  /**
   * The customer's rating of one that has ended, once, kept without anything personal.
   * @param stars 1 to 5
   * @returns false when there is nothing to rate, or it has been rated
   */
  async rate(
    tx: TurnTransaction,
    conversationKey: string,
    handoffId: string,
    stars: number,
  ): Promise<boolean> {
    const found = closedHandoff.safeParse(await tx.read(closedKey(handoffId)));
    if (!found.success || found.data.conversationKey !== conversationKey) return false;
    if (found.data.rating !== undefined || found.data.state !== 'completed') return false;
    await tx.write(
      closedKey(handoffId),
      plain({ ...found.data, rating: stars }),
      found.data.endedAtMs + closedLifeMs,
    );
    this.note(tx, handoffId, { kind: 'rated', stars, reason: found.data.reason, skill: found.data.skill });
    return true;
  }

  /** A callback at the next opening, in place of a queue that nobody looks at. @param opensAtMs epoch ms */
  async askCallback(
    tx: TurnTransaction,
    request: HandoffRequest,
    opensAtMs: number,
    nowMs: number,
  ): Promise<CallbackTicket> {
    const facts = factsOf(request);
    const ticket: CallbackTicket = {
      ...facts,
      id: this.deps.randomness.uuid(),
      requestedAtMs: nowMs,
      opensAtMs,
    };
    await tx.write(packetKey(ticket.id), this.deps.packets.seal(request.packet), request.packet.expiresAtMs);
    await tx.write(callbackKey(ticket.id), plain(ticket), opensAtMs + callbackTimeoutMs);
    tx.enqueue({
      key: callbackTimerKey(ticket.id),
      kind: 'systemEvent',
      payload: {
        conversationKey: ticket.conversationKey,
        name: 'handoff.callbackDue',
        value: { handoffId: ticket.id },
      },
      notBeforeMs: opensAtMs,
    });
    this.note(tx, ticket.id, { kind: 'callbackAsked', reason: ticket.reason, skill: ticket.skill });
    return ticket;
  }

  /** The ticket, while it waits for the opening. */
  async callback(tx: TurnTransaction, id: string): Promise<CallbackTicket | undefined> {
    const parsed = callbackTicket.safeParse(await tx.read(callbackKey(id)));
    return parsed.success ? parsed.data : undefined;
  }

  async dropCallback(tx: TurnTransaction, id: string): Promise<void> {
    await tx.delete(callbackKey(id));
    await tx.delete(packetKey(id));
    this.note(tx, id, { kind: 'callbackDropped' });
  }

  /** Opening time: the ticket joins the queue. @returns undefined when it was dropped, or somebody is with them */
  async callbackDue(tx: TurnTransaction, id: string, nowMs: number): Promise<HandoffRecord | undefined> {
    const ticket = await this.callback(tx, id);
    if (ticket === undefined) return undefined;
    await tx.delete(callbackKey(id));
    if ((await this.current(tx, ticket.conversationKey)) !== undefined) {
      await tx.delete(packetKey(id));
      return undefined;
    }
    const packet = this.deps.packets.open(await tx.read(packetKey(id)));
    const { opensAtMs: _, ...facts } = ticket;
    return this.enterQueue(tx, { ...facts, callback: true }, packet, {}, nowMs);
  }

  private async enterQueue(
    tx: TurnTransaction,
    facts: ReturnType<typeof factsOf> & { readonly id: string; readonly callback: boolean },
    packet: HandoffPacket | undefined,
    initiation: JsonValue,
    nowMs: number,
  ): Promise<HandoffRecord> {
    const handoff: HandoffRecord = {
      ...facts,
      state: 'requested',
      requestedAtMs: nowMs,
      waitingSinceMs: nowMs,
      wait: 1,
      notes: [],
    };
    await this.save(tx, handoff, nowMs);
    this.startTimer(tx, handoff, nowMs);
    const { reason, skill, language, callback, verified } = handoff;
    this.note(tx, handoff.id, { kind: 'requested', reason, skill, language, callback, verified });
    if (packet !== undefined) this.deps.provider.requested(tx, handoff, packet, initiation);
    return handoff;
  }

  private save(tx: TurnTransaction, handoff: HandoffRecord, nowMs: number): Promise<void> {
    return tx.write(handoffKey(handoff.conversationKey), plain(handoff), nowMs + openLifeMs);
  }

  private startTimer(
    tx: TurnTransaction,
    { id, conversationKey, wait, callback }: HandoffRecord,
    nowMs: number,
  ) {
    tx.enqueue({
      key: timeoutTimerKey(id, wait),
      kind: 'systemEvent',
      payload: { conversationKey, name: 'handoff.timeout', value: { handoffId: id, wait } },
      notBeforeMs: nowMs + (callback ? callbackTimeoutMs : this.deps.timeoutMs),
    });
  }

  /** For counting: how long people waited, why they came, how it ended. Nothing personal. */
  private note(tx: TurnTransaction, handoffId: string, body: { readonly [key: string]: JsonValue }): void {
    tx.note({ stream: streamOf('handoff', handoffId), body: { ...body, handoff: handoffId } });
  }
}

/** The outbox entry that ends a wait. */
export function timeoutTimerKey(handoffId: string, wait: number): string {
  return `handoff/timeout/${handoffId}/${wait}`;
}

/** The outbox entry that brings a callback ticket into the queue. */
export function callbackTimerKey(id: string): string {
  return `handoff/callback/${id}`;
}

function factsOf({ conversationKey, channelId, language, reason, topic, packet }: HandoffRequest) {
  return {
    conversationKey,
    channelId,
    language,
    reason,
    ...(topic === undefined ? {} : { topic }),
    skill: skillFor(reason, topic),
    verified: packet.verification.level !== 'acr0',
  };
}

/** Who should take it up first. */
function skillFor(reason: HandoffReason, topic: Topic | undefined): string {
  if (reason === 'distress' || reason === 'upset') return 'care';
  if (reason === 'verificationFailed' || topic === 'identity_check') return 'identity';
  return reason === 'suspended' || topic === 'suspension' ? 'suspension' : 'billing';
}

/** As JSON keeps it: without what is undefined. */
function plain(value: object): JsonValue {
  return JSON.parse(JSON.stringify(value));
}
