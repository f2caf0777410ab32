import { auditHeadLine, headOf, parseAuditHeads, readAuditHeads } from '../../../services/audit/auditHead';
import type { JournalRow } from '../../../services/journal/journal';
import { journalRetentionMs, journalsBeforeMs } from '../../../services/journal/journalRetention';
import { redact } from '../../../services/redaction/redaction';
import type { TurnStore } from '../../../services/turn/turnStore';
import { openEmbeddedTurnStore } from '../../../store/embedded/embeddedTurnStore';
import { aStream, startMs } from './auditRows';

/** A journal with one stream, of which somebody reads a few rows at most. */
function aJournalOf(rows: readonly JournalRow[], most: number): Pick<TurnStore, 'readJournal'> {
  let reads = 0;
  return {
    readJournal: async (stream, afterSeq, limit) => {
      reads += 1;
      if (reads > most) throw new Error('too many reads');
      return stream === 'audit/3' ? rows.filter(({ seq }) => seq > afterSeq).slice(0, limit) : [];
    },
  };
}

describe('the heads of the audit log', () => {
  it.each([1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33, 100])('are found in a stream of %d rows', async (length) => {
    const rows = aStream(Array.from({ length }, (_, at) => at));
    // Sixteen streams, and twice the logarithm of the length.
    const store = aJournalOf(rows, 16 + 2 * Math.ceil(Math.log2(length)) + 3);
    expect(await readAuditHeads(store)).toEqual(rows.slice(-1).map(headOf));
  });

  it('are found where retention has removed the beginning', async () => {
    const rows = aStream(Array.from({ length: 50 }, (_, at) => at)).slice(37);
    expect(await readAuditHeads(aJournalOf(rows, 40))).toEqual(rows.slice(-1).map(headOf));
  });

  it('are those of the real store', async () => {
    const store = openEmbeddedTurnStore({ file: ':memory:', clock: { now: () => startMs } });
    const entries = [5, 0, 5, 15, 5].map((n) => ({ stream: `audit/${n}`, body: { kind: 'signedOut', n } }));
    await store.appendJournal([...entries, { stream: 'unanswered/1', body: {} }], startMs);
    const heads = await readAuditHeads(store);
    expect(heads.map(({ stream, seq, atMs }) => [stream, seq, atMs])).toEqual([
      ['audit/0', 1, startMs],
      ['audit/5', 3, startMs],
      ['audit/15', 1, startMs],
    ]);
    const [row] = await store.readJournal('audit/5', 2, 1);
    expect(heads[1]?.hash).toBe(row?.hash);
    await store.close();
  });

  const head = { stream: 'audit/12', seq: 1_234_567, hash: `${'0123456789'.repeat(6)}abcd`, atMs: startMs };

  it('come out of a log as they went in', () => {
    const line = auditHeadLine(head);
    expect(line).toBe(`audit/12 seq1234567 ${head.hash} 2026-11-22T08:20:00.000Z`);
    expect(redact(line)).toBe(line);
    const other = { ...head, stream: 'audit/3', seq: 1 };
    const log = JSON.stringify({ level: 'info', heads: [line, auditHeadLine(other)], msg: 'audit heads' });
    expect(parseAuditHeads(`{"level":"info"}\n${log}\n${line}\n`)).toEqual([head, other, head]);
  });

  it.each([
    '',
    'audit/1',
    `audit/1 seq2 ${'a'.repeat(63)} 2026-11-22T08:20:00.000Z`,
    `unanswered/1 seq2 ${head.hash} x`,
  ])('are not in %j', (text) => {
    expect(parseAuditHeads(text)).toEqual([]);
  });
});

describe('journals', () => {
  it('are kept for more than two years, 90 days and 400 days', () => {
    const days = (ms: number) => ms / 86_400_000;
    expect(days(journalRetentionMs.audit)).toBeGreaterThanOrEqual(731);
    expect(days(journalRetentionMs.unanswered)).toBe(90);
    expect(days(journalRetentionMs.deflection)).toBe(400);
    expect(journalsBeforeMs(startMs)).toEqual({
      audit: startMs - journalRetentionMs.audit,
      unanswered: startMs - journalRetentionMs.unanswered,
      deflection: startMs - journalRetentionMs.deflection,
      handoff: startMs - journalRetentionMs.handoff,
    });
  });
});
