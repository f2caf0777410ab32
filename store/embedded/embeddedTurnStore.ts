import type Database from 'libsql';
import { z } from 'zod';
import type { Clock } from '../../services/clock';
import { StoreUnavailableError } from '../../services/errors';
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
import { ActivityLogTable } from './activityLogTable';
import { openConnection } from './connection';
import { ConversationTable } from './conversationTable';
import { GroupCommit } from './groupCommit';
import { InboxTable } from './inboxTable';
import { JournalTable } from './journalTable';
import { type Flush, flushOfLog } from './logFlush';
import { OutboxTable } from './outboxTable';
import { prepareRow, prepareWrite, storeUnavailable } from './preparedStatement';
import { RecordTable } from './recordTable';

export interface EmbeddedTurnStoreOptions {
  /** Path of the SQLite file (made, with its folder, when missing), or ':memory:'. */
  readonly file: string;
  /** Decides when a record has expired. */
  readonly clock: Clock;
  /** Unfinished turns one conversation may have; 2,000 when absent. */
  readonly queueLimit?: number;
  /** Told once when the database begins to refuse writes, and once when it takes them again. */
  readonly log?: { warn(details: Record<string, unknown>, message: string): void };
}

/** Rows that a sweep removes in one go; other writes run in between. */
const SWEEP_ROWS = 500;

/**
 * Opens the store that needs nothing installed: one SQLite file, one connection that writes.
 * @throws ConfigurationError naming the file, when it cannot be opened or a newer version wrote it
 */
export function openEmbeddedTurnStore(options: EmbeddedTurnStoreOptions): TurnStore {
  const { file } = options;
  const db = openConnection(file);
  if (file === ':memory:') return new EmbeddedTurnStore(db, options);
  // From here on the log is flushed by us.
  db.pragma('synchronous = NORMAL');
  return new EmbeddedTurnStore(db, options, flushOfLog(file));
}

/** Made by `openEmbeddedTurnStore`; tests that harm the connection make their own. */
export class EmbeddedTurnStore implements TurnStore {
  private readonly queueLimit: number;
  private readonly clock: Clock;
  private readonly writes: GroupCommit;
  private readonly conversations: ConversationTable;
  private readonly inbox: InboxTable;
  private readonly activityLog: ActivityLogTable;
  private readonly records: RecordTable;
  private readonly outbox: OutboxTable;
  private readonly journal: JournalTable;
  private readonly writePing;
  private readonly readPing;
  private closed = false;
  private closing: Promise<void> | undefined;

  constructor(
    private readonly db: Database.Database,
    { clock, log, queueLimit = 2_000 }: Omit<EmbeddedTurnStoreOptions, 'file'>,
    private readonly flush?: Flush,
  ) {
    this.clock = clock;
    this.queueLimit = queueLimit;
    this.writes = new GroupCommit(db, {
      flush,
      onHealthChange: (failure) =>
        failure === undefined
          ? log?.warn({}, 'the database takes writes again')
          : log?.warn({ err: failure }, 'the database refuses writes'),
    });
    this.conversations = new ConversationTable(db);
    this.inbox = new InboxTable(db);
    this.activityLog = new ActivityLogTable(db);
    this.records = new RecordTable(db);
    this.outbox = new OutboxTable(db);
    this.journal = new JournalTable(db);
    this.writePing = prepareWrite(db, 'UPDATE upkeep SET pinged_at_ms = ?');
    this.readPing = prepareRow(db, 'SELECT pinged_at_ms AS atMs FROM upkeep', z.object({ atMs: z.number() }));
  }

  accept(request: AcceptRequest): Promise<AcceptResult> {
    return this.writes.run(() => this.acceptNow(request));
  }

  async nextPending(conversationKey: string): Promise<PendingTurn | undefined> {
    return this.whileOpen(() => this.inbox.next(conversationKey));
  }

  async pendingConversations(): Promise<string[]> {
    return this.whileOpen(() => this.inbox.waitingConversations(rowLimit(Infinity)));
  }

  async readRecord(key: string): Promise<VersionedRecord> {
    return this.whileOpen(() => this.records.read(key, this.clock.now()));
  }

  async listRecords(prefix: string, afterKey: string | undefined, limit: number): Promise<ListedRecord[]> {
    return this.whileOpen(() => this.records.list(prefix, afterKey, rowLimit(limit), this.clock.now()));
  }

