import { AsyncLocalStorage } from 'node:async_hooks';

/** Gives the same signal each time. */
export type Deadline = () => AbortSignal;

const present = new AsyncLocalStorage<Deadline>();

/** A signal that ends so many milliseconds from now; made when it is first asked for, which few turns do. */
export function deadlineIn(ms: number): Deadline {
  const endsAtMs = performance.now() + ms;
  let signal: AbortSignal | undefined;
  return () => {
    signal ??= AbortSignal.timeout(Math.max(0, Math.ceil(endsAtMs - performance.now())));
    return signal;
  };
}

/**
 * Runs a piece of work whose calls to back ends all end with one signal, however many there are and whoever makes
 * them: each has its own time, and their sum must not keep a customer waiting. Only for work that ends with its
 * promise; what it leaves running would be bound to a deadline long past.
 */
export function beforeDeadline<T>(deadline: Deadline, work: () => Promise<T>): Promise<T> {
  return present.run(deadline, work);
}

/** The deadline of the work that runs now; undefined outside of any. */
export function presentDeadline(): AbortSignal | undefined {
  return present.getStore()?.();
}
