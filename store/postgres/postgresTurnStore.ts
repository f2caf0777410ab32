import { z } from 'zod';
import type { Clock } from '../../services/clock';
import { ConfigurationError, StoreUnavailableError } from '../../services/errors';
import type { JournalEntry, JournalRow } from '../../services/journal/journal';
import type {
  AcceptRequest,
  AcceptResult,
  ClaimedOutboxEntry,
  CommitResult,
  ConversationErasure,
  ConversationHead,
  LoggedActivity,
  PendingTurn,
  TurnCommit,
  TurnStore,
  VersionedRecord,
} from '../../services/turn/turnStore';
import { claimedRow, headRow, journalRow, logRow, pendingRow, recordRow } from '../storedRows';
import { storedText, toStoredText } from '../storedText';
import { CallOrder } from './callOrder';
import { type Bound, Database, keyHash, storeUnavailable } from './database';
import { migrate } from './migrations';
import { sweepSql } from './sweep';
import {
  acceptCall,
  acceptSql,
  appendSql,
  commitCall,
  commitSql,
  eraseSql,
  journalColumns,
} from './turnCall';

export interface PostgresTurnStoreOptions {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  /** Decides when a record has expired. */
  readonly clock: Clock;
  /** Unfinished turns one conversation may have; 2,000 when absent. */
  readonly queueLimit?: number;
  /** Connections of this process; 10 when absent. */
  readonly connections?: number;
}

const headColumns = `conversation.key, channel_id AS "channelId", conversation_id AS "conversationId",
  user_id AS "userId", reference, created_at_ms AS "createdAtMs"`;
const acceptRow = z.discriminatedUnion('status', [
  z.object({ status: z.literal('accepted'), ticket: z.number(), echoSeq: z.number().nullable() }),
  z.object({
    status: z.literal('duplicate'),
    ticket: z.number(),
    activityId: storedText,
    done: z.boolean(),
  }),
  z.object({ status: z.literal('queueFull') }),
  z.object({ status: z.literal('erased') }),
]);
const commitRow = z.object({
  status: z.enum(['committed', 'conflict', 'alreadyDone', 'unknown']),
  firstSeq: z.number().nullable(),
});
const absent: VersionedRecord = { version: 0, value: undefined };
const sweepRows = 500;
const firstOfLane = `NOT EXISTS (SELECT 1 FROM outbox AS earlier
  WHERE earlier.lane_hash = outbox.lane_hash AND earlier.id < outbox.id AND earlier.finished_at_ms IS NULL)`;

/**
 * Opens the store that many replicas share.
 * @throws ConfigurationError when a newer version wrote the schema, or the database refuses us for good
 * @throws StoreUnavailableError when it does not answer
 */
export async function openPostgresTurnStore(options: PostgresTurnStoreOptions): Promise<TurnStore> {
  const database = new Database(options);
  try {
    const client = await database.pool.connect();
    try {
      await migrate(client);
    } finally {
      client.release();
    }
  } catch (cause) {
    await database.close();
    if (cause instanceof ConfigurationError) throw cause;
    // Class 28: wrong user or password. 3D: no such database.
    const refused = /^(28|3D)/.test(String(Object(cause).code));
    if (refused)
      throw new ConfigurationError('STORE_URL: the database refuses this user or is not there.', { cause });
    throw storeUnavailable(cause);
  }
  return new PostgresTurnStore(database, options);
}

class PostgresTurnStore implements TurnStore {
  private readonly queueLimit: number;
  private readonly clock: Clock;
  /** Tickets are given out in the order of the calls, though the connections are many. */
  private readonly order = new CallOrder();

  constructor(
    private readonly db: Database,
    { clock, queueLimit = 2_000 }: PostgresTurnStoreOptions,
  ) {
    this.clock = clock;
    this.queueLimit = queueLimit;
  }

  accept(request: AcceptRequest): Promise<AcceptResult> {
    return this.inOrder(request.conversation.key, async () => {
      const call = acceptCall(request, this.queueLimit);
      const [row] = await this.db.rows('accept', acceptSql, acceptRow, call);
      if (row === undefined) throw new StoreUnavailableError('the database gave no answer');
      if (row.status !== 'accepted') return row;
      const { status, ticket, echoSeq } = row;
      return echoSeq === null ? { status, ticket } : { status, ticket, echoSeq };
    });
  }