  writeRecords(writes: readonly RecordWrite[], atMs: number): Promise<'written' | 'conflict'> {
    return this.writes.run(() => (this.changeRecords(writes, atMs) ? 'written' : 'conflict'));
  }

  // One process alone has the file: nobody else claims, commits or announces anything.

  async claimConversation(): Promise<boolean> {
    return true;
  }

  async claimPending(limit: number): Promise<string[]> {
    return this.whileOpen(() => this.inbox.waitingConversations(rowLimit(limit)));
  }

  async keepClaims(): Promise<void> {}

  watch(): () => void {
    return () => undefined;
  }

  /** @throws RangeError when this ticket was never given out */
  commit(turn: TurnCommit): Promise<CommitResult> {
    return this.writes.run(() => this.commitNow(turn));
  }

  async getConversation(conversationKey: string): Promise<ConversationHead | undefined> {
    return this.whileOpen(() => this.conversations.head(conversationKey));
  }

  async readLog(conversationKey: string, afterSeq: number, limit: number): Promise<LoggedActivity[]> {
    return this.whileOpen(() => this.activityLog.read(conversationKey, afterSeq, rowLimit(limit)));
  }

  async repliesOf(conversationKey: string, ticket: number): Promise<LoggedActivity[]> {
    return this.whileOpen(() => this.activityLog.repliesOf(conversationKey, ticket));
  }

  async lastSeq(conversationKey: string): Promise<number> {
    return this.whileOpen(() => this.conversations.counters(conversationKey)?.lastSeq ?? 0);
  }

  claimOutbox(nowMs: number, limit: number, leaseMs: number, kind?: string): Promise<ClaimedOutboxEntry[]> {
    return this.writes.run(() => this.outbox.claim(nowMs, rowLimit(limit), leaseMs, kind));
  }

  completeOutbox(id: number, nowMs: number): Promise<void> {
    return this.writes.run(() => this.outbox.end(id, nowMs, undefined));
  }

  failOutbox(id: number, errorCode: string, notBeforeMs: number | undefined): Promise<void> {
    return this.writes.run(() =>
      notBeforeMs === undefined
        ? this.outbox.end(id, this.clock.now(), errorCode)
        : this.outbox.postpone(id, errorCode, notBeforeMs),
    );
  }

  async nextOutboxDueMs(): Promise<number | undefined> {
    return this.whileOpen(() => this.outbox.nextDueMs());
  }

  async outboxBacklog(nowMs: number): Promise<OutboxBacklog[]> {
    return this.whileOpen(() => this.outbox.backlog(nowMs));
  }

  appendJournal(entries: readonly JournalEntry[], atMs: number): Promise<void> {
    return this.writes.run(() => this.journal.append(entries, atMs));
  }

  async readJournal(stream: string, afterSeq: number, limit: number): Promise<JournalRow[]> {
    return this.whileOpen(() => this.journal.read(stream, afterSeq, rowLimit(limit)));
  }

  async eraseConversation({ conversationKey, recordKeys, outboxKeys }: ConversationErasure): Promise<void> {
    await this.writes.run(() => {
      const known = this.conversations.counters(conversationKey);
      if (known !== undefined) this.conversations.erase(known.id);
      for (const key of recordKeys) this.records.remove(key);
      for (const key of outboxKeys) this.outbox.remove(key);
    });
    // The write-ahead log still holds what was said.
    this.whileOpen(() => this.emptyWriteAheadLog());
  }

  async sweep(limits: Parameters<TurnStore['sweep']>[0]): Promise<void> {
    await this.inBatches(() => this.inbox.removeDone(limits.keysBeforeMs, SWEEP_ROWS));
    await this.inBatches(() => this.outbox.removeFinished(limits.keysBeforeMs, SWEEP_ROWS));
    await this.inBatches(() => this.records.removeExpired(limits.nowMs, SWEEP_ROWS));
    let afterId: number | undefined = 0;
    while (afterId !== undefined) {
      const from: number = afterId;
      afterId = await this.writes.run(() =>
        this.conversations.removeIdle(limits.conversationsBeforeMs, from),
      );
    }
    for (const [journal, beforeMs] of Object.entries(limits.journalBeforeMs ?? {})) {
      for (const stream of this.whileOpen(() => this.journal.streams(journal))) {
        await this.inBatches(() => this.journal.removeBefore(stream, beforeMs, SWEEP_ROWS));
      }
    }
    // The write-ahead log still holds what was wiped from the tables since the last checkpoint.
    this.whileOpen(() => this.emptyWriteAheadLog());
  }

