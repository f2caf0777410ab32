import type Database from 'libsql';
import { z } from 'zod';
import { firstHash, type JournalEntry, type JournalRow, journalHash } from '../../services/journal/journal';
import { journalRow } from '../storedRows';
import { toStoredText } from '../storedText';
import { prepareRow, prepareRows, prepareWrite } from './preparedStatement';

const headRow = z.object({ lastSeq: z.number(), lastHash: z.string() });
/**
 * What happened, chained by hash (`services/journal/journal.ts`). A stream's head stays when its oldest rows are
 * removed, so numbers and chain go on. Every method is synchronous; writes belong inside a group.
 */
export class JournalTable {
  private readonly selectHead;
  private readonly setHead;
  private readonly insert;
  private readonly selectRows;
  private readonly selectStreams;
  private readonly deleteOldest;

  constructor(db: Database.Database) {
    this.selectHead = prepareRow(
      db,
      'SELECT last_seq AS lastSeq, last_hash AS lastHash FROM journal_stream WHERE stream = ?',
      headRow,
    );
    this.setHead = prepareWrite(
      db,
      `INSERT INTO journal_stream (stream, last_seq, last_hash) VALUES (?, ?, ?)
       ON CONFLICT (stream) DO UPDATE SET last_seq = excluded.last_seq, last_hash = excluded.last_hash`,
    );
    this.insert = prepareWrite(
      db,
      'INSERT INTO journal (stream, seq, at_ms, body, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.selectRows = prepareRows(
      db,
      `SELECT stream, seq, at_ms AS atMs, body, previous_hash AS previousHash, hash
       FROM journal WHERE stream = ? AND seq > ? ORDER BY seq LIMIT ?`,
      journalRow,
    );
    this.selectStreams = prepareRows(
      db,
      'SELECT stream FROM journal_stream WHERE substr(stream, 1, length(?1)) = ?1',
      z.object({ stream: z.string() }).transform(({ stream }) => stream),
    );
    // Only from the old end: a row that is older by a clock set back stays until those before it go.
    this.deleteOldest = prepareWrite(
      db,
      `DELETE FROM journal WHERE stream = ?1 AND seq IN (
         SELECT seq FROM journal WHERE stream = ?1
           AND seq < coalesce((SELECT min(seq) FROM journal WHERE stream = ?1 AND at_ms >= ?2),
                              (SELECT last_seq + 1 FROM journal_stream WHERE stream = ?1))
         ORDER BY seq LIMIT ?3)`,
    );
  }

  append(entries: readonly JournalEntry[], atMs: number): void {
    for (const { stream, body } of entries) {
      const key = toStoredText(stream);
      const head = this.selectHead(key) ?? { lastSeq: 0, lastHash: firstHash };
      const seq = head.lastSeq + 1;
      const bodyJson = JSON.stringify(body);
      const hash = journalHash({ stream, seq, atMs, bodyJson, previousHash: head.lastHash });
      this.insert(key, seq, atMs, bodyJson, head.lastHash, hash);
      this.setHead(key, seq, hash);
    }
  }

  read(stream: string, afterSeq: number, limit: number): JournalRow[] {
    return this.selectRows(toStoredText(stream), afterSeq, limit);
  }

  /** Removes at most `limit` rows of one stream that were written before; returns how many. */
  removeBefore(stream: string, beforeMs: number, limit: number): number {
    return this.deleteOldest(stream, beforeMs, limit);
  }

  /** Streams of a journal, as stored. */
  streams(journal: string): string[] {
    return this.selectStreams(toStoredText(`${journal}/`));
  }
}
