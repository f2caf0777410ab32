import { type JournalRow, streamsOf } from '../journal/journal';
import type { TurnStore } from '../turn/turnStore';

/** The last row of an audit stream at some moment. Kept outside the database, it shows a tail that was cut. */
export interface AuditHead {
  readonly stream: string;
  readonly seq: number;
  /** Lower-case hex. */
  readonly hash: string;
  /** Epoch ms of the row's commit. */
  readonly atMs: number;
}

/** The heads of all audit streams that have rows. Reads a few rows of each, however long it is. */
export async function readAuditHeads(store: Pick<TurnStore, 'readJournal'>): Promise<AuditHead[]> {
  const heads: AuditHead[] = [];
  for (const stream of streamsOf('audit')) {
    const row = await lastRow(store, stream);
    if (row !== undefined) heads.push(headOf(row));
  }
  return heads;
}

export function headOf({ stream, seq, hash, atMs }: JournalRow): AuditHead {
  return { stream, seq, hash, atMs };
}

/** One line, made so that the log's redaction leaves it as it is: 'audit/3 seq412 <hash> 2026-11-22T08:20:00.000Z'. */
export function auditHeadLine({ stream, seq, hash, atMs }: AuditHead): string {
  return `${stream} seq${seq} ${hash} ${new Date(atMs).toISOString()}`;
}

/** All heads that a text names in the form of `auditHeadLine`: a saved list, or whole log files. */
export function parseAuditHeads(text: string): AuditHead[] {
  const lines = text.matchAll(
    /(audit\/\d+) seq(\d+) ([\da-f]{64}) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)/g,
  );
  return [...lines].map(([, stream, seq, hash, at]) => ({
    stream: String(stream),
    seq: Number(seq),
    hash: String(hash),
    atMs: Date.parse(String(at)),
  }));
}

/** The store reads rows forwards only: steps that double, then halves. */
async function lastRow(
  store: Pick<TurnStore, 'readJournal'>,
  stream: string,
): Promise<JournalRow | undefined> {
  const after = async (seq: number) => (await store.readJournal(stream, seq, 1))[0];
  let last = await after(0);
  if (last === undefined) return undefined;
  let step = 1;
  for (let next = await after(last.seq); next !== undefined; next = await after(last.seq + step)) {
    last = next;
    step *= 2;
  }
  for (; step >= 1; step /= 2) last = (await after(last.seq + step - 1)) ?? last;
  return last;
}
