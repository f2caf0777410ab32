import { performance } from 'node:perf_hooks';
import {
  type CallLimits,
  CallPolicy,
  RefusedByBackEnd,
  TransientFailure,
} from '../../../services/resilience/callPolicy';
import { beforeDeadline } from '../../../services/resilience/turnDeadline';

const limits: CallLimits = {
  budgetMs: 300,
  attemptMs: 120,
  retries: 2,
  backoffMs: 4,
  breakAfter: 4,
  openMs: 60_000,
};

function policyWith(parts: Partial<CallLimits> = {}) {
  const drawn: number[] = [];
  const states: string[] = [];
  const randomness = {
    int: (below: number) => {
      drawn.push(below);
      return 0;
    },
  };
  const policy = new CallPolicy({ ...limits, ...parts }, randomness, (part, state) =>
    states.push(`${part} ${state}`),
  );
  return { policy, drawn, states };
}

const failing = (error: Error) => {
  const calls: number[] = [];
  return { calls, attempt: async () => Promise.reject(calls.push(1) > 0 ? error : undefined) };
};

describe('calls to a back end', () => {
  it('are repeated after passing failures, with a wait drawn below a bound that doubles', async () => {
    const { policy, drawn } = policyWith();
    const { calls, attempt } = failing(new TransientFailure('HTTP 503'));
    await expect(policy.repeatable('bills', policy.deadline(), attempt)).rejects.toThrow('HTTP 503');
    expect(calls).toHaveLength(3);
    expect(drawn).toEqual([5, 9]);
  });

  it('are not repeated when the back end says no, which opens no circuit', async () => {
    const { policy, states } = policyWith({ breakAfter: 1 });
    const { calls, attempt } = failing(new RefusedByBackEnd(400));
    for (let n = 0; n < 3; n += 1)
      await expect(policy.repeatable('bills', policy.deadline(), attempt)).rejects.toThrow('HTTP 400');
    expect(calls).toHaveLength(3);
    expect(states).toEqual([]);
  });

  it('are not repeated when the answer is wrong in itself, but count against the back end', async () => {
    const { policy, states } = policyWith({ breakAfter: 2 });
    const { calls, attempt } = failing(new Error('too long'));
    for (let n = 0; n < 2; n += 1)
      await expect(policy.repeatable('bills', policy.deadline(), attempt)).rejects.toThrow('too long');
    expect(calls).toHaveLength(2);
    expect(states).toEqual(['bills open']);
  });

  it('break for the part that fails alone', async () => {
    const { policy, states } = policyWith({ breakAfter: 2 });
    const { calls, attempt } = failing(new TransientFailure('down'));
    await expect(policy.repeatable('bills', policy.deadline(), attempt)).rejects.toThrow();
    const before = calls.length;
    await expect(policy.repeatable('bills', policy.deadline(), attempt)).rejects.toThrow();
    expect(calls.length).toBe(before);
    expect(states).toEqual(['bills open']);
    expect(await policy.repeatable('payments', policy.deadline(), async () => 'well')).toBe('well');
  });

  it('that hang end with the budget, repeats included, and are told to stop', async () => {
    const { policy } = policyWith();
    const signals: AbortSignal[] = [];
    const startedAt = performance.now();
    const call = policy.repeatable('bills', policy.deadline(), (signal) => {
      signals.push(signal);
      return new Promise<never>(() => {});
    });
    await expect(call).rejects.toThrow();
    expect(performance.now() - startedAt).toBeLessThan(600);
    expect(signals.length).toBeGreaterThan(1);
    expect(signals.every(({ aborted }) => aborted)).toBe(true);
  });

  it('end together with the turn that they belong to, each of them and those that come after', async () => {
    const { policy } = policyWith({ budgetMs: 60_000, attemptMs: 60_000, breakAfter: 100 });
    const hanging = () => policy.repeatable('bills', policy.deadline(), () => new Promise<never>(() => {}));
    const turn = new AbortController();
    const calls = beforeDeadline(
      () => turn.signal,
      async () => {
        const first = [hanging(), hanging()];
        turn.abort();
        return Promise.allSettled([...first, hanging()]);
      },
    );
    expect((await calls).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(await policy.repeatable('bills', policy.deadline(), async () => 'another turn')).toBe(
      'another turn',
    );
  });

  it('are tried again after the rest, also when the clock was set back by a day meanwhile', async () => {
    const wall = jest.spyOn(Date, 'now');
    const steady = jest.spyOn(performance, 'now');
    try {
      const { policy, states } = policyWith({ breakAfter: 2, openMs: 1_000 });
      wall.mockReturnValue(1_800_000_000_000);
      steady.mockReturnValue(5_000);
      const { attempt } = failing(new TransientFailure('down'));
      const well = () => policy.repeatable('bills', policy.deadline(), async () => 'well');
      await expect(policy.repeatable('bills', policy.deadline(), attempt)).rejects.toThrow();
      wall.mockReturnValue(1_800_000_000_000 - 86_400_000);
      steady.mockReturnValue(5_999);
      await expect(well()).rejects.toThrow();
      steady.mockReturnValue(6_000);
      expect(await well()).toBe('well');
      expect(states).toEqual(['bills open', 'bills closed']);
    } finally {
      wall.mockRestore();
      steady.mockRestore();
    }
  });
});
