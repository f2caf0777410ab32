import type { JournalEntry, JournalRow } from '../journal/journal';

/**
 * Where turns are kept. One implementation per database; all pass `test/contracts/turnStoreContract.ts`.
 *
 * A conversation is addressed by its key, `${channelId}/${conversationId}`. It owns
 * - an **inbox**: accepted activities, numbered by `ticket` in order of acceptance, each done or pending;
 * - an **activity log**: what both sides said, numbered by `seq` from 1 without gaps (Direct Line's watermark);
 * - nothing else. State is in **records** (one JSON value under one key, with a version), which a turn may
 *   share with other conversations (send limits of a line, say).
 *
 * Acknowledged means durable: every promise resolves after the write survived a crash of the process and,
 * with the default settings, of the machine.
 */

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** A Bot Framework activity as JSON. `id` and `timestamp` (ISO-8601) are set before it reaches a store. */
export type JsonActivity = { readonly [key: string]: JsonValue } & {
  readonly type: string;
  readonly id: string;
};

export interface ConversationHead {
  readonly key: string;
  readonly channelId: string;
  readonly conversationId: string;
  /** Who the conversation belongs to; '' when the channel does not bind it to one user. */
  readonly userId: string;
  /** Bot Framework ConversationReference of the latest inbound activity, for proactive messages. */
  readonly reference: JsonValue;
  readonly createdAtMs: number;
}

export interface AcceptRequest {
  /** Creates the conversation when its key is new; an existing head keeps everything but `reference`. */
  readonly conversation: ConversationHead;
  /** Same key in the same conversation within 24 h = the same message. */
  readonly idempotencyKey: string;
  /** What the turn will read; opaque to the store (sealed, because it may hold a code or a phone number). */
  readonly sealedActivity: Buffer;
  /** Id of the inbound activity; returned again for a duplicate. */
  readonly activityId: string;
  /** The masked copy for the activity log; absent for activities that are not part of it (conversationUpdate). */
  readonly echo?: JsonActivity;
  readonly receivedAtMs: number;
}

export type AcceptResult =
  | {
      readonly status: 'accepted';
      readonly ticket: number;
      readonly echoSeq?: number;
      /** Nothing of the conversation was unfinished, and no other process can take this turn. Absent: not known. */
      readonly alone?: true;
    }
  | {
      readonly status: 'duplicate';
      readonly ticket: number;
      readonly activityId: string;
      /** Whether the first one's turn has committed. */
      readonly done: boolean;
    }
  /** More than `queueLimit` activities of this conversation are unfinished; nothing was stored. */
  | { readonly status: 'queueFull' }
  /** The conversation has been erased; nothing was stored. */
  | { readonly status: 'erased' };

export interface PendingTurn {
  readonly ticket: number;
  readonly activityId: string;
  readonly sealedActivity: Buffer;
  readonly receivedAtMs: number;
  readonly conversation: ConversationHead;
  /** Absent: this process has claimed the conversation. */
  readonly claim?: 'other' | 'none';
}

export interface VersionedRecord {
  /** 0 = absent; then 1, 2, … */
  readonly version: number;
  readonly value: JsonValue | undefined;
}

export interface RecordWrite {
  readonly key: string;
  /** The version that was read. The commit fails with 'conflict' when it is no longer so. */
  readonly expectedVersion: number;
  /** 'checkOnly' leaves the record as it is: the turn relied on what it read. */
  readonly change: { readonly value: JsonValue; readonly expiresAtMs?: number } | 'delete' | 'checkOnly';
}

/** A record found by its key. */
export interface ListedRecord {
  readonly key: string;
  readonly version: number;
  readonly value: JsonValue;
}

export interface OutboxEntry {
  /** Unique: a second entry with a known key is ignored. */
  readonly key: string;
  /** Which sink delivers it: 'sms', 'connector', … */
  readonly kind: string;
  readonly payload: JsonValue;
  readonly notBeforeMs: number;
  /**
   * Entries of one lane leave one after another, in the order in which their turns committed: a later one is
   * not claimed before the earlier ones are complete or given up. Absent: in no order.
   */
  readonly lane?: string;
}

