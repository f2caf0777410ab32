import type Database from 'libsql';
import { z } from 'zod';
import type {
  ClaimedOutboxEntry,
  OutboxBacklog,
  OutboxEntry,
  TurnCommit,
} from '../../services/turn/turnStore';
import { backlogRow, claimedRow } from '../storedRows';
import { toStoredText } from '../storedText';
import { prepareRow, prepareRows, prepareWrite } from './preparedStatement';

/** Effects that leave after their turn committed. Every method is synchronous; writes belong inside a group. */
export class OutboxTable {
  private readonly insert;
  private readonly insertLeased;
  private readonly selectDue;
  private readonly selectDueOfKind;
  private readonly lease;
  private readonly finish;
  private readonly retry;
  private readonly selectNextDue;
  private readonly selectBacklog;
  private readonly deleteFinished;
  private readonly deleteByKey;

  constructor(db: Database.Database) {
    const firstOfLane = `NOT EXISTS (SELECT 1 FROM outbox AS earlier
      WHERE earlier.lane = outbox.lane AND earlier.id < outbox.id AND earlier.finished_at_ms IS NULL)`;
    this.insert = prepareWrite(
      db,
      `INSERT INTO outbox (key, kind, payload, not_before_ms, due_at_ms, lane) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (key) DO NOTHING`,
    );
    // An entry that waits behind others of its lane is put in as unclaimed as ever.
    this.insertLeased = prepareRow(
      db,
      `INSERT INTO outbox (key, kind, payload, not_before_ms, due_at_ms, attempts, lane)
       SELECT ?1, ?2, ?3, ?4, iif(is_first, ?5, ?4), is_first, ?6
       FROM (SELECT NOT EXISTS (SELECT 1 FROM outbox WHERE lane = ?6 AND finished_at_ms IS NULL) AS is_first)
       WHERE true ON CONFLICT (key) DO NOTHING RETURNING id, attempts`,
      z.object({ id: z.number(), attempts: z.number() }),
    );
    this.selectDue = prepareRows(
      db,
      `SELECT id, key, kind, payload, not_before_ms AS notBeforeMs, attempts + 1 AS attempt
       FROM outbox WHERE due_at_ms <= ? AND ${firstOfLane} ORDER BY due_at_ms, id LIMIT ?`,
      claimedRow,
    );
    this.selectDueOfKind = prepareRows(
      db,
      `SELECT id, key, kind, payload, not_before_ms AS notBeforeMs, attempts + 1 AS attempt
       FROM outbox WHERE due_at_ms <= ? AND kind = ? AND ${firstOfLane} ORDER BY due_at_ms, id LIMIT ?`,
      claimedRow,
    );
    this.lease = prepareWrite(db, 'UPDATE outbox SET due_at_ms = ?, attempts = attempts + 1 WHERE id = ?');
    // What is finished stays finished: a worker whose lease ran out may report late.
    this.finish = prepareWrite(
      db,
      `UPDATE outbox SET payload = NULL, due_at_ms = NULL, finished_at_ms = ?, last_error = ?
       WHERE id = ? AND finished_at_ms IS NULL`,
    );
    this.retry = prepareWrite(
      db,
      'UPDATE outbox SET due_at_ms = ?, last_error = ? WHERE id = ? AND finished_at_ms IS NULL',
    );
    this.selectNextDue = prepareRow(
      db,
      `SELECT due_at_ms AS dueAtMs FROM outbox WHERE due_at_ms IS NOT NULL AND ${firstOfLane}
       ORDER BY due_at_ms LIMIT 1`,
      z.object({ dueAtMs: z.number() }),
    );
    this.selectBacklog = prepareRows(
      db,
      `SELECT kind, count(*) AS waiting, min(not_before_ms) AS oldestMs FROM outbox
       WHERE due_at_ms IS NOT NULL AND not_before_ms <= ? GROUP BY kind ORDER BY kind`,
      backlogRow,
    );
    this.deleteFinished = prepareWrite(
      db,
      `DELETE FROM outbox WHERE id IN
         (SELECT id FROM outbox WHERE finished_at_ms IS NOT NULL AND finished_at_ms < ?
          ORDER BY finished_at_ms LIMIT ?)`,
    );
    this.deleteByKey = prepareWrite(db, 'DELETE FROM outbox WHERE key = ?');
  }

  /**
   * Adds entries, but none whose key is known.
   * @returns those that are leased to whoever commits them
   */
  add(
    entries: readonly OutboxEntry[],
    { committedAtMs, leaseOutboxMs }: Pick<TurnCommit, 'committedAtMs' | 'leaseOutboxMs'>,
  ): ClaimedOutboxEntry[] {
    const leased: ClaimedOutboxEntry[] = [];
    for (const { lane, ...entry } of entries) {
      const { notBeforeMs } = entry;
      const key = toStoredText(entry.key);
      const kind = toStoredText(entry.kind);
      const payload = JSON.stringify(entry.payload);
      const inLane = lane === undefined ? null : toStoredText(lane);
      if (leaseOutboxMs === undefined || notBeforeMs > committedAtMs) {
        this.insert(key, kind, payload, notBeforeMs, notBeforeMs, inLane);
        continue;
      }
      const leaseEndMs = committedAtMs + leaseOutboxMs;
      const added = this.insertLeased(key, kind, payload, notBeforeMs, leaseEndMs, inLane);
      if (added?.attempts === 1) leased.push({ ...entry, id: added.id, attempt: 1 });
    }
    return leased;
  }

  /** Takes at most `limit` due entries, the longest due first, of each lane one; they are due again when the lease ends. */
  claim(nowMs: number, limit: number, leaseMs: number, kind?: string): ClaimedOutboxEntry[] {
    const due =
      kind === undefined
        ? this.selectDue(nowMs, limit)
        : this.selectDueOfKind(nowMs, toStoredText(kind), limit);
    for (const entry of due) this.lease(nowMs + leaseMs, entry.id);
    return due;
  }

  /** Ends an entry: its payload is wiped, its key stays. `errorCode` says why it was given up, if it was. */
  end(id: number, nowMs: number, errorCode: string | undefined): void {
    this.finish(nowMs, errorCode === undefined ? null : toStoredText(errorCode), id);
  }

  postpone(id: number, errorCode: string, dueAtMs: number): void {
    this.retry(dueAtMs, toStoredText(errorCode), id);
  }

  /** When the next entry falls due or its lease ends. */
  nextDueMs(): number | undefined {
    return this.selectNextDue()?.dueAtMs;
  }

  backlog(nowMs: number): OutboxBacklog[] {
    return this.selectBacklog(nowMs);
  }

  /** Forgets an entry, delivered or not. */
  remove(key: string): void {
    this.deleteByKey(toStoredText(key));
  }

  /** Forgets at most `limit` finished entries and their keys; returns how many. */
  removeFinished(beforeMs: number, limit: number): number {
    return this.deleteFinished(beforeMs, limit);
  }
}
