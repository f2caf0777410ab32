import { redact } from '../redaction/redaction';
import { cutAt } from '../turn/cleanText';
import type { ClosedHandoff, HandoffAgent, HandoffEnding, HandoffRecord } from './handoff';
import type { HandoffEvent } from './handoffEvents';

/** What the customer does to a handoff. */
export type CustomerStep =
  /** @param text masked */
  | { readonly name: 'customer.message'; readonly text: string }
  /** Cancels while waiting; ends it while a person talks. */
  | { readonly name: 'customer.leave' };

/** What an event changes. Everything that is not about the current handoff, or comes twice, is 'none'. */
export type HandoffChange =
  | { readonly kind: 'none' }
  | { readonly kind: 'accepted'; readonly handoff: HandoffRecord; readonly waitedMs: number }
  | { readonly kind: 'said'; readonly handoff: HandoffRecord; readonly name: string; readonly text: string }
  /** A note was added, the skill changed, or the customer said something. */
  | { readonly kind: 'noted'; readonly handoff: HandoffRecord }
  /** Another agent has it now. */
  | { readonly kind: 'moved'; readonly handoff: HandoffRecord }
  /** It waits again. */
  | { readonly kind: 'requeued'; readonly handoff: HandoffRecord }
  /** @param summary what the agent leaves for the customer; '' for nothing */
  | { readonly kind: 'ended'; readonly closed: ClosedHandoff; readonly summary: string };

const none: HandoffChange = { kind: 'none' };
const mostNotes = 50;
const longestLastText = 200;

/**
 * The state machine, as a pure function: the same event at the same record always gives the same change. Who may ask
 * for a change is checked here too, so that of two agents who want the same one only the first gets it.
 * @param current the conversation's handoff; undefined: the bot talks
 * @param atMs epoch ms
 */
export function changeOf(
  current: HandoffRecord | undefined,
  step: HandoffEvent | CustomerStep,
  atMs: number,
): HandoffChange {
  if (current === undefined) return none;
  switch (step.name) {
    case 'customer.message':
      return noted(current, { lastText: cutAt(step.text, longestLastText) });
    case 'customer.leave':
      return ended(current, current.state === 'requested' ? 'cancelled' : 'left', atMs);
    default:
      return step.value.handoffId === current.id ? ofSystem(current, step, atMs) : none;
  }
}

function ofSystem(current: HandoffRecord, event: HandoffEvent, atMs: number): HandoffChange {
  const waiting = current.state === 'requested';
  switch (event.name) {
    case 'handoff.claim':
      return waiting ? accepted(current, event.value.agent, atMs) : none;
    case 'handoff.agentMessage': {
      const { agent, text } = event.value;
      return has(current, agent) ? { kind: 'said', handoff: current, name: agent.name, text } : none;
    }
    case 'handoff.note': {
      const { agent, text } = event.value;
      if (!has(current, agent)) return none;
      const notes = [...current.notes, { by: agent.name, text: redact(text), atMs }].slice(-mostNotes);
      return noted(current, { notes });
    }
    case 'handoff.transfer':
      return mayAct(current, event.value.by) ? transferred(current, event.value.to, atMs) : none;
    case 'handoff.return':
      return !waiting && mayAct(current, event.value.by)
        ? ended(current, 'returned', atMs, event.value.summary)
        : none;
    case 'handoff.resolve':
      return !waiting && mayAct(current, event.value.by) ? ended(current, 'resolved', atMs) : none;
    case 'handoff.status':
      return ofStatus(current, event.value, atMs);
    case 'handoff.timeout':
      return waiting && event.value.wait === current.wait ? ended(current, 'timeout', atMs) : none;
    case 'handoff.callbackDue':
      return none;
  }
}

/** Statuses of a hub may come twice or out of order: 'completed' ends it at any time, 'failed' only while waiting. */
function ofStatus(
  current: HandoffRecord,
  { state, agent }: Extract<HandoffEvent, { name: 'handoff.status' }>['value'],
  atMs: number,
): HandoffChange {
  const waiting = current.state === 'requested';
  if (state === 'accepted') return waiting ? accepted(current, agent, atMs) : none;
  if (state === 'completed') return ended(current, 'resolved', atMs);
  return waiting ? ended(current, 'failed', atMs) : none;
}

function accepted(current: HandoffRecord, agent: HandoffAgent | undefined, atMs: number): HandoffChange {
  const { agent: _, ...rest } = current;
  return {
    kind: 'accepted',
    handoff: {
      ...rest,
      state: 'accepted',
      acceptedAtMs: atMs,
      ...(agent === undefined ? {} : { agent }),
    },
    waitedMs: Math.max(0, atMs - current.waitingSinceMs),
  };
}

function transferred(
  current: HandoffRecord,
  to: Extract<HandoffEvent, { name: 'handoff.transfer' }>['value']['to'],
  atMs: number,
): HandoffChange {
  if ('agent' in to) {
    if (current.state === 'requested') return accepted(current, to.agent, atMs);
    return has(current, to.agent) ? none : { kind: 'moved', handoff: { ...current, agent: to.agent } };
  }
  if (current.state === 'requested') return to.skill === current.skill ? none : noted(current, to);
  const { agent: _, acceptedAtMs: __, toldAtMs: ___, ...rest } = current;
  return {
    kind: 'requeued',
    handoff: { ...rest, state: 'requested', skill: to.skill, wait: current.wait + 1, waitingSinceMs: atMs },
  };
}

function noted(current: HandoffRecord, parts: Partial<HandoffRecord>): HandoffChange {
  return { kind: 'noted', handoff: { ...current, ...parts } };
}

function ended(current: HandoffRecord, ending: HandoffEnding, atMs: number, summary = ''): HandoffChange {
  return { kind: 'ended', closed: closedOf(current, ending, atMs), summary };
}

/** What is left of a handoff: nothing that anybody wrote. */
function closedOf(current: HandoffRecord, ending: HandoffEnding, endedAtMs: number): ClosedHandoff {
  const { notes: _, lastText: __, toldAtMs: ___, wait: ____, waitingSinceMs: _____, ...facts } = current;
  return { ...facts, state: stateAfter(ending), ending, endedAtMs };
}

function stateAfter(ending: HandoffEnding): ClosedHandoff['state'] {
  if (ending === 'cancelled') return 'cancelled';
  return ending === 'timeout' || ending === 'failed' ? 'failed' : 'completed';
}

/** Whether this agent has it. */
function has({ state, agent: owner }: HandoffRecord, agent: HandoffAgent): boolean {
  return state === 'accepted' && owner?.id === agent.id;
}

/** Whoever is not named has been checked by the caller (a supervisor, a hub). */
function mayAct(current: HandoffRecord, by: HandoffAgent | undefined): boolean {
  return by === undefined || has(current, by);
}
