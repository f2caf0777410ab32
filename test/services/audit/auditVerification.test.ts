import { headOf } from '../../../services/audit/auditHead';
import { AuditChain, verifyAudit } from '../../../services/audit/auditVerification';
import type { JournalRow } from '../../../services/journal/journal';
import { aStream, rechained, rowAfter, sealedRow, startMs } from './auditRows';

const bodies = ['challenged', 'verified', 'shown', 'signedOut', 'challenged', 'refused'];
const stream = 'audit/3';
const rows = aStream(bodies.map((kind) => ({ kind, line: 'line-1' })));
const problems = (
  changed: readonly JournalRow[],
  heads = [] as ReturnType<typeof headOf>[],
  since?: number,
) => verifyAudit(stream, changed, heads, since).map(({ seq, problem }) => `${seq} ${problem}`);
const without = (...seqs: number[]) => rows.filter(({ seq }) => !seqs.includes(seq));
const replaced = (seq: number, change: (row: JournalRow) => JournalRow) =>
  rows.map((row) => (row.seq === seq ? change(row) : row));
const [first, second, third, fourth, fifth, last] = rows;
if (!first || !second || !third || !fourth || !fifth || !last) throw new Error('six rows');
const heads = [headOf(third), headOf(last)];

describe('an audit stream', () => {
  it('that nobody touched is sound, with and without heads', () => {
    expect(problems(rows)).toEqual([]);
    expect(problems(rows, heads)).toEqual([]);
    expect(problems([])).toEqual([]);
  });

  it('that went on after the heads were taken is sound', () => {
    expect(problems([...rows, rowAfter(last, { kind: 'shown' })], heads)).toEqual([]);
  });

  it('is not judged by the heads of another stream', () => {
    expect(problems(rows, [{ ...headOf(last), stream: 'audit/4', seq: 99 }])).toEqual([]);
  });

  it.each<[string, JournalRow[], string[]]>([
    ['whose body was changed', replaced(2, (row) => ({ ...row, body: { kind: 'refused' } })), ['2 changed']],
    ['whose time was changed', replaced(2, (row) => ({ ...row, atMs: row.atMs + 1 })), ['2 changed']],
    [
      'whose hash was changed',
      replaced(2, (row) => ({ ...row, hash: 'f'.repeat(64) })),
      ['2 changed', '3 unlinked'],
    ],
    [
      'whose row was changed together with its hash',
      replaced(2, (row) => sealedRow({ ...row, body: 'x' })),
      ['3 unlinked'],
    ],
    [
      'whose link was changed',
      replaced(2, (row) => sealedRow({ ...row, previousHash: '0'.repeat(64) })),
      ['2 unlinked', '3 unlinked'],
    ],
    ['whose last row was changed with its hash', replaced(6, (row) => sealedRow({ ...row, atMs: 0 })), []],
    ['that lost a row', without(3), ['4 missing']],
    ['that lost two rows', without(3, 4), ['5 missing']],
    [
      'with a row put in',
      [first, second, { ...third, seq: 2 }, third, fourth, fifth, last],
      ['2 outOfOrder', '2 changed', '3 unlinked'],
    ],
    ['with a row twice', [first, second, second, third, fourth, fifth, last], ['2 outOfOrder']],
    [
      'with two rows exchanged',
      [first, third, second, fourth, fifth, last],
      ['3 missing', '2 outOfOrder', '4 missing'],
    ],
    [
      'with a row of another stream',
      [first, sealedRow({ ...second, stream: 'audit/4' }), third, fourth, fifth, last],
      ['2 outOfOrder', '3 unlinked'],
    ],
    ['that begins with another stream', [sealedRow({ ...first, stream: 'audit/4' })], ['1 outOfOrder']],
    [
      'whose first row follows from something',
      [sealedRow({ ...first, previousHash: 'a'.repeat(64) })],
      ['1 unlinked'],
    ],
    ['that begins before its beginning', [sealedRow({ ...first, seq: 0 })], ['0 outOfOrder']],
  ])('%s shows it', (_, changed, found) => {
    expect(problems(changed)).toEqual(found);
  });

  it('names the stream in what it finds', () => {
    expect(verifyAudit(stream, without(3))).toEqual([{ stream, seq: 4, problem: 'missing' }]);
  });

  it('shows a tail that was cut, as far as heads reach', () => {
    expect(problems(rows.slice(0, 5))).toEqual([]);
    expect(problems(rows.slice(0, 5), heads)).toEqual(['6 cutTail']);
    expect(problems(rows.slice(0, 2), heads)).toEqual(['3 cutTail', '6 cutTail']);
    expect(problems([], heads)).toEqual(['3 cutTail', '6 cutTail']);
  });

  it('shows that it was written anew, as far as heads reach', () => {
    const forged = rechained(replaced(2, (row) => ({ ...row, body: { kind: 'shown', line: 'line-2' } })));
    expect(problems(forged)).toEqual([]);
    expect(problems(forged, heads)).toEqual(['3 rewritten', '6 rewritten']);
  });

  it('may have lost its oldest rows to retention, and nothing newer', () => {
    const kept = without(1, 2, 3);
    expect(problems(kept)).toEqual([]);
    // The head of row 3 still tells what row 4 has to follow from.
    expect(problems(kept, heads, startMs + 4_000)).toEqual([]);
    const forged = rechained(rows).slice(3);
    expect(problems(forged, heads, startMs + 4_000)).toEqual([]);
    const other = kept.map((row) =>
      row.seq === 4 ? sealedRow({ ...row, previousHash: 'b'.repeat(64) }) : row,
    );
    expect(problems(other, heads, startMs + 4_000)).toEqual(['4 unlinked', '5 unlinked']);
    expect(problems(kept, heads, startMs + 3_001)).toEqual([]);
    expect(problems(kept, heads, startMs + 3_000)).toEqual(['3 cutStart']);
    expect(problems(without(1, 2, 3, 4), heads, startMs)).toEqual(['3 cutStart']);
    expect(problems([], heads, startMs + 6_001)).toEqual([]);
    expect(problems([], heads, startMs + 6_000)).toEqual(['6 cutTail']);
  });

  it('knows its last row', () => {
    const chain = new AuditChain(stream, [], 0);
    expect(chain.head()).toBeUndefined();
    for (const row of rows) chain.add(row);
    expect(chain.head()).toBe(last);
  });
});
