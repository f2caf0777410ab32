import { StoreUnavailableError } from '../errors';
import type { JsonValue, TurnStore } from '../turn/turnStore';

/** What the desk needs of the store, outside of any turn. */
export type DeskStore = Pick<
  TurnStore,
  'readRecord' | 'writeRecords' | 'listRecords' | 'appendJournal' | 'readLog' | 'lastSeq'
>;

export interface RecordChange<Result> {
  readonly result: Result;
  /** undefined: the record stays as it is. */
  readonly change?: { readonly value: JsonValue; readonly expiresAtMs?: number } | 'delete';
}

const mostAttempts = 50;

/**
 * Reads a record, decides, and writes only when nobody has changed it meanwhile; otherwise decides anew.
 * @throws StoreUnavailableError also when others are always quicker
 */
export async function changeRecord<Result>(
  store: Pick<TurnStore, 'readRecord' | 'writeRecords'>,
  key: string,
  nowMs: number,
  decide: (value: JsonValue | undefined) => RecordChange<Result>,
): Promise<Result> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const { version, value } = await store.readRecord(key);
    const { result, change } = decide(value);
    if (change === undefined || (change === 'delete' && version === 0)) return result;
    const written = await store.writeRecords([{ key, expectedVersion: version, change }], nowMs);
    if (written === 'written') return result;
  }
  throw new StoreUnavailableError('a record of the desk is changed all the time');
}
