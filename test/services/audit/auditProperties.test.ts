import fc from 'fast-check';
import { headOf } from '../../../services/audit/auditHead';
import { verifyAudit } from '../../../services/audit/auditVerification';
import { sized } from '../../size';
import { aStream, rechained, sealedRow } from './auditRows';

const seed = Number(process.env.TEST_SEED ?? 20261122);
const runs = { seed, numRuns: sized(500, 20_000) };
const stream = 'audit/3';

describe('an audit stream', () => {
  const anyStream = fc
    .array(fc.jsonValue({ maxDepth: 2 }), { minLength: 2, maxLength: 12 })
    .map((values) => aStream(values.map((value) => JSON.parse(JSON.stringify(value)))));

  it(`shows any single change (seed ${seed})`, () => {
    const change = fc.record({
      kind: fc.constantFrom('body', 'time', 'hash', 'link', 'remove', 'double', 'swap'),
      at: fc.nat(),
      hash: fc.stringMatching(/^[\da-f]{64}$/),
    });
    fc.assert(
      fc.property(anyStream, change, (whole, { kind, at: anywhere, hash }) => {
        expect(verifyAudit(stream, whole)).toEqual([]);
        const at = anywhere % (whole.length - 1);
        const changed = [...whole];
        const [row, next] = whole.slice(at);
        if (row === undefined || next === undefined) throw new Error('there is a row after it');
        if (kind === 'body') changed[at] = { ...row, body: ['another', row.body] };
        if (kind === 'time') changed[at] = { ...row, atMs: row.atMs - 1 };
        if (kind === 'hash') changed[at] = { ...row, hash };
        if (kind === 'link') changed[at] = sealedRow({ ...row, previousHash: hash });
        if (kind === 'remove' && at > 0) changed.splice(at, 1);
        if (kind === 'remove' && at === 0) changed.splice(0, 1, { ...row, seq: row.seq + 1 });
        if (kind === 'double') changed.splice(at, 0, row);
        if (kind === 'swap') changed.splice(at, 2, next, row);
        expect(verifyAudit(stream, changed)).not.toEqual([]);
      }),
      runs,
    );
  });

  it(`that was forged whole shows by any head from the forged row on (seed ${seed})`, () => {
    fc.assert(
      fc.property(anyStream, fc.nat(), fc.nat(), (whole, forgedAt, headAt) => {
        const at = forgedAt % whole.length;
        const head = whole[at + (headAt % (whole.length - at))];
        if (head === undefined) throw new Error('there is such a row');
        const forged = rechained(
          whole.map((row, index) => (index === at ? { ...row, body: ['x', row.body] } : row)),
        );
        expect(verifyAudit(stream, forged)).toEqual([]);
        expect(verifyAudit(stream, forged, [headOf(head)])).toEqual([
          { stream, seq: head.seq, problem: 'rewritten' },
        ]);
      }),
      runs,
    );
  });
});
