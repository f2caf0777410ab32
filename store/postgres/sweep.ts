import { z } from 'zod';
import type { TurnStore } from '../../services/turn/turnStore';
import { toStoredText } from '../storedText';
import type { Database } from './database';

export type SweepLimits = Parameters<TurnStore['sweep']>[0];

/** Rows that one statement removes, about; turns run in between. */
const batchRows = 500;
/** A conversation goes with its log: so many entries of logs are removed with one statement, about. */
const batchEntries = 5_000;

/**
 * What a sweep removes, a batch a statement; replicas that sweep at once step over each other's rows. The last
 * argument is the size of the batch.
 */
const sweepSql = {
  doneTurns: `DELETE FROM inbox WHERE (conversation, ticket) IN
    (SELECT conversation, ticket FROM inbox WHERE done_at_ms IS NOT NULL AND done_at_ms < $1
     ORDER BY done_at_ms LIMIT $2 FOR UPDATE SKIP LOCKED)`,
  finishedEntries: `DELETE FROM outbox WHERE id IN
    (SELECT id FROM outbox WHERE finished_at_ms IS NOT NULL AND finished_at_ms < $1
     ORDER BY finished_at_ms LIMIT $2 FOR UPDATE SKIP LOCKED)`,
  // A record that is made anew counts on from the highest version ever removed.
  expiredRecords: `WITH doomed AS (
      SELECT key_hash, version FROM record WHERE expires_at_ms <= $1
      ORDER BY expires_at_ms LIMIT $2 FOR UPDATE SKIP LOCKED
    ), noted AS (
      UPDATE upkeep SET removed_record_version =
        greatest(removed_record_version, (SELECT coalesce(max(version), 0) FROM doomed))
    )
    DELETE FROM record WHERE key_hash IN (SELECT key_hash FROM doomed)`,
  // A conversation goes as a whole, and never while a turn of it is unfinished.
  idleConversations: `WITH idle AS (
      SELECT id, last_seq, active_at_ms FROM conversation WHERE pending = 0 AND active_at_ms < $1
      ORDER BY active_at_ms LIMIT $2 FOR UPDATE SKIP LOCKED
    ), counted AS (
      SELECT id, sum(last_seq) OVER (ORDER BY active_at_ms, id) - last_seq AS entries_before FROM idle
    )
    DELETE FROM conversation WHERE id IN (SELECT id FROM counted WHERE entries_before < ${batchEntries})`,
  // Only from the old end: a row that is older by a clock set back stays until those before it go.
  oldJournal: `DELETE FROM journal WHERE stream = $1 AND seq IN
    (SELECT seq FROM journal WHERE stream = $1
       AND seq < coalesce((SELECT min(seq) FROM journal WHERE stream = $1 AND at_ms >= $2),
                          (SELECT last_seq + 1 FROM journal_stream WHERE stream = $1))
     ORDER BY seq LIMIT $3)`,
} as const;

/** Removes what is over, batch by batch until there is none. @throws StoreUnavailableError */
export async function sweep(db: Database, limits: SweepLimits): Promise<void> {
  const batches = async (name: keyof typeof sweepSql, ...values: (string | number)[]) => {
    while ((await db.write(name, sweepSql[name], [...values, batchRows])) > 0);
  };
  await batches('doneTurns', limits.keysBeforeMs);
  await batches('finishedEntries', limits.keysBeforeMs);
  await batches('expiredRecords', limits.nowMs);
  await batches('idleConversations', limits.conversationsBeforeMs);
  for (const [journal, beforeMs] of Object.entries(limits.journalBeforeMs ?? {})) {
    const sql = 'SELECT stream FROM journal_stream WHERE starts_with(stream, $1)';
    const named = z.object({ stream: z.string() });
    const streams = await db.rows('streams', sql, named, [toStoredText(`${journal}/`)]);
    for (const { stream } of streams) await batches('oldJournal', stream, beforeMs);
  }
}
