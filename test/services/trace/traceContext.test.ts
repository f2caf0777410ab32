import * as fc from 'fast-check';
import { personalTraces } from '../../../bot/cli/personalTraces';
import { systemRandomness } from '../../../services/randomness';
import { redact } from '../../../services/redaction/redaction';
import {
  formatTraceparent,
  newSpanId,
  newTraceId,
  parseTraceparent,
} from '../../../services/trace/traceContext';
import { sized } from '../../size';

/** From the W3C recommendation, section 3.2. */
const example = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

describe('the trace of a message', () => {
  it('is read and written as W3C writes it', () => {
    const trace = parseTraceparent(example);
    expect(trace).toEqual({
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      spanId: '00f067aa0ba902b7',
      sampled: true,
    });
    expect(trace && formatTraceparent(trace)).toBe(example);
    expect(parseTraceparent(`${example.slice(0, -2)}00`)?.sampled).toBe(false);
  });

  it('is read from later versions, whatever they add', () => {
    expect(parseTraceparent(`01${example.slice(2)}-more`)?.spanId).toBe('00f067aa0ba902b7');
  });

  it.each([
    undefined,
    '',
    'x',
    `${example}-more`,
    `ff${example.slice(2)}`,
    example.toUpperCase(),
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-4bf92f3577b34da6a3ce929d0e0e4736-${'0'.repeat(16)}-01`,
    `00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01`,
  ])('is not read from %s', (text) => {
    expect(parseTraceparent(text)).toBeUndefined();
  });

  it.each([
    ['a phone number', `${'0'.repeat(20)}a01000001001`],
    ['a phone number among letters', `abcdefabcdef01000001001abcdefabc`],
    ['nothing but a number', '12345678901234561234567890123456'],
    ['a resident number', 'abcdefabcdefabc9001011234567abcd'],
  ])('takes no id that holds %s', (_, traceId) => {
    expect(traceId).toHaveLength(32);
    expect(parseTraceparent(`00-${traceId}-00f067aa0ba902b7-01`)).toBeUndefined();
  });

  it('is taken from others nearly always', () => {
    let taken = 0;
    for (let n = 0; n < 2_000; n += 1) {
      const id = (bytes: number) => systemRandomness.bytes(bytes).toString('hex');
      if (parseTraceparent(`00-${id(16)}-${id(8)}-01`) !== undefined) taken += 1;
    }
    expect(taken).toBeGreaterThan(1_900);
  });

  it('never fails on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseTraceparent(text)).toBeUndefined();
      }),
    );
  });

  it('has ids that no redaction changes and no scan takes for a number', () => {
    const known = { codes: new Set<string>(), names: [] };
    for (let n = 0; n < sized(2_000, 200_000); n += 1) {
      const trace = {
        traceId: newTraceId(systemRandomness),
        spanId: newSpanId(systemRandomness),
        sampled: true,
      };
      const text = formatTraceparent(trace);
      expect(text).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
      expect(redact(trace.traceId)).toBe(trace.traceId);
      expect([...personalTraces(JSON.stringify({ trace: text, ids: trace }), known).keys()]).toEqual([]);
    }
  });
});