  async nextPending(conversationKey: string): Promise<PendingTurn | undefined> {
    const sql = `SELECT ticket, activity_id AS "activityId", sealed_activity AS "sealedActivity",
        received_at_ms AS "receivedAtMs", ${headColumns}
      FROM conversation JOIN inbox ON inbox.conversation = conversation.id
      WHERE key_hash = $1 AND done_at_ms IS NULL ORDER BY ticket LIMIT 1`;
    const [row] = await this.rows('nextPending', sql, pendingRow, [hashOf(conversationKey)]);
    if (row === undefined) return undefined;
    const { ticket, activityId, sealedActivity, receivedAtMs, ...conversation } = row;
    return { ticket, activityId, sealedActivity, receivedAtMs, conversation };
  }

  async pendingConversations(): Promise<string[]> {
    const sql = `SELECT key FROM conversation
      WHERE id IN (SELECT conversation FROM inbox WHERE done_at_ms IS NULL) ORDER BY id`;
    const rows = await this.rows('pendingConversations', sql, z.object({ key: storedText }), []);
    return rows.map(({ key }) => key);
  }

  async readRecord(key: string): Promise<VersionedRecord> {
    const sql = `SELECT version, value FROM record
      WHERE key_hash = $1 AND (expires_at_ms IS NULL OR expires_at_ms > $2)`;
    const [row] = await this.rows('readRecord', sql, recordRow, [hashOf(key), this.clock.now()]);
    return row ?? absent;
  }

  /** @throws RangeError when this ticket was never given out */
  commit(turn: TurnCommit): Promise<CommitResult> {
    return this.inOrder(turn.conversationKey, async () => {
      const call = commitCall(turn, this.clock.now());
      const [row] = await this.db.rows('commit', commitSql, commitRow, call);
      if (row === undefined) throw new StoreUnavailableError('the database gave no answer');
      const { status, firstSeq } = row;
      if (status === 'unknown') throw new RangeError('a turn was committed that had not been accepted');
      if (status !== 'committed') return { status };
      return { status, seqs: turn.replies.map((_, at) => (firstSeq ?? 0) + at) };
    });
  }

  async getConversation(conversationKey: string): Promise<ConversationHead | undefined> {
    const sql = `SELECT ${headColumns} FROM conversation WHERE key_hash = $1 AND NOT erased`;
    const [row] = await this.rows('getConversation', sql, headRow, [hashOf(conversationKey)]);
    return row;
  }

  readLog(conversationKey: string, afterSeq: number, limit: number): Promise<LoggedActivity[]> {
    const sql = `SELECT seq, ticket, activity FROM activity_log
      WHERE conversation = (SELECT id FROM conversation WHERE key_hash = $1) AND seq > $2
      ORDER BY seq LIMIT $3`;
    return this.rows('readLog', sql, logRow, [hashOf(conversationKey), afterSeq, rowLimit(limit)]);
  }

  repliesOf(conversationKey: string, ticket: number): Promise<LoggedActivity[]> {
    const sql = `SELECT seq, ticket, activity FROM activity_log
      WHERE conversation = (SELECT id FROM conversation WHERE key_hash = $1) AND ticket = $2 AND is_reply
      ORDER BY seq`;
    return this.rows('repliesOf', sql, logRow, [hashOf(conversationKey), ticket]);
  }

  async lastSeq(conversationKey: string): Promise<number> {
    const sql = 'SELECT last_seq AS seq FROM conversation WHERE key_hash = $1';
    const [row] = await this.rows('lastSeq', sql, z.object({ seq: z.number() }), [hashOf(conversationKey)]);
    return row?.seq ?? 0;
  }

  async claimOutbox(nowMs: number, limit: number, leaseMs: number): Promise<ClaimedOutboxEntry[]> {
    const sql = `WITH due AS (
        SELECT id, due_at_ms FROM outbox WHERE due_at_ms <= $1 AND ${firstOfLane}
        ORDER BY due_at_ms, id LIMIT $2 FOR UPDATE SKIP LOCKED
      ), leased AS (
        UPDATE outbox SET due_at_ms = $3, attempts = attempts + 1 FROM due WHERE outbox.id = due.id
        RETURNING outbox.id, key, kind, payload, not_before_ms AS "notBeforeMs", attempts AS attempt,
          due.due_at_ms AS "wasDueAtMs"
      )
      SELECT * FROM leased ORDER BY "wasDueAtMs", id`;
    return this.rows('claimOutbox', sql, claimedRow, [nowMs, rowLimit(limit), nowMs + leaseMs]);
  }

  completeOutbox(id: number, nowMs: number): Promise<void> {
    return this.endOutbox(id, nowMs, null);
  }