  async ping(nowMs: number): Promise<void> {
    // Read inside the same group: another replica's ping may follow at once.
    const row = await this.writes.run(() => {
      this.writePing(nowMs);
      return this.readPing();
    });
    if (row?.atMs !== nowMs) {
      throw new StoreUnavailableError('the database does not give back what it was given');
    }
  }

  close(): Promise<void> {
    this.closing ??= this.closeOnce();
    return this.closing;
  }

  private async closeOnce(): Promise<void> {
    await this.writes.close();
    this.closed = true;
    try {
      this.emptyWriteAheadLog();
    } finally {
      this.flush?.close();
      this.db.close();
    }
  }

  private acceptNow(request: AcceptRequest): AcceptResult {
    const known = this.conversations.counters(request.conversation.key);
    if (known?.erased === true) return { status: 'erased' };
    const first = known && this.inbox.find(known.id, request.idempotencyKey);
    if (first !== undefined) return { status: 'duplicate', ...first };
    if ((known?.pending ?? 0) >= this.queueLimit) return { status: 'queueFull' };

    const { id, lastTicket, lastSeq } = known ?? this.conversations.create(request.conversation);
    const ticket = lastTicket + 1;
    const { reference } = request.conversation;
    const now = { reference, lastTicket: ticket, activeAtMs: request.receivedAtMs };
    // One process alone has the file.
    const alone = (known?.pending ?? 0) === 0 ? ({ alone: true } as const) : {};
    this.inbox.add(id, ticket, request);
    if (request.echo === undefined) {
      this.conversations.accepted(id, { ...now, lastSeq });
      return { status: 'accepted', ticket, ...alone };
    }
    const echoSeq = lastSeq + 1;
    this.activityLog.append(id, { seq: echoSeq, ticket, isReply: false, activity: request.echo });
    this.conversations.accepted(id, { ...now, lastSeq: echoSeq });
    return { status: 'accepted', ticket, echoSeq, ...alone };
  }

  private commitNow(turn: TurnCommit): CommitResult {
    const { ticket } = turn;
    const conversation = this.conversations.counters(turn.conversationKey);
    if (conversation === undefined || !(ticket >= 1 && ticket <= conversation.lastTicket)) {
      throw new RangeError('a turn was committed that had not been accepted');
    }
    // A ticket that was given out and is not pending is done, even if its row has been swept.
    if (!this.inbox.isPending(conversation.id, ticket)) return { status: 'alreadyDone' };
    if (!this.changeRecords(turn.records, this.clock.now())) return { status: 'conflict' };

    const seqs = turn.replies.map((activity, index) => {
      const seq = conversation.lastSeq + 1 + index;
      this.activityLog.append(conversation.id, { seq, ticket, isReply: true, activity });
      return seq;
    });
    const leased = this.outbox.add(turn.outbox, turn);
    this.journal.append(turn.journal ?? [], turn.committedAtMs);
    this.inbox.markDone(conversation.id, ticket, turn.committedAtMs);
    const lastSeq = conversation.lastSeq + seqs.length;
    this.conversations.committed(conversation.id, { lastSeq, activeAtMs: turn.committedAtMs });
    return { status: 'committed', seqs, pending: conversation.pending - 1, leased };
  }

  /** @returns false, and changes nothing, when some record is not as it was read */
  private changeRecords(writes: readonly RecordWrite[], nowMs: number): boolean {
    if (!writes.every((write) => this.records.isUnchanged(write, nowMs))) return false;
    for (const write of writes) this.records.apply(write);
    return true;
  }

  private async inBatches(removeBatch: () => number): Promise<void> {
    while ((await this.writes.run(removeBatch)) === SWEEP_ROWS);
  }

  private emptyWriteAheadLog(): void {
    try {
      this.db.pragma('wal_checkpoint(TRUNCATE)');
    } catch (cause) {
      throw storeUnavailable(cause);
    }
  }

  /** The driver goes on answering after its close. @throws StoreUnavailableError */
  private whileOpen<T>(read: () => T): T {
    if (this.closed) throw new StoreUnavailableError('the store is closed');
    return read();
  }
}

/** SQLite takes a negative limit as "all". */
function rowLimit(limit: number): number {
  return Math.max(0, Math.min(Math.floor(limit), Number.MAX_SAFE_INTEGER));
}
