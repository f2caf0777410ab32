import fc from 'fast-check';
import { type HandoffRecord, handoffEndings, handoffRecord } from '../../../services/handoff/handoff';
import {
  type HandoffEvent,
  handoffEventNames,
  readHandoffEvent,
} from '../../../services/handoff/handoffEvents';
import { type CustomerStep, changeOf, type HandoffChange } from '../../../services/handoff/handoffMachine';
import { sized } from '../../size';

const agents = ['minji', 'doyun', 'seoyeon'].map((id) => ({ id, name: id }));
const waiting: HandoffRecord = {
  id: 'h1',
  conversationKey: 'directline/c1',
  state: 'requested',
  reason: 'asked',
  skill: 'billing',
  language: 'ko',
  channelId: 'directline',
  verified: false,
  callback: false,
  requestedAtMs: 1_000,
  waitingSinceMs: 1_000,
  wait: 1,
  notes: [],
};

const handoffId = fc.constantFrom('h1', 'h1', 'h1', 'h0');
const agent = fc.constantFrom(...agents);
const by = fc.option(agent, { nil: undefined });
const text = fc.string({ minLength: 1, maxLength: 20 });
const event: fc.Arbitrary<HandoffEvent> = fc.oneof(
  fc.record({ name: fc.constant('handoff.claim' as const), value: fc.record({ handoffId, agent }) }),
  fc.record({
    name: fc.constantFrom('handoff.agentMessage' as const, 'handoff.note' as const),
    value: fc.record({ handoffId, agent, text }),
  }),
  fc.record({
    name: fc.constant('handoff.transfer' as const),
    value: fc.record({
      handoffId,
      by,
      to: fc.oneof(fc.record({ agent }), fc.record({ skill: fc.constantFrom('care', 'billing') })),
    }),
  }),
  fc.record({
    name: fc.constant('handoff.return' as const),
    value: fc.record({ handoffId, by, summary: text }),
  }),
  fc.record({ name: fc.constant('handoff.resolve' as const), value: fc.record({ handoffId, by }) }),
  fc.record({
    name: fc.constant('handoff.status' as const),
    value: fc.record({
      handoffId,
      state: fc.constantFrom('accepted' as const, 'failed' as const, 'completed' as const),
      agent: by,
    }),
  }),
  fc.record({
    name: fc.constant('handoff.timeout' as const),
    value: fc.record({ handoffId, wait: fc.integer({ min: 0, max: 3 }) }),
  }),
);
const step: fc.Arbitrary<HandoffEvent | CustomerStep> = fc.oneof(
  { arbitrary: event, weight: 12 },
  {
    arbitrary: fc.constantFrom<CustomerStep>(
      { name: 'customer.leave' },
      { name: 'customer.message', text: '여보세요' },
    ),
    weight: 1,
  },
);

function stateAfter(before: HandoffRecord | undefined, change: HandoffChange): HandoffRecord | undefined {
  if (change.kind === 'none') return before;
  return change.kind === 'ended' ? undefined : change.handoff;
}

/** Steps that count as often as they come; all others have no second effect. */
const repeatable = new Set(['handoff.agentMessage', 'handoff.note', 'customer.message']);

