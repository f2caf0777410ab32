import type Database from 'libsql';
import { z } from 'zod';
import type { ConversationHead, JsonValue } from '../../services/turn/turnStore';
import { headRow } from '../storedRows';
import { toStoredText } from '../storedText';
import { prepareRow, prepareRows, prepareWrite } from './preparedStatement';

/** The columns of a head in a SELECT; `headRow` of storedRows reads them. */
export const headColumns = `conversation.key, channel_id AS channelId, conversation_id AS conversationId,
  user_id AS userId, reference, created_at_ms AS createdAtMs`;

const countersRow = z.object({
  id: z.number(),
  lastTicket: z.number(),
  lastSeq: z.number(),
  pending: z.number(),
  erased: z.number().transform((flag) => flag === 1),
});
/** Where a conversation's numbering stands. `pending` counts its unfinished turns. */
export type ConversationCounters = z.infer<typeof countersRow>;

const sweepRow = z.object({ id: z.number(), lastSeq: z.number(), idle: z.number() });

/** Removing a conversation removes its log: a batch ends when it has removed about this many rows. */
const ROWS_PER_SWEEP = 2_000;
const HEADS_PER_SWEEP = 500;

/** Heads and counters of all conversations. Every method is synchronous; writes belong inside a group. */
export class ConversationTable {
  private readonly selectCounters;
  private readonly selectHead;
  private readonly insert;
  private readonly updateAccepted;
  private readonly updateCommitted;
  private readonly selectAfter;
  private readonly deleteById;
  private readonly emptyHead;
  private readonly deleteInbox;
  private readonly deleteLog;

  constructor(db: Database.Database) {
    this.selectCounters = prepareRow(
      db,
      `SELECT id, last_ticket AS lastTicket, last_seq AS lastSeq, pending, erased
       FROM conversation WHERE key = ?`,
      countersRow,
    );
    this.selectHead = prepareRow(
      db,
      `SELECT ${headColumns} FROM conversation WHERE key = ? AND erased = 0`,
      headRow,
    );
    this.insert = prepareRow(
      db,
      `INSERT INTO conversation
         (key, channel_id, conversation_id, user_id, reference, created_at_ms, active_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       RETURNING id, last_ticket AS lastTicket, last_seq AS lastSeq, pending, erased`,
      countersRow,
    );
    this.updateAccepted = prepareWrite(
      db,
      `UPDATE conversation SET reference = ?, last_ticket = ?, last_seq = ?, pending = pending + 1,
         active_at_ms = max(active_at_ms, ?) WHERE id = ?`,
    );
    this.updateCommitted = prepareWrite(
      db,
      `UPDATE conversation SET last_seq = ?, pending = pending - 1, active_at_ms = max(active_at_ms, ?)
       WHERE id = ?`,
    );
    this.selectAfter = prepareRows(
      db,
      `SELECT id, last_seq AS lastSeq, pending = 0 AND active_at_ms < ? AS idle
       FROM conversation WHERE id > ? ORDER BY id LIMIT ${HEADS_PER_SWEEP}`,
      sweepRow,
    );
    this.deleteById = prepareWrite(db, 'DELETE FROM conversation WHERE id = ?');
    // The last ticket stays: a late turn must still know that it was accepted once.
    this.emptyHead = prepareWrite(
      db,
      `UPDATE conversation SET erased = 1, user_id = '', reference = 'null', created_at_ms = 0, last_seq = 0,
         pending = 0 WHERE id = ?`,
    );
    this.deleteInbox = prepareWrite(db, 'DELETE FROM inbox WHERE conversation = ?');
    this.deleteLog = prepareWrite(db, 'DELETE FROM activity_log WHERE conversation = ?');
  }

  counters(key: string): ConversationCounters | undefined {
    return this.selectCounters(toStoredText(key));
  }

  head(key: string): ConversationHead | undefined {
    return this.selectHead(toStoredText(key));
  }

  create(head: ConversationHead): ConversationCounters {
    const created = this.insert(
      toStoredText(head.key),
      toStoredText(head.channelId),
      toStoredText(head.conversationId),
      toStoredText(head.userId),
      JSON.stringify(head.reference),
      head.createdAtMs,
      head.createdAtMs,
    );
    if (created === undefined) throw new Error('INSERT … RETURNING gave no row');
    return created;
  }

  /** Notes one more pending turn, numbered `lastTicket`. */
  accepted(
    id: number,
    now: { reference: JsonValue; lastTicket: number; lastSeq: number; activeAtMs: number },
  ): void {
    this.updateAccepted(JSON.stringify(now.reference), now.lastTicket, now.lastSeq, now.activeAtMs, id);
  }

  /** Notes one pending turn less. */
  committed(id: number, now: { lastSeq: number; activeAtMs: number }): void {
    this.updateCommitted(now.lastSeq, now.activeAtMs, id);
  }

  /** Leaves nothing of a conversation but its key and the number of its last ticket. */
  erase(id: number): void {
    this.deleteInbox(id);
    this.deleteLog(id);
    this.emptyHead(id);
  }

  /**
   * Removes idle conversations with inbox and log, one bounded batch. A conversation goes as a whole, and never
   * while a turn of it is unfinished.
   * @param afterId where the batch before this one ended; 0 for the first
   * @returns where this batch ended; undefined after the last conversation
   */
  removeIdle(beforeMs: number, afterId: number): number | undefined {
    const heads = this.selectAfter(beforeMs, afterId);
    let rows = 0;
    for (const head of heads) {
      if (head.idle !== 1) continue;
      this.deleteById(head.id);
      rows += head.lastSeq;
      if (rows >= ROWS_PER_SWEEP) return head.id;
    }
    return heads.length < HEADS_PER_SWEEP ? undefined : heads.at(-1)?.id;
  }
}
