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
  ListedRecord,
  LoggedActivity,
  OutboxBacklog,
  PendingTurn,
  RecordWrite,
  TurnCommit,
  TurnStore,
  VersionedRecord,
} from '../../services/turn/turnStore';
import { headRow, journalRow, listedRow, logRow, pendingRow, recordRow } from '../storedRows';
import { afterStored, endOfPrefix, storedText, toStoredText } from '../storedText';
import { Announcements } from './announcements';
import { CallOrder } from './callOrder';
import { Claims, claimColumn } from './claims';
import { type Bound, Database, keyHash, rowLimit, storeUnavailable } from './database';
import { migrate } from './migrations';
import { Outbox } from './outbox';
import { type SweepLimits, sweep } from './sweep';
import {
  acceptCall,
  acceptSql,
  appendSql,
  commitCall,
  commitSql,
  eraseSql,
  journalColumns,
  writeRecordsCall,
  writeRecordsSql,
} from './turnCall';

export interface PostgresTurnStoreOptions {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  /** Decides when a record has expired. */
  readonly clock: Clock;
  /** Unfinished turns one conversation may have; 2,000 when absent. */
  readonly queueLimit?: number;
  /** Connections of this process, besides the one that listens; 10 when absent. */
  readonly connections?: number;
  /** How long a conversation waits for a process that died in the middle of its turn; 6 s when absent. */
  readonly claimMs?: number;
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
const writtenRow = z.object({ written: z.boolean() });
const absent: VersionedRecord = { version: 0, value: undefined };

const namedRow = z.object({ name: z.string() });
/** Two processes never get the same one. */
const nameSql = 'SELECT gen_random_uuid()::text AS name';

/**
 * Opens the store that many replicas share.
 * @throws ConfigurationError when a newer version wrote the schema, or the database refuses us for good
 * @throws StoreUnavailableError when it does not answer
 */
export async function openPostgresTurnStore(options: PostgresTurnStoreOptions): Promise<TurnStore> {
  const database = new Database(options);
  let owner: string;
  try {
    const client = await database.pool.connect();
    try {
      await migrate(client);
      owner =
        z
          .array(namedRow)
          .length(1)
          .parse((await client.query(nameSql)).rows)[0]?.name ?? '';
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
  return new PostgresTurnStore(database, owner, options);
}

class PostgresTurnStore implements TurnStore {
  private readonly queueLimit: number;
  private readonly clock: Clock;
  /** Tickets are given out in the order of the calls, though the connections are many. */
  private readonly order = new CallOrder();
  private readonly claims: Claims;
  private readonly outbox: Outbox;
  private readonly announcements: Announcements;
  readonly claimMs: number;

  constructor(
    private readonly db: Database,
    owner: string,
    { clock, url, queueLimit = 2_000, claimMs = 6_000 }: PostgresTurnStoreOptions,
  ) {
    this.claims = new Claims(db, owner, claimMs);
    this.announcements = new Announcements({ url, owner });
    this.outbox = new Outbox(db);
    this.claimMs = claimMs;
    this.clock = clock;
    this.queueLimit = queueLimit;
  }

  accept(request: AcceptRequest): Promise<AcceptResult> {
    return this.inOrder(request.conversation.key, async () => {
      const call = acceptCall(request, this.queueLimit, this.claims);
      const [row] = await this.db.rows('accept', acceptSql, acceptRow, call);
      if (row === undefined) throw new StoreUnavailableError('the database gave no answer');
      if (row.status !== 'accepted') return row;
      const { status, ticket, echoSeq } = row;
      return echoSeq === null ? { status, ticket } : { status, ticket, echoSeq };
    });
  }

  async nextPending(conversationKey: string): Promise<PendingTurn | undefined> {
    const sql = `SELECT ticket, activity_id AS "activityId", sealed_activity AS "sealedActivity",
        received_at_ms AS "receivedAtMs", ${headColumns}, ${claimColumn('$2')}
      FROM conversation JOIN inbox ON inbox.conversation = conversation.id
      WHERE key_hash = $1 AND done_at_ms IS NULL ORDER BY ticket LIMIT 1`;
    const values = [hashOf(conversationKey), this.claims.owner];
    const [row] = await this.rows('nextPending', sql, pendingRow, values);
    if (row === undefined) return undefined;
    const { ticket, activityId, sealedActivity, receivedAtMs, claim, ...conversation } = row;
    const pending = { ticket, activityId, sealedActivity, receivedAtMs, conversation };
    return claim === undefined ? pending : { ...pending, claim };
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

  listRecords(prefix: string, afterKey: string | undefined, limit: number): Promise<ListedRecord[]> {
    const start = toStoredText(prefix);
    const after = afterKey === undefined ? '' : afterStored(toStoredText(afterKey));
    const end = endOfPrefix(start);
    const sql = `SELECT key, version, value FROM record
      WHERE left(key, 500) >= greatest(left($1, 500), left($2, 500)) COLLATE "C" AND key >= $1 AND key >= $2
        ${end === undefined ? 'AND key IS NOT NULL' : 'AND left(key, 500) <= left($5, 500) AND key < $5'}
        AND (expires_at_ms IS NULL OR expires_at_ms > $3)
      ORDER BY left(key, 500), key LIMIT $4`;
    const values = [start, after, this.clock.now(), rowLimit(limit), ...(end === undefined ? [] : [end])];
    return this.rows(end === undefined ? 'listAllRecords' : 'listRecords', sql, listedRow, values);
  }

  async writeRecords(writes: readonly RecordWrite[], atMs: number): Promise<'written' | 'conflict'> {
    const [row] = await this.rows(
      'writeRecords',
      writeRecordsSql,
      writtenRow,
      writeRecordsCall(writes, atMs),
    );
    return row?.written === true ? 'written' : 'conflict';
  }

  claimConversation(conversationKey: string): Promise<boolean> {
    return this.db.track(() => this.claims.take(hashOf(conversationKey)));
  }

  claimPending(limit: number): Promise<string[]> {
    return this.db.track(() => this.claims.takeAbandoned(rowLimit(limit)));
  }

  keepClaims(conversationKeys: readonly string[]): Promise<void> {
    return this.db.track(() => this.claims.keep(conversationKeys.map(hashOf)));
  }

  watch(listener: (conversationKey: string) => void, onMissed: () => void = () => undefined): () => void {
    return this.announcements.watch(listener, onMissed);
  }

  /** @throws RangeError when this ticket was never given out */
  commit(turn: TurnCommit): Promise<CommitResult> {
    return this.inOrder(turn.conversationKey, async () => {
      const call = commitCall(turn, this.clock.now(), this.claims);
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

  claimOutbox(nowMs: number, limit: number, leaseMs: number, kind?: string): Promise<ClaimedOutboxEntry[]> {
    return this.db.track(() => this.outbox.claim(nowMs, limit, leaseMs, kind));
  }

  completeOutbox(id: number, nowMs: number): Promise<void> {
    return this.db.track(() => this.outbox.end(id, nowMs));
  }

  failOutbox(id: number, errorCode: string, notBeforeMs: number | undefined): Promise<void> {
    return this.db.track(() =>
      notBeforeMs === undefined
        ? this.outbox.end(id, this.clock.now(), errorCode)
        : this.outbox.postpone(id, errorCode, notBeforeMs),
    );
  }

  nextOutboxDueMs(): Promise<number | undefined> {
    return this.db.track(() => this.outbox.nextDueMs());
  }

  outboxBacklog(nowMs: number): Promise<OutboxBacklog[]> {
    return this.db.track(() => this.outbox.backlog(nowMs));
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

  sweep(limits: SweepLimits): Promise<void> {
    return this.db.track(() => sweep(this.db, limits));
  }

  async ping(nowMs: number): Promise<void> {
    const sql = 'UPDATE upkeep SET pinged_at_ms = $1 RETURNING pinged_at_ms AS "atMs"';
    const [row] = await this.rows('ping', sql, z.object({ atMs: z.number() }), [nowMs]);
    if (row?.atMs !== nowMs) {
      throw new StoreUnavailableError('the database does not give back what it was given');
    }
  }

  async close(): Promise<void> {
    await this.announcements.close();
    // Else what is unfinished would wait until the claims end. A store that does not answer lets them end.
    await this.db.track(() => this.claims.release()).catch(() => undefined);
    await this.db.close();
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
}

function hashOf(key: string): Buffer {
  return keyHash(toStoredText(key));
}