describe('the state machine of a handoff', () => {
  it('in any order of events goes only where it may, and a repeat changes nothing', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let current: HandoffRecord | undefined = waiting;
        for (const [index, next] of steps.entries()) {
          const nowMs = 2_000 + index;
          const change: HandoffChange = changeOf(current, next, nowMs);
          const isStale = current === undefined || ('value' in next && next.value.handoffId !== current.id);
          if (isStale) expect(change).toEqual({ kind: 'none' });
          const before: HandoffRecord | undefined = current;
          current = stateAfter(current, change);
          if (change.kind === 'ended') {
            expect(handoffEndings).toContain(change.closed.ending);
            const isByStatus = next.name === 'handoff.status' && next.value.state === 'completed';
            expect(change.closed.state === 'completed').toBe(before?.state === 'accepted' || isByStatus);
          }
          if (current === undefined) continue;
          expect(handoffRecord.parse(current)).toEqual(current);
          // Exactly while somebody has it, it is accepted; a hub need not say who.
          if (current.state === 'requested') {
            expect(current.agent).toBeUndefined();
            expect(current.acceptedAtMs).toBeUndefined();
          } else expect(current.acceptedAtMs).toBeGreaterThanOrEqual(2_000);
          expect(current.wait).toBeGreaterThanOrEqual(before?.wait ?? 0);
          if (!repeatable.has(next.name))
            expect(stateAfter(current, changeOf(current, next, nowMs))).toEqual(current);
        }
      }),
      { numRuns: sized(2_000, 100_000) },
    );
  });

  it('lets one of many who claim have it, whoever comes first', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(agents, { minLength: 2 }), (claimants) => {
        let current: HandoffRecord | undefined = waiting;
        const changes: HandoffChange[] = [];
        for (const one of [...claimants, ...claimants]) {
          const change = changeOf(
            current,
            { name: 'handoff.claim', value: { handoffId: 'h1', agent: one } },
            2_000,
          );
          changes.push(change);
          current = stateAfter(current, change);
        }
        expect(changes.filter(({ kind }) => kind === 'accepted')).toHaveLength(1);
        expect(current?.agent).toEqual(claimants[0]);
      }),
    );
  });

  it('gives no agent a word, a note or an end in what another has', () => {
    const [mine, other] = agents;
    if (mine === undefined || other === undefined) throw new Error('two agents are needed');
    const taken = stateAfter(
      waiting,
      changeOf(waiting, { name: 'handoff.claim', value: { handoffId: 'h1', agent: mine } }, 2_000),
    );
    const tries: HandoffEvent[] = [
      { name: 'handoff.agentMessage', value: { handoffId: 'h1', agent: other, text: 'x' } },
      { name: 'handoff.note', value: { handoffId: 'h1', agent: other, text: 'x' } },
      { name: 'handoff.resolve', value: { handoffId: 'h1', by: other } },
      { name: 'handoff.return', value: { handoffId: 'h1', by: other, summary: '' } },
      { name: 'handoff.transfer', value: { handoffId: 'h1', by: other, to: { skill: 'care' } } },
    ];
    for (const one of tries) expect(changeOf(taken, one, 3_000)).toEqual({ kind: 'none' });
  });

  it('lets a timer of an earlier wait end nothing', () => {
    const timeout = (wait: number): HandoffEvent => ({
      name: 'handoff.timeout',
      value: { handoffId: 'h1', wait },
    });
    expect(changeOf({ ...waiting, wait: 2 }, timeout(1), 9_000)).toEqual({ kind: 'none' });
    expect(changeOf({ ...waiting, wait: 2 }, timeout(2), 9_000)).toMatchObject({
      kind: 'ended',
      closed: { state: 'failed', ending: 'timeout' },
    });
  });

  it('takes a hub that says completed before accepted at its word, and failed only while waiting', () => {
    const status = (state: 'accepted' | 'failed' | 'completed'): HandoffEvent => ({
      name: 'handoff.status',
      value: { handoffId: 'h1', state },
    });
    expect(changeOf(waiting, status('completed'), 2_000)).toMatchObject({ kind: 'ended' });
    const accepted = stateAfter(waiting, changeOf(waiting, status('accepted'), 2_000));
    expect(changeOf(accepted, status('failed'), 3_000)).toEqual({ kind: 'none' });
  });

  it('keeps nothing that anybody wrote when it ends', () => {
    const talked = {
      ...waiting,
      state: 'accepted' as const,
      lastText: '비밀',
      notes: [{ by: 'minji', text: '비밀', atMs: 1 }],
    };
    const change = changeOf(talked, { name: 'customer.leave' }, 2_000);
    expect(change).toMatchObject({ kind: 'ended', closed: { ending: 'left' } });
    expect(JSON.stringify(change)).not.toContain('비밀');
  });
});

describe('events of a handoff', () => {
  it('are read by name and shape; anything else is none', () => {
    const value = { handoffId: 'h1', agent: agents[0] };
    expect(readHandoffEvent('handoff.claim', value)).toEqual({ name: 'handoff.claim', value });
    expect(readHandoffEvent('handoff.claim', { handoffId: 'h1' })).toBeUndefined();
    expect(readHandoffEvent('handoff.unknown', value)).toBeUndefined();
    for (const name of handoffEventNames) expect(readHandoffEvent(name, null)).toBeUndefined();
  });
});
