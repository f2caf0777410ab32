import type { Clock } from '../../services/clock';
import type { HandoffAnswer } from '../../services/desk/deskApi';
import { auditDesk, type DeskActor } from '../../services/desk/deskAudit';
import type { DeskStore } from '../../services/desk/deskStore';
import type { DeskUser } from '../../services/desk/deskUser';
import { packetOf, summaryOf, summaryOfClosed } from '../../services/desk/handoffView';
import type { ClosedHandoff, HandoffAgent, HandoffRecord } from '../../services/handoff/handoff';
import type { HandoffEventName, HandoffEventValue } from '../../services/handoff/handoffEvents';
import type { LineDirectory } from '../../services/identity/lineDirectory';
import type { JsonValue, LoggedActivity } from '../../services/turn/turnStore';
import type { SystemEventResult, SystemEvents } from '../systemEvents';
import type { HandoffBoard } from './handoffBoard';

export interface DeskHandoffsDeps {
  readonly board: HandoffBoard;
  readonly events: Pick<SystemEvents, 'submit'>;
  readonly store: Pick<DeskStore, 'appendJournal'>;
  readonly lines: Pick<LineDirectory, 'phoneNumberOf'>;
  readonly clock: Clock;
}

/**
 * - `own`: the caller talks with this customer
 * - `seen`: a supervisor looks at somebody else's
 * - `gone`: it has ended, and the caller was the one who had it
 * - `forbidden`: everything else, whether it exists or not
 */
export type Access =
  | { readonly status: 'own' | 'seen'; readonly record: HandoffRecord }
  | { readonly status: 'gone'; readonly closed: ClosedHandoff }
  | { readonly status: 'forbidden' };

/** A message whose turn failed so often is not worth another one. */
const mostAttempts = 10;
/** Ids are UUIDs: `Handoffs.request`. */
const wellFormedId = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** What people at the desk may do with handoffs, checked anew each time against the record as it is now (F33, T28). */
export class DeskHandoffs {
  constructor(private readonly deps: DeskHandoffsDeps) {}

  /** Who calls, and what of this handoff is open to them. Says nothing about those of others. */
  async access(user: Pick<DeskUser, 'name' | 'role'>, id: string): Promise<Access> {
    const { board } = this.deps;
    if (!wellFormedId.test(id)) return { status: 'forbidden' };
    // What has ended never opens again, and to look for it among all open ones is the dearer way.
    const before = board.wasOpen(id) ? undefined : await board.closed(id);
    const record = before === undefined ? await board.find(id) : undefined;
    if (record?.state === 'accepted' && record.agent?.id === user.name) return { status: 'own', record };
    if (record !== undefined) {
      return user.role === 'supervisor' ? { status: 'seen', record } : { status: 'forbidden' };
    }
    const closed = before ?? (await board.closed(id));
    const wasTheirs = closed !== undefined && (closed.agent?.id === user.name || user.role === 'supervisor');
    return wasTheirs ? { status: 'gone', closed } : { status: 'forbidden' };
  }

  /** @returns the record when it is the caller's now */
  async claim(
    actor: DeskActor,
    id: string,
    key: string,
  ): Promise<{ status: 'claimed'; record: HandoffRecord } | { status: 'taken' | 'forbidden' | 'failed' }> {
    const { board, store, clock } = this.deps;
    const before = wellFormedId.test(id) ? await board.find(id) : undefined;
    if (before === undefined) return { status: 'forbidden' };
    const isFree = before.state === 'requested';
    if (isFree)
      await this.send(before, 'handoff.claim', { handoffId: id, agent: agentOf(actor) }, actor, key);
    // Whoever's turn came first has it; the record says who that was.
    const record = isFree ? await board.find(id) : before;
    if (record?.state === 'requested') return { status: 'failed' };
    if (record?.agent?.id !== actor.agent) return { status: 'taken' };
    await auditDesk(store, actor, { kind: 'deskClaimed', handoffId: id }, clock.now());
    return { status: 'claimed', record };
  }

  /** Sends one of an agent's events into the conversation and waits for its turn. A repeat changes nothing. */
  async send<Name extends HandoffEventName>(
    record: Pick<HandoffRecord, 'id' | 'conversationKey'>,
    name: Name,
    value: HandoffEventValue<Name>,
    actor: DeskActor,
    key: string,
  ): Promise<SystemEventResult> {
    const { events, board } = this.deps;
    const action = name.slice(name.indexOf('.') + 1);
    // Of the agent's own: nobody can use up the key of somebody else's action.
    const eventKey = `desk-${action}-${record.id}-${actor.agent}-${key}`;
    const result = await events.submit(record.conversationKey, {
      name,
      value: value as JsonValue,
      key: eventKey,
    });
    board.changed();
    return result;
  }

