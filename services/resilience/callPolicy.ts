import { setMaxListeners } from 'node:events';
import {
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  DelegateBackoff,
  handleWhen,
  type IPolicy,
  retry,
  TaskCancelledError,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel';
import type { Randomness } from '../randomness';
import { presentDeadline } from './turnDeadline';

export interface CallLimits {
  /** For everything one answer needs, waits and repeats included. */
  readonly budgetMs: number;
  /** For one request. */
  readonly attemptMs: number;
  /** Repeats after the first attempt. */
  readonly retries: number;
  /** The longest wait before the first repeat; it doubles with each. The wait itself is drawn below that. */
  readonly backoffMs: number;
  /** Failures in a row after which nobody is asked any more. */
  readonly breakAfter: number;
  /** For this long; then one call tries whether the back end is well again. */
  readonly openMs: number;
}

/** 4 s leave a second of the 5 s in which a customer hears something. */
export const billingCallLimits: CallLimits = {
  budgetMs: 4_000,
  attemptMs: 1_900,
  retries: 2,
  backoffMs: 150,
  breakAfter: 10,
  openMs: 10_000,
};

/** A failure of the back end that the next attempt may not meet: no connection, no time, an error status 5xx. */
export class TransientFailure extends Error {}

/**
 * How long and how often one back end is asked. Attempts that fail in passing are repeated after a random wait
 * (full jitter, so that many callers do not come back at once); after several failures in a row the circuit
 * opens, and callers are refused at once while the back end recovers.
 */
export class CallPolicy {
  private readonly parts = new Map<string, Part>();

  /** @param onCircuit told when a part's circuit opens and closes */
  constructor(
    private readonly limits: CallLimits,
    private readonly randomness: Pick<Randomness, 'int'>,
    private readonly onCircuit: (part: string, state: 'open' | 'closed') => void = () => {},
  ) {}

  /**
   * A signal that ends with the budget, or with the turn's own deadline if that is earlier; give it to every call
   * that belongs to one answer.
   */
  deadline(): AbortSignal {
    const budget = AbortSignal.timeout(this.limits.budgetMs);
    const turn = presentDeadline();
    const signal = turn === undefined ? budget : AbortSignal.any([budget, turn]);
    // Every request of the answer listens to it, and more than ten are no leak.
    setMaxListeners(0, signal);
    return signal;
  }

  /**
   * Runs a call that may be repeated: reading only.
   * @param part of the back end, such as one of its APIs; each has a circuit, so that one that is well does not
   * hide one that is not. A name from the code: there is a policy for each.
   * @param deadline from `deadline()`
   * @throws what the last attempt threw, cockatiel's TaskCancelledError or BrokenCircuitError, or TransientFailure
   */
  repeatable<T>(
    part: string,
    deadline: AbortSignal,
    attempt: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { policy } = this.partNamed(part);
    // The wait between attempts, and for another caller's trial while the circuit is half open, ends with no signal.
    return within(
      deadline,
      policy.execute(({ signal }) => attempt(signal), deadline),
    );
  }

  private partNamed(name: string): Part {
    const known = this.parts.get(name);
    if (known !== undefined) {
      if (!this.isStuck(known)) return known;
      this.onCircuit(name, 'closed');
    }
    const part = this.newPart(name);
    this.parts.set(name, part);
    return part;
  }

  /**
   * The breaker counts its rest by the wall clock. When that was set back meanwhile, the circuit would stay open for
   * as long as it was set back; time that never jumps says when it has rested enough.
   */
  private isStuck({ breaker, opened }: Part): boolean {
    if (breaker.state !== CircuitState.Open || opened === undefined) return false;
    const { openMs } = this.limits;
    return performance.now() - opened.steadyMs >= openMs && Date.now() - opened.wallMs < openMs;
  }

  private newPart(name: string): Part {
    const { limits, randomness, onCircuit } = this;
    const repeat = retry(
      handleWhen((error) => isTransient(error)),
      {
        maxAttempts: limits.retries,
        backoff: new DelegateBackoff(({ attempt }) =>
          randomness.int(limits.backoffMs * 2 ** (attempt - 1) + 1),
        ),
      },
    );
    const breaker = circuitBreaker(
      handleWhen((error) => !(error instanceof RefusedByBackEnd)),
      { halfOpenAfter: limits.openMs, breaker: new ConsecutiveBreaker(limits.breakAfter) },
    );
    const policy = wrap(repeat, breaker, timeout(limits.attemptMs, TimeoutStrategy.Aggressive));
    const part: Part = { policy, breaker, opened: undefined };
    breaker.onBreak(() => {
      part.opened = { steadyMs: performance.now(), wallMs: Date.now() };
      onCircuit(name, 'open');
    });
    breaker.onReset(() => onCircuit(name, 'closed'));
    return part;
  }
}

/** One part of the back end. */
interface Part {
  readonly policy: IPolicy;
  readonly breaker: CircuitBreakerPolicy;
  /** When its circuit opened last, by either clock. */
  opened: { readonly steadyMs: number; readonly wallMs: number } | undefined;
}

async function within<T>(deadline: AbortSignal, work: Promise<T>): Promise<T> {
  let end = () => {};
  const over = new Promise<never>((_, reject) => {
    end = () => reject(new TransientFailure('no time is left'));
    deadline.addEventListener('abort', end);
    if (deadline.aborted) end();
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    deadline.removeEventListener('abort', end);
  }
}

/** The back end is well and says no: 4xx. It neither is asked again nor opens the circuit. */
export class RefusedByBackEnd extends Error {
  constructor(readonly status: number) {
    super(`HTTP ${status}`);
  }
}

function isTransient(error: Error): boolean {
  // Not cockatiel's isTaskCancelledError: in 3.2.1 it looks for the mark of another error.
  return error instanceof TransientFailure || error instanceof TaskCancelledError;
}
