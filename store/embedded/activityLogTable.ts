import type Database from 'libsql';
import { activityJson } from '../../services/turn/activityJson';
import type { JsonActivity, LoggedActivity } from '../../services/turn/turnStore';
import { logRow } from '../storedRows';
import { toStoredText } from '../storedText';
import { prepareRows, prepareWrite } from './preparedStatement';

/** What both sides said, by seq. Every method is synchronous; writes belong inside a group. */
export class ActivityLogTable {
  private readonly insert;
  private readonly selectAfter;
  private readonly selectReplies;

  constructor(db: Database.Database) {
    this.insert = prepareWrite(
      db,
      'INSERT INTO activity_log (conversation, seq, ticket, is_reply, activity) VALUES (?, ?, ?, ?, ?)',
    );
    this.selectAfter = prepareRows(
      db,
      `SELECT seq, ticket, activity FROM activity_log
       WHERE conversation = (SELECT id FROM conversation WHERE key = ?) AND seq > ? ORDER BY seq LIMIT ?`,
      logRow,
    );
    this.selectReplies = prepareRows(
      db,
      `SELECT seq, ticket, activity FROM activity_log
       WHERE conversation = (SELECT id FROM conversation WHERE key = ?) AND ticket = ? AND is_reply = 1
       ORDER BY seq`,
      logRow,
    );
  }

  append(
    conversation: number,
    entry: { seq: number; ticket: number; isReply: boolean; activity: JsonActivity },
  ): void {
    const { seq, ticket, isReply, activity } = entry;
    this.insert(conversation, seq, ticket, isReply ? 1 : 0, activityJson(activity));
  }

  read(conversationKey: string, afterSeq: number, limit: number): LoggedActivity[] {
    return this.selectAfter(toStoredText(conversationKey), afterSeq, limit);
  }

  repliesOf(conversationKey: string, ticket: number): LoggedActivity[] {
    return this.selectReplies(toStoredText(conversationKey), ticket);
  }
}
