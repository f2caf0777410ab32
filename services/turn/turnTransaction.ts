import type { JournalEntry } from '../journal/journal';
import type { JsonValue } from './turnStore';

/**
 * Everything a turn may change. Nothing leaves before the commit: records are compared-and-set, outbox
 * entries are delivered afterwards. A conflict runs the whole turn again on a fresh transaction, so code
 * that uses one must have no other side effect.
 */
export interface TurnTransaction {
  /** The record's value as of this turn, this turn's own writes included. undefined = absent. */
  read(key: string): Promise<JsonValue | undefined>;
  /** @param expiresAtMs epoch ms after which the record may be removed; never, when absent */
  write(key: string, value: JsonValue, expiresAtMs?: number): Promise<void>;
  delete(key: string): Promise<void>;
  /** Delivered once after the commit; a known `key` is not delivered again. */
  enqueue(entry: {
    key: string;
    kind: string;
    payload: JsonValue;
    notBeforeMs?: number;
    /** See `OutboxEntry.lane`. */
    lane?: string;
  }): void;
  /** Written down for good with the commit. */
  note(entry: JournalEntry): void;
}
