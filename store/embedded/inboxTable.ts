import type Database from 'libsql';
import { z } from 'zod';
import type { AcceptRequest, PendingTurn } from '../../services/turn/turnStore';
import { pendingRow } from '../storedRows';
import { storedText, toStoredText } from '../storedText';
import { headColumns } from './conversationTable';
import { prepareRow, prepareRows, prepareWrite } from './preparedStatement';

const knownRow = z.object({
  ticket: z.number(),
  activityId: storedText,
  done: z.number().transform((flag) => flag === 1),
});

/** Accepted activities, by ticket. Every method is synchronous; writes belong inside a group. */
export class InboxTable {
  private readonly selectKnown;
  private readonly selectPending;
  private readonly selectNext;
  private readonly selectWaiting;
  private readonly insert;
  private readonly updateDone;
  private readonly deleteDone;

  constructor(db: Database.Database) {
    this.selectKnown = prepareRow(
      db,
      `SELECT ticket, activity_id AS activityId, done_at_ms IS NOT NULL AS done
       FROM inbox WHERE conversation = ? AND idempotency_key = ?`,
      knownRow,
    );
    this.selectPending = prepareRow(
      db,
      'SELECT ticket FROM inbox WHERE conversation = ? AND ticket = ? AND done_at_ms IS NULL',
      z.object({ ticket: z.number() }),
    );
    this.selectNext = prepareRow(
      db,
      `SELECT ticket, activity_id AS activityId, sealed_activity AS sealedActivity,
         received_at_ms AS receivedAtMs, ${headColumns}
       FROM conversation JOIN inbox ON inbox.conversation = conversation.id
       WHERE conversation.key = ? AND done_at_ms IS NULL ORDER BY ticket LIMIT 1`,
      pendingRow,
    );
    this.selectWaiting = prepareRows(
      db,
      `SELECT key FROM conversation
       WHERE id IN (SELECT conversation FROM inbox WHERE done_at_ms IS NULL) ORDER BY id LIMIT ?`,
      z.object({ key: storedText }),
    );
    this.insert = prepareWrite(
      db,
      `INSERT INTO inbox
         (conversation, ticket, idempotency_key, activity_id, sealed_activity, received_at_ms)
       VALUES (?, ?, ?, ?, ?, ?)`,
    );
    this.updateDone = prepareWrite(
      db,
      'UPDATE inbox SET sealed_activity = NULL, done_at_ms = ? WHERE conversation = ? AND ticket = ?',
    );
    this.deleteDone = prepareWrite(
      db,
      `DELETE FROM inbox WHERE id IN
         (SELECT id FROM inbox WHERE done_at_ms IS NOT NULL AND done_at_ms < ? ORDER BY done_at_ms LIMIT ?)`,
    );
  }

  /** The turn that took this idempotency key before. */
  find(conversation: number, idempotencyKey: string) {
    return this.selectKnown(conversation, toStoredText(idempotencyKey));
  }

  add(conversation: number, ticket: number, request: AcceptRequest): void {
    this.insert(
      conversation,
      ticket,
      toStoredText(request.idempotencyKey),
      toStoredText(request.activityId),
      request.sealedActivity,
      request.receivedAtMs,
    );
  }

  isPending(conversation: number, ticket: number): boolean {
    return this.selectPending(conversation, ticket) !== undefined;
  }

  /** Ends a turn and wipes what it had read. */
  markDone(conversation: number, ticket: number, doneAtMs: number): void {
    this.updateDone(doneAtMs, conversation, ticket);
  }

  next(conversationKey: string): PendingTurn | undefined {
    const found = this.selectNext(toStoredText(conversationKey));
    if (found === undefined) return undefined;
    const { ticket, activityId, sealedActivity, receivedAtMs, ...conversation } = found;
    return { ticket, activityId, sealedActivity, receivedAtMs, conversation };
  }

  /** Keys of at most `limit` conversations with unfinished turns. */
  waitingConversations(limit: number): string[] {
    return this.selectWaiting(limit).map((row) => row.key);
  }

  /** Forgets at most `limit` finished turns and their idempotency keys; returns how many. */
  removeDone(beforeMs: number, limit: number): number {
    return this.deleteDone(beforeMs, limit);
  }
}
