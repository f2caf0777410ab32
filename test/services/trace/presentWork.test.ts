import { setImmediate as soon } from 'node:timers/promises';
import { systemRandomness } from '../../../services/randomness';
import { carryTrace, takeTrace } from '../../../services/trace/carriedTrace';
import {
  detached,
  presentTrace,
  spend,
  traceHeaders,
  within,
  workIn,
} from '../../../services/trace/presentWork';
import { formatTraceparent, type TraceContext } from '../../../services/trace/traceContext';
import { IdTracer } from '../../../services/trace/tracer';

const tracer = new IdTracer(systemRandomness);
const aTrace = (): TraceContext => tracer.begin('a', 'internal', undefined).trace;

describe('the present work', () => {
  it('is known to all that it calls, and to nobody else', async () => {
    const [one, two] = [aTrace(), aTrace()];
    const seen = async () => {
      await soon();
      return presentTrace();
    };
    const both = await Promise.all([within(workIn(one), seen), within(workIn(two), seen), seen()]);
    expect(both).toEqual([one, two, undefined]);
    expect(within(workIn(one), () => detached(presentTrace))).toBeUndefined();
  });

  it('goes along to whoever is called', () => {
    const trace = aTrace();
    expect(traceHeaders()).toEqual({});
    expect(within(workIn(trace), traceHeaders)).toEqual({ traceparent: formatTraceparent(trace) });
  });

  it('adds up where its time goes, failures included', async () => {
    const work = workIn(aTrace());
    await within(work, async () => {
      await spend('read', () => soon());
      expect(() => spend('think', () => JSON.parse('{'))).toThrow(SyntaxError);
      await expect(spend('write', async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
      expect(spend('think', () => 5)).toBe(5);
    });
    expect([...work.spentMs.keys()]).toEqual(['read', 'think', 'write']);
    for (const ms of work.spentMs.values()) expect(ms).toBeGreaterThan(0);
  });
});

describe('a trace that crosses the store', () => {
  it('comes out as it went in, and the payload as it was', () => {
    const trace = aTrace();
    const payload = { conversationKey: 'directline/c1', ticket: 3 };
    expect(takeTrace(carryTrace(payload, trace))).toEqual({ payload, trace });
    expect(takeTrace(payload)).toEqual({ payload, trace: undefined });
  });

  it.each([['text'], [5], [null], [[1, 2]]])(
    'leaves a payload alone that has no place for it: %j',
    (payload) => {
      expect(carryTrace(payload, aTrace())).toEqual(payload);
      expect(takeTrace(payload)).toEqual({ payload, trace: undefined });
    },
  );

  it('never overwrites a field of a payload', () => {
    expect(carryTrace({ traceparent: 'mine' }, aTrace())).toEqual({ traceparent: 'mine' });
  });
});

describe('a trace without recording', () => {
  it('keeps the caller’s ids', () => {
    const parent = aTrace();
    expect(tracer.begin('b', 'server', parent).trace).toEqual(parent);
    expect(aTrace().traceId).not.toBe(parent.traceId);
  });
});