export interface TurnCommit {
  readonly conversationKey: string;
  readonly ticket: number;
  readonly records: readonly RecordWrite[];
  readonly replies: readonly JsonActivity[];
  readonly outbox: readonly OutboxEntry[];
  /**
   * Entries that are due at `committedAtMs` and the first of their lanes are leased to the caller for so long, as by
   * `claimOutbox`. A store may leave them unclaimed.
   */
  readonly leaseOutboxMs?: number;
  /** Appended to their streams in this order. */
  readonly journal?: readonly JournalEntry[];
  readonly committedAtMs: number;
}

export type CommitResult =
  /** `seqs[i]` is the place of `replies[i]` in the activity log. */
  | {
      readonly status: 'committed';
      readonly seqs: readonly number[];
      /** Unfinished turns that the conversation has left. Absent: not known. */
      readonly pending?: number;
      /** The entries that were leased to the caller. */
      readonly leased?: readonly ClaimedOutboxEntry[];
    }
  /** Some record changed since it was read; nothing was written. */
  | { readonly status: 'conflict' }
  /** This ticket's turn had committed before, or its conversation has been erased; nothing was written. */
  | { readonly status: 'alreadyDone' };

export interface LoggedActivity {
  readonly seq: number;
  /** The turn that produced it (for an echo: its own). */
  readonly ticket: number;
  readonly activity: JsonActivity;
}

export interface OutboxBacklog {
  readonly kind: string;
  readonly waiting: number;
  /** The `notBeforeMs` of the one that has waited longest. */
  readonly oldestMs: number;
}

export interface ClaimedOutboxEntry extends Omit<OutboxEntry, 'lane'> {
  readonly id: number;
  /** 1 on the first delivery. */
  readonly attempt: number;
}

/** What belongs to a conversation besides its inbox and its log. */
export interface ConversationErasure {
  readonly conversationKey: string;
  /** Records of this conversation alone. */
  readonly recordKeys: readonly string[];
  /** Outbox entries that are not to be delivered any more. */
  readonly outboxKeys: readonly string[];
}

export interface TurnStore {
  /** Puts one inbound activity into the inbox and its echo into the log, once. @throws StoreUnavailableError */
  accept(request: AcceptRequest): Promise<AcceptResult>;
  /** The oldest unfinished turn of a conversation. */
  nextPending(conversationKey: string): Promise<PendingTurn | undefined>;
  /** Keys of all conversations with unfinished turns, whoever runs them. */
  pendingConversations(): Promise<string[]>;
  /**
   * How long a claim holds that is not kept, in ms; undefined where there is no other process to claim anything.
   *
   * The turns of a conversation are run by the process that has claimed it, so that none is run twice at once. Who
   * accepts an activity claims with it what nobody has; the commit that leaves nothing unfinished gives it back, and
   * so does `close`. A claim saves work: that a turn counts once is ensured by its commit.
   */
  readonly claimMs?: number | undefined;
  /** Claims a conversation for this process. @returns false when another process has it */
  claimConversation(conversationKey: string): Promise<boolean>;
  /** Claims conversations with unfinished turns that nobody has: what a process left that died. @returns their keys */
  claimPending(limit: number): Promise<string[]>;
  /** Prolongs this process's claims to these conversations. */
  keepClaims(conversationKeys: readonly string[]): Promise<void>;
  readRecord(key: string): Promise<VersionedRecord>;
  /**
   * Records whose keys begin with `prefix`, in order of their keys, expired ones left out. Every character of the
   * prefix stands for itself. A record that is written or deleted between two pages is in them or not, and
   * never twice.
   * @param afterKey where the page before this one ended; undefined for the first
   */
  listRecords(prefix: string, afterKey: string | undefined, limit: number): Promise<ListedRecord[]>;
  /**
   * Records alone, outside of any turn (logins, sessions), all or nothing. Each key at most once.
   * @param atMs decides which records have expired
   * @returns 'conflict' when some record changed since it was read; then nothing was written
   * @throws StoreUnavailableError
   */
  writeRecords(writes: readonly RecordWrite[], atMs: number): Promise<'written' | 'conflict'>;
  /** Records, log, outbox and "done" of one turn, all or nothing. @throws StoreUnavailableError */
  commit(turn: TurnCommit): Promise<CommitResult>;
  getConversation(conversationKey: string): Promise<ConversationHead | undefined>;
  /** Log entries after `afterSeq`, oldest first. */
  readLog(conversationKey: string, afterSeq: number, limit: number): Promise<LoggedActivity[]>;
  /** The replies of one turn, in order. */
  repliesOf(conversationKey: string, ticket: number): Promise<LoggedActivity[]>;
  /** The last `seq` of a conversation's log; 0 when empty or unknown. */
  lastSeq(conversationKey: string): Promise<number>;