  /**
   * Says an agent's words to the customer. A turn that failed said nothing and is over for good, its key with it: a
   * repeat of such a message is a new event, again one alone however many repeats come at once.
   * @returns what was said, now or by an earlier call; undefined: nothing, and the same call may be tried again
   */
  async say(
    record: Pick<HandoffRecord, 'id' | 'conversationKey'>,
    text: string,
    actor: DeskActor,
    key: string,
  ): Promise<LoggedActivity | undefined> {
    const value = { handoffId: record.id, agent: agentOf(actor), text };
    for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
      const attemptKey = attempt === 1 ? key : `${key}-${attempt}`;
      const result = await this.send(record, 'handoff.agentMessage', value, actor, attemptKey);
      if (result.status === 'gone') return undefined;
      const said = result.replies.at(0);
      if (said !== undefined || result.repeat !== true) return said;
    }
    return undefined;
  }

  /**
   * As `send`, for what moves or ends a conversation; a transfer is written down.
   * @returns whether it has; false when its turn failed
   */
  async change<Name extends 'handoff.transfer' | 'handoff.return' | 'handoff.resolve'>(
    record: HandoffRecord,
    name: Name,
    value: HandoffEventValue<Name>,
    actor: DeskActor,
    key: string,
  ): Promise<boolean> {
    const { board, store, clock } = this.deps;
    await this.send(record, name, value, actor, key);
    const now = await board.find(record.id);
    if (now !== undefined && placeOf(now) === placeOf(record)) return false;
    if (name === 'handoff.transfer' && now !== undefined) {
      const to = now.agent?.id ?? now.skill;
      await auditDesk(store, actor, { kind: 'deskTransferred', handoffId: now.id, to }, clock.now());
    }
    return true;
  }

  async answerOf(record: HandoffRecord): Promise<HandoffAnswer> {
    const { board, clock } = this.deps;
    const packet = await board.packet(record.id, clock.now());
    return {
      summary: summaryOf(record, true),
      packet: packet === undefined ? null : packetOf(packet),
      notes: [...record.notes],
      lastSeq: packet?.lastSeq ?? 0,
    };
  }

  /** What is left of one that has ended: no packet, nothing that anybody said. */
  answerOfClosed(closed: ClosedHandoff): HandoffAnswer {
    const rating = closed.rating === undefined ? {} : { rating: closed.rating };
    return { summary: summaryOfClosed(closed), packet: null, notes: [], lastSeq: 0, ...rating };
  }

  /**
   * The verified line's number, written down first with the reason.
   * @returns undefined when nobody was verified, or that is too long ago to be known
   * @throws StoreUnavailableError, LineSystemUnavailableError: nothing was shown
   */
  async unmask(actor: DeskActor, record: HandoffRecord, reason: string): Promise<string | undefined> {
    const { board, store, lines, clock } = this.deps;
    const lineId = (await board.packet(record.id, clock.now()))?.verification.lineId;
    if (lineId === undefined) return undefined;
    const event = { kind: 'deskUnmasked', handoffId: record.id, reason } as const;
    await auditDesk(store, actor, event, clock.now());
    const digits = await lines.phoneNumberOf(lineId);
    return digits?.replace(/^(\d{3})(\d{3,4})(\d{4})$/, '$1-$2-$3');
  }

  /** Somebody reached for what is not theirs. */
  noteRefusal(actor: DeskActor, what: string, handoffId: string): Promise<void> {
    // Whatever else somebody puts there has no place in the log.
    const id = wellFormedId.test(handoffId) ? handoffId : null;
    const event = { kind: 'deskRefused', what, handoffId: id } as const;
    return auditDesk(this.deps.store, actor, event, this.deps.clock.now());
  }

  /** A supervisor looked into somebody else's conversation. */
  noteView(actor: DeskActor, handoffId: string): Promise<void> {
    return auditDesk(this.deps.store, actor, { kind: 'deskViewed', handoffId }, this.deps.clock.now());
  }
}

/** Who has it, or where it waits. */
function placeOf({ state, agent, skill, wait }: HandoffRecord): string {
  return JSON.stringify([state, agent?.id, skill, wait]);
}

export function agentOf({ agent }: Pick<DeskActor, 'agent'>): HandoffAgent {
  return { id: agent, name: agent };
}
