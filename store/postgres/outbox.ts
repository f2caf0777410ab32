import { z } from 'zod';
import type { ClaimedOutboxEntry, OutboxBacklog } from '../../services/turn/turnStore';
import { backlogRow, claimedRow } from '../storedRows';
import { toStoredText } from '../storedText';
import { type Database, rowLimit } from './database';

const firstOfLane = `NOT EXISTS (SELECT 1 FROM outbox AS earlier
  WHERE earlier.lane_hash = outbox.lane_hash AND earlier.id < outbox.id AND earlier.finished_at_ms IS NULL)`;

/** Effects that leave after their turn committed, shared by all replicas: see `TurnStore`. */
export class Outbox {
  constructor(private readonly db: Database) {}

  claim(nowMs: number, limit: number, leaseMs: number, kind?: string): Promise<ClaimedOutboxEntry[]> {
    const ofKind = kind === undefined ? '' : 'AND kind = $4';
    const sql = `WITH due AS (
        SELECT id, due_at_ms FROM outbox WHERE due_at_ms <= $1 ${ofKind} AND ${firstOfLane}
        ORDER BY due_at_ms, id LIMIT $2 FOR UPDATE SKIP LOCKED
      ), leased AS (
        UPDATE outbox SET due_at_ms = $3, attempts = attempts + 1 FROM due WHERE outbox.id = due.id
        RETURNING outbox.id, key, kind, payload, not_before_ms AS "notBeforeMs", attempts AS attempt,
          due.due_at_ms AS "wasDueAtMs"
      )
      SELECT * FROM leased ORDER BY "wasDueAtMs", id`;
    const values = [
      nowMs,
      rowLimit(limit),
      nowMs + leaseMs,
      ...(kind === undefined ? [] : [toStoredText(kind)]),
    ];
    const name = kind === undefined ? 'claimOutbox' : 'claimOutboxOfKind';
    return this.db.rows(name, sql, claimedRow, values);
  }

  /** @param errorCode why it was given up; absent when it was delivered */
  async end(id: number, nowMs: number, errorCode?: string): Promise<void> {
    // What is finished stays finished: a worker whose lease ran out may report late.
    const sql = `UPDATE outbox SET payload = NULL, due_at_ms = NULL, finished_at_ms = $2, last_error = $3
      WHERE id = $1 AND finished_at_ms IS NULL`;
    const error = errorCode === undefined ? null : toStoredText(errorCode);
    await this.db.write('endOutbox', sql, [id, nowMs, error]);
  }

  async postpone(id: number, errorCode: string, dueAtMs: number): Promise<void> {
    const sql = 'UPDATE outbox SET due_at_ms = $2, last_error = $3 WHERE id = $1 AND finished_at_ms IS NULL';
    await this.db.write('postponeOutbox', sql, [id, dueAtMs, toStoredText(errorCode)]);
  }

  async nextDueMs(): Promise<number | undefined> {
    const sql = `SELECT due_at_ms AS "dueAtMs" FROM outbox WHERE due_at_ms IS NOT NULL AND ${firstOfLane}
      ORDER BY due_at_ms LIMIT 1`;
    const [row] = await this.db.rows('nextOutboxDue', sql, z.object({ dueAtMs: z.number() }), []);
    return row?.dueAtMs;
  }

  backlog(nowMs: number): Promise<OutboxBacklog[]> {
    const sql = `SELECT kind, count(*)::int AS waiting, min(not_before_ms) AS "oldestMs" FROM outbox
      WHERE due_at_ms IS NOT NULL AND not_before_ms <= $1 GROUP BY kind ORDER BY kind`;
    return this.db.rows('outboxBacklog', sql, backlogRow, [nowMs]);
  }
}
