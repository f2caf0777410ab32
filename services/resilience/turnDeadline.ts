import { AsyncLocalStorage } from 'node:async_hooks';

const present = new AsyncLocalStorage<AbortSignal>();

/**
 * Runs a piece of work whose calls to back ends all end with one signal, however many there are and whoever makes
 * them: each has its own time, and their sum must not keep a customer waiting. Only for work that ends with its
 * promise; what it leaves running would be bound to a deadline long past.
 */
export function beforeDeadline<T>(deadline: AbortSignal, work: () => Promise<T>): Promise<T> {
  return present.run(deadline, work);
}

/** The deadline of the work that runs now; undefined outside of any. */
export function presentDeadline(): AbortSignal | undefined {
  return present.getStore();
}