  async failOutbox(id: number, errorCode: string, notBeforeMs: number | undefined): Promise<void> {
    const error = toStoredText(errorCode);
    if (notBeforeMs === undefined) return this.endOutbox(id, this.clock.now(), error);
    const sql = 'UPDATE outbox SET due_at_ms = $2, last_error = $3 WHERE id = $1 AND finished_at_ms IS NULL';
    await this.write('postponeOutbox', sql, [id, notBeforeMs, error]);
  }

  async nextOutboxDueMs(): Promise<number | undefined> {
    const sql = `SELECT due_at_ms AS "dueAtMs" FROM outbox WHERE due_at_ms IS NOT NULL AND ${firstOfLane}
      ORDER BY due_at_ms LIMIT 1`;
    const [row] = await this.rows('nextOutboxDue', sql, z.object({ dueAtMs: z.number() }), []);
    return row?.dueAtMs;
  }

  async appendJournal(entries: readonly JournalEntry[], atMs: number): Promise<void> {
    await this.write('appendJournal', appendSql, [...journalColumns(entries), atMs]);
  }

  readJournal(stream: string, afterSeq: number, limit: number): Promise<JournalRow[]> {
    const sql = `SELECT stream, seq, at_ms AS "atMs", body, previous_hash AS "previousHash", hash
      FROM journal WHERE stream = $1 AND seq > $2 ORDER BY seq LIMIT $3`;
    return this.rows('readJournal', sql, journalRow, [toStoredText(stream), afterSeq, rowLimit(limit)]);
  }

  async eraseConversation({ conversationKey, recordKeys, outboxKeys }: ConversationErasure): Promise<void> {
    const values = [hashOf(conversationKey), recordKeys.map(hashOf), outboxKeys.map(hashOf)];
    await this.write('eraseConversation', eraseSql, values);
  }

  sweep(limits: Parameters<TurnStore['sweep']>[0]): Promise<void> {
    const batch = (name: keyof typeof sweepSql, ...values: (string | number)[]) =>
      this.inBatches(() => this.db.write(name, sweepSql[name], [...values, sweepRows]));
    return this.db.track(async () => {
      await batch('doneTurns', limits.keysBeforeMs);
      await batch('finishedEntries', limits.keysBeforeMs);
      await batch('expiredRecords', limits.nowMs);
      await batch('idleConversations', limits.conversationsBeforeMs);
      for (const [journal, beforeMs] of Object.entries(limits.journalBeforeMs ?? {})) {
        const sql = 'SELECT stream FROM journal_stream WHERE starts_with(stream, $1)';
        const named = z.object({ stream: z.string() });
        const streams = await this.db.rows('streams', sql, named, [toStoredText(`${journal}/`)]);
        for (const { stream } of streams) await batch('oldJournal', stream, beforeMs);
      }
    });
  }

  async ping(nowMs: number): Promise<void> {
    const sql = 'UPDATE upkeep SET pinged_at_ms = $1 RETURNING pinged_at_ms AS "atMs"';
    const [row] = await this.rows('ping', sql, z.object({ atMs: z.number() }), [nowMs]);
    if (row?.atMs !== nowMs) {
      throw new StoreUnavailableError('the database does not give back what it was given');
    }
  }

  close(): Promise<void> {
    return this.db.close();
  }

  private rows<Row>(
    name: string,
    sql: string,
    row: z.ZodType<Row>,
    values: readonly Bound[],
  ): Promise<Row[]> {
    return this.db.track(() => this.db.rows(name, sql, row, values));
  }

  private write(name: string, sql: string, values: readonly Bound[]): Promise<number> {
    return this.db.track(() => this.db.write(name, sql, values));
  }

  private inOrder<T>(conversationKey: string, work: () => Promise<T>): Promise<T> {
    return this.db.track(() => this.order.run(conversationKey, work));
  }

  private async endOutbox(id: number, nowMs: number, error: string | null): Promise<void> {
    // What is finished stays finished: a worker whose lease ran out may report late.
    const sql = `UPDATE outbox SET payload = NULL, due_at_ms = NULL, finished_at_ms = $2, last_error = $3
      WHERE id = $1 AND finished_at_ms IS NULL`;
    await this.write('endOutbox', sql, [id, nowMs, error]);
  }

  private async inBatches(removeBatch: () => Promise<number>): Promise<void> {
    while ((await removeBatch()) === sweepRows);
  }
}

function hashOf(key: string): Buffer {
  return keyHash(toStoredText(key));
}

/** PostgreSQL refuses a negative limit. */
function rowLimit(limit: number): number {
  return Math.max(0, Math.min(Math.floor(limit), Number.MAX_SAFE_INTEGER));
}
