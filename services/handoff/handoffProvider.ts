import type { JsonValue } from '../turn/turnStore';
import type { TurnTransaction } from '../turn/turnTransaction';
import type { ClosedHandoff, HandoffPacket, HandoffRecord } from './handoff';

/**
 * Where people sit who take handoffs up. It is told within the turn's transaction: what it has to send goes into the
 * outbox (kind 'handoff', one lane a handoff), so that nothing leaves before the commit and nothing is lost after it.
 * What comes back are system events (`handoffEvents.ts`).
 */
export interface HandoffProvider {
  /** Whether customers can be handed over at all. */
  readonly isOpen: boolean;
  /** A customer waits. @param initiation Bot Framework's `handoff.initiate` event, redacted, for hubs that read it */
  requested(tx: TurnTransaction, handoff: HandoffRecord, packet: HandoffPacket, initiation: JsonValue): void;
  /** The customer writes to whoever has it. @param text masked @param activityId makes a repeat of it the same */
  customerSaid(tx: TurnTransaction, handoff: HandoffRecord, text: string, activityId: string): void;
  /** It is over, whoever ended it. */
  ended(tx: TurnTransaction, closed: ClosedHandoff): void;
}

/** The built-in desk reads records and log: it needs no telling. */
export const deskProvider: HandoffProvider = {
  isOpen: true,
  requested: () => undefined,
  customerSaid: () => undefined,
  ended: () => undefined,
};

/** Nobody sits anywhere: customers hear which numbers to call. */
export const noProvider: HandoffProvider = { ...deskProvider, isOpen: false };
