import { z } from 'zod';
import { handoffAgent } from './handoff';

const handoffId = z.string().min(1).max(128);
const text = z.string().trim().min(1).max(4_000);
/** Absent: whoever has it. Present: counts only when they have it. */
const by = handoffAgent.optional();

/**
 * What can happen to a handoff from our own side, as values of system events (`bot/systemEvents.ts`). Each names the
 * handoff it is about: one that is not current any more changes nothing. `handoff.status` is Bot Framework's own, for
 * hubs outside; `message` is theirs and is not shown.
 */
export const handoffEventValues = {
  'handoff.claim': z.object({ handoffId, agent: handoffAgent }),
  'handoff.agentMessage': z.object({ handoffId, agent: handoffAgent, text }),
  'handoff.note': z.object({ handoffId, agent: handoffAgent, text }),
  'handoff.transfer': z.object({
    handoffId,
    by,
    to: z.union([z.object({ agent: handoffAgent }), z.object({ skill: z.string().min(1).max(40) })]),
  }),
  /** `summary`: one line for the customer; '' for none. */
  'handoff.return': z.object({ handoffId, by, summary: z.string().trim().max(1_000) }),
  'handoff.resolve': z.object({ handoffId, by }),
  'handoff.status': z.object({
    handoffId,
    state: z.enum(['accepted', 'failed', 'completed']),
    agent: handoffAgent.optional(),
    message: z.string().max(1_000).optional(),
  }),
  'handoff.timeout': z.object({ handoffId, wait: z.number().int() }),
  /** Opening time has come for a callback ticket. */
  'handoff.callbackDue': z.object({ handoffId }),
} as const;

export type HandoffEventName = keyof typeof handoffEventValues;
export const handoffEventNames = Object.keys(handoffEventValues) as readonly HandoffEventName[];

export type HandoffEventValue<Name extends HandoffEventName> = z.output<(typeof handoffEventValues)[Name]>;

/** An event with its value, read and checked. */
export type HandoffEvent = {
  readonly [Name in HandoffEventName]: { readonly name: Name; readonly value: HandoffEventValue<Name> };
}[HandoffEventName];

/** @returns undefined when it is no event of a handoff, or its value has another shape */
export function readHandoffEvent(name: string, value: unknown): HandoffEvent | undefined {
  const known = handoffEventNames.find((one) => one === name);
  if (known === undefined) return undefined;
  const parsed = handoffEventValues[known].safeParse(value);
  // Name and value belong together: both come from the same entry of the table.
  return parsed.success ? ({ name: known, value: parsed.data } as HandoffEvent) : undefined;
}
