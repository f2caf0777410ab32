import { createHash } from 'node:crypto';
import type { JsonValue } from '../turn/turnStore';

/**
 * What happened, kept in the order in which it was committed and never changed: audit events, questions nobody
 * could answer, outcomes of help. Unlike the activity log it belongs to no conversation.
 *
 * A journal has several streams, so that conversations do not wait for one another's entries. The rows of one
 * stream are numbered without gaps and chained by hash: a row that was changed, removed or put in shows.
 */
export const journals = ['audit', 'unanswered', 'deflection', 'handoff'] as const;
export type JournalName = (typeof journals)[number];

export interface JournalEntry {
  /** `streamOf(…)` */
  readonly stream: string;
  /** No personal data: ids, codes, levels, redacted text. */
  readonly body: JsonValue;
}

export interface JournalRow extends JournalEntry {
  /** Place in the stream, from 1 without gaps. */
  readonly seq: number;
  /** Epoch ms of the commit. */
  readonly atMs: number;
  /** Hex SHA-256 of the row before; `firstHash` for the first. */
  readonly previousHash: string;
  /** `journalHash(…)` of this row. */
  readonly hash: string;
}

export const firstHash = '0'.repeat(64);

/** Streams of each journal. Fixed: another number would scatter a conversation's entries. */
export const streamsPerJournal = 16;

/** The stream of a journal that entries about `subject` (a conversation's key, say) go into. */
export function streamOf(journal: JournalName, subject: string): string {
  const digest = createHash('sha256').update(subject).digest();
  return `${journal}/${digest.readUInt16BE(0) % streamsPerJournal}`;
}

/** All streams of a journal. */
export function streamsOf(journal: JournalName): string[] {
  return Array.from({ length: streamsPerJournal }, (_, at) => `${journal}/${at}`);
}

/**
 * The link of the chain: SHA-256 over the row before, the place, the time and the body.
 * @param bodyJson the body as JSON text, letter for letter as it is stored
 * @returns lower-case hex
 */
export function journalHash(row: {
  readonly stream: string;
  readonly seq: number;
  readonly atMs: number;
  readonly bodyJson: string;
  readonly previousHash: string;
}): string {
  // JSON keeps the parts apart whatever they contain.
  const linked = JSON.stringify([row.previousHash, row.stream, row.seq, row.atMs, row.bodyJson]);
  return createHash('sha256').update(linked).digest('hex');
}
