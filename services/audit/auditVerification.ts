import { firstHash, type JournalRow, journalHash } from '../journal/journal';
import type { AuditHead } from './auditHead';

/**
 * - `changed`: the row does not give its own hash
 * - `missing`: rows are gone before this one, which is not where retention removes any
 * - `outOfOrder`: the row stands where an earlier or another one belongs
 * - `unlinked`: the row does not follow from the one before it
 * - `rewritten`: whole and linked, but not what an expected head says
 * - `cutTail`, `cutStart`: an expected head is newer than the last row, or gone although it is not old enough
 */
export type AuditProblem =
  | 'changed'
  | 'missing'
  | 'outOfOrder'
  | 'unlinked'
  | 'rewritten'
  | 'cutTail'
  | 'cutStart';

export interface AuditFinding {
  readonly stream: string;
  readonly seq: number;
  readonly problem: AuditProblem;
}

/** Checks the rows of one stream of the audit log, one after another, in the order in which the store gives them. */
export class AuditChain {
  private readonly found: AuditFinding[] = [];
  private firstSeq = Number.POSITIVE_INFINITY;
  private last: JournalRow | undefined;

  /**
   * @param heads what the stream's head was at earlier times; those of other streams are passed over
   * @param keptSinceMs rows older than this may have been removed, the oldest first
   */
  constructor(
    private readonly stream: string,
    private readonly heads: readonly AuditHead[],
    private readonly keptSinceMs: number,
  ) {
    this.heads = heads.filter((head) => head.stream === stream);
  }

  add(row: JournalRow): void {
    const { last } = this;
    if (last === undefined) this.begin(row);
    else if (row.seq <= last.seq || row.stream !== this.stream) this.report(row.seq, 'outOfOrder');
    else if (row.seq > last.seq + 1) this.report(row.seq, 'missing');
    else if (row.previousHash !== last.hash) this.report(row.seq, 'unlinked');

    if (journalHash({ ...row, bodyJson: JSON.stringify(row.body) }) !== row.hash)
      this.report(row.seq, 'changed');
    if (this.heads.some(({ seq, hash }) => seq === row.seq && hash !== row.hash))
      this.report(row.seq, 'rewritten');
    this.last = row;
  }

  /** Everything that is wrong, in order; nothing when the stream is as it was written. */
  findings(): AuditFinding[] {
    const { last, firstSeq } = this;
    const lastSeq = last?.seq ?? 0;
    const ofHeads = this.heads.flatMap(({ seq, atMs }): AuditFinding[] => {
      if (seq < firstSeq) {
        // Retention may have removed the row of a head, and then it has removed all before it.
        if (atMs < this.keptSinceMs) return [];
        return [{ stream: this.stream, seq, problem: last === undefined ? 'cutTail' : 'cutStart' }];
      }
      return seq > lastSeq ? [{ stream: this.stream, seq, problem: 'cutTail' }] : [];
    });
    return [...this.found, ...ofHeads];
  }

  /** The last row that was added. */
  head(): JournalRow | undefined {
    return this.last;
  }

  /** The first row must be the stream's own first one, or follow one that retention has removed. */
  private begin(row: JournalRow): void {
    this.firstSeq = row.seq;
    if (row.stream !== this.stream || row.seq < 1) this.report(row.seq, 'outOfOrder');
    if (row.seq === 1 && row.previousHash !== firstHash) this.report(row.seq, 'unlinked');
    const before = this.heads.find(({ seq }) => seq === row.seq - 1);
    if (before !== undefined && before.hash !== row.previousHash) this.report(row.seq, 'unlinked');
  }

  private report(seq: number, problem: AuditProblem): void {
    this.found.push({ stream: this.stream, seq, problem });
  }
}

/**
 * Finds rows of one audit stream that were changed, removed, put in or moved, and a tail that was cut as far as
 * `heads` reach.
 * @param rows all rows of the stream, in the order in which the store gives them
 * @param keptSinceMs rows older than this may have been removed, the oldest first
 */
export function verifyAudit(
  stream: string,
  rows: Iterable<JournalRow>,
  heads: readonly AuditHead[] = [],
  keptSinceMs = 0,
): AuditFinding[] {
  const chain = new AuditChain(stream, heads, keptSinceMs);
  for (const row of rows) chain.add(row);
  return chain.findings();
}
