import type Database from 'libsql';
import { z } from 'zod';
import type { ListedRecord, RecordWrite, VersionedRecord } from '../../services/turn/turnStore';
import { listedRow, recordRow } from '../storedRows';
import { afterStored, endOfPrefix, toStoredText } from '../storedText';
import { prepareRow, prepareRows, prepareWrite } from './preparedStatement';

const versionRow = z.object({ version: z.number() });

const absent: VersionedRecord = { version: 0, value: undefined };

/**
 * State, one JSON value a key, compared and set by version. Every method is synchronous; writes belong inside
 * a group.
 *
 * An expired record is absent, version 0, from the moment it expires, whether it was removed yet or not. So a
 * turn that read it alive and commits later conflicts and runs again without it, and a turn that read it expired
 * may write over it. That is sound because no record has one version twice: writing over an expired record
 * counts on from its version, and a record that is made anew counts on from the highest version ever removed.
 */
export class RecordTable {
  private readonly select;
  private readonly selectFrom;
  private readonly selectBetween;
  private readonly selectVersion;
  private readonly upsert;
  private readonly noteRemoved;
  private readonly deleteByKey;
  private readonly selectExpiredVersion;
  private readonly deleteExpired;

  constructor(db: Database.Database) {
    const live = '(expires_at_ms IS NULL OR expires_at_ms > ?)';
    this.select = prepareRow(db, `SELECT version, value FROM record WHERE key = ? AND ${live}`, recordRow);
    const from = `SELECT key, version, value FROM record WHERE key >= max(?, ?) AND ${live}`;
    this.selectFrom = prepareRows(db, `${from} ORDER BY key LIMIT ?`, listedRow);
    this.selectBetween = prepareRows(db, `${from} AND key < ? ORDER BY key LIMIT ?`, listedRow);
    this.selectVersion = prepareRow(db, `SELECT version FROM record WHERE key = ? AND ${live}`, versionRow);
    this.upsert = prepareWrite(
      db,
      `INSERT INTO record (key, version, value, expires_at_ms)
       VALUES (?, (SELECT removed_record_version + 1 FROM upkeep), ?, ?)
       ON CONFLICT (key) DO UPDATE
         SET version = version + 1, value = excluded.value, expires_at_ms = excluded.expires_at_ms`,
    );
    this.noteRemoved = prepareWrite(
      db,
      'UPDATE upkeep SET removed_record_version = max(removed_record_version, ?)',
    );
    this.deleteByKey = prepareRow(db, 'DELETE FROM record WHERE key = ? RETURNING version', versionRow);
    const expired = 'expires_at_ms <= ? ORDER BY expires_at_ms, id LIMIT ?';
    this.selectExpiredVersion = prepareRow(
      db,
      `SELECT max(version) AS version FROM (SELECT version FROM record WHERE ${expired})`,
      z.object({ version: z.number().nullable() }),
    );
    this.deleteExpired = prepareWrite(
      db,
      `DELETE FROM record WHERE id IN (SELECT id FROM record WHERE ${expired})`,
    );
  }

  read(key: string, nowMs: number): VersionedRecord {
    return this.select(toStoredText(key), nowMs) ?? absent;
  }

  /** At most `limit` records whose keys begin with `prefix`, in order of their keys. */
  list(prefix: string, afterKey: string | undefined, limit: number, nowMs: number): ListedRecord[] {
    const start = toStoredText(prefix);
    const after = afterKey === undefined ? '' : afterStored(toStoredText(afterKey));
    const end = endOfPrefix(start);
    if (end === undefined) return this.selectFrom(start, after, nowMs, limit);
    return this.selectBetween(start, after, nowMs, end, limit);
  }

  /** Whether the record is still as the turn read it. */
  isUnchanged(write: RecordWrite, nowMs: number): boolean {
    return (this.selectVersion(toStoredText(write.key), nowMs)?.version ?? 0) === write.expectedVersion;
  }

  /** Makes the change, without looking at `expectedVersion` again. */
  apply({ key, change }: RecordWrite): void {
    if (change === 'checkOnly') return;
    if (change === 'delete') this.remove(key);
    else this.upsert(toStoredText(key), JSON.stringify(change.value), change.expiresAtMs ?? null);
  }

  /** Removes a record, if there is one. */
  remove(key: string): void {
    const removed = this.deleteByKey(toStoredText(key));
    if (removed !== undefined) this.noteRemoved(removed.version);
  }

  /** Removes at most `limit` expired records; returns how many. */
  removeExpired(nowMs: number, limit: number): number {
    const highest = this.selectExpiredVersion(nowMs, limit)?.version ?? null;
    if (highest === null) return 0;
    this.noteRemoved(highest);
    return this.deleteExpired(nowMs, limit);
  }
}
