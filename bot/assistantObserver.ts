import type { Understanding } from '../services/intent/intent';
import type { TurnObservation } from './turnWatch';

/** Who counts what the assistant does; knows no text and no ids. */
export interface AssistantObserver {
  turn(turn: TurnObservation): void;
  understood(understanding: Understanding): void;
  delivered(facts: { kind: string; attempt: number; lagMs: number }): void;
  notDelivered(facts: { kind: string; attempt: number; code: string; givenUp: boolean }): void;
  /** A back end is not asked any more, or is again. */
  circuit(backEnd: string, part: string, state: 'open' | 'closed'): void;
}