  /**
   * Leases due entries, of each lane the first alone; another claim does not return them before `leaseMs` has passed.
   * @param kind only entries of this kind
   */
  claimOutbox(nowMs: number, limit: number, leaseMs: number, kind?: string): Promise<ClaimedOutboxEntry[]>;
  /** Delivered: the payload is wiped, the key is kept so that it never goes out again. */
  completeOutbox(id: number, nowMs: number): Promise<void>;
  /** Not delivered: due again at `notBeforeMs`, or given up when undefined. `errorCode` holds no personal data. */
  failOutbox(id: number, errorCode: string, notBeforeMs: number | undefined): Promise<void>;
  /** When the next entry that its lane does not hold back falls due, for the worker's timer. */
  nextOutboxDueMs(): Promise<number | undefined>;
  /** By kind, what should have left by now and has not: for gauges. Kinds without any are left out. */
  outboxBacklog(nowMs: number): Promise<OutboxBacklog[]>;

  /** Appends what no turn caused (a widget's answer that helped, say), all or nothing. @throws StoreUnavailableError */
  appendJournal(entries: readonly JournalEntry[], atMs: number): Promise<void>;
  /** Rows of one stream after `afterSeq`, oldest first. */
  readJournal(stream: string, afterSeq: number, limit: number): Promise<JournalRow[]>;

  /**
   * Removes a conversation for good, all or nothing: head, inbox, log, the records and outbox entries that are
   * named. It is as if it had never been, except that its key stays taken, until it would have been swept as
   * idle: a turn of it that runs meanwhile commits nothing ('alreadyDone'), and nothing more is accepted for it
   * ('erased'). Doing it again, or to a conversation that never was, changes nothing. Journals stay.
   * @throws StoreUnavailableError
   */
  eraseConversation(erasure: ConversationErasure): Promise<void>;

  /** Removes finished inbox rows and outbox keys older than `keysBeforeMs`, expired records, and whole conversations idle since `conversationsBeforeMs`. */
  sweep(limits: {
    nowMs: number;
    keysBeforeMs: number;
    conversationsBeforeMs: number;
    /** Rows of each journal written before this are removed, the oldest first; a journal that is absent keeps all. */
    journalBeforeMs?: { readonly [journal: string]: number };
  }): Promise<void>;
  /**
   * Tells of conversations in which ANOTHER process committed a turn or accepted what belongs in the log: there may
   * be something to read. At least once, soon after, in no order; a store without other processes never calls.
   * @param onMissed called when changes may have gone unheard: whoever follows a conversation reads it again
   * @returns the end of it; calling it again changes nothing
   */
  watch(listener: (conversationKey: string) => void, onMissed?: () => void): () => void;

  /** Writes and reads a row: readiness. @throws StoreUnavailableError */
  ping(nowMs: number): Promise<void>;
  /** Finishes what it was given, takes no more, and gives back its claims. */
  close(): Promise<void>;
}
