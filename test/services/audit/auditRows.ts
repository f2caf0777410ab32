import { firstHash, type JournalRow, journalHash } from '../../../services/journal/journal';
import type { JsonValue } from '../../../services/turn/turnStore';

export const startMs = Date.parse('2026-11-22T17:20:00+09:00');

/** A row as the store writes it after `previous`. */
export function rowAfter(previous: JournalRow | undefined, body: JsonValue, stream = 'audit/3'): JournalRow {
  const seq = (previous?.seq ?? 0) + 1;
  return sealedRow({
    stream,
    seq,
    atMs: startMs + seq * 1_000,
    body,
    previousHash: previous?.hash ?? firstHash,
  });
}

/** The row with the hash that belongs to it. */
export function sealedRow(row: Omit<JournalRow, 'hash'>): JournalRow {
  return { ...row, hash: journalHash({ ...row, bodyJson: JSON.stringify(row.body) }) };
}

/** A whole stream, one row for each body. */
export function aStream(bodies: readonly JsonValue[], stream?: string): JournalRow[] {
  const rows: JournalRow[] = [];
  for (const body of bodies) rows.push(rowAfter(rows.at(-1), body, stream));
  return rows;
}

/** What somebody does who changes rows and then makes the chain whole again up to its end. */
export function rechained(rows: readonly JournalRow[]): JournalRow[] {
  const whole: JournalRow[] = [];
  for (const row of rows) {
    const previous = whole.at(-1);
    whole.push(sealedRow({ ...row, seq: whole.length + 1, previousHash: previous?.hash ?? firstHash }));
  }
  return whole;
}
