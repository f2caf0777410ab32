import { AsyncLocalStorage } from 'node:async_hooks';
import { formatTraceparent, type TraceContext } from './traceContext';

/** What runs now: its place in a trace, and where its time went. */
export interface PresentWork {
  readonly trace: TraceContext;
  /** Milliseconds by phase; phases are names from the code. */
  readonly spentMs: Map<string, number>;
}

const present = new AsyncLocalStorage<PresentWork | undefined>();

/** Runs a piece of work whose log lines and calls belong to one trace. */
export function within<T>(work: PresentWork, run: () => T): T {
  return present.run(work, run);
}

/** Runs what outlives the work that set it off, and belongs to no trace. */
export function detached<T>(run: () => T): T {
  return present.run(undefined, run);
}

export function workIn(trace: TraceContext): PresentWork {
  return { trace, spentMs: new Map() };
}

/** The trace of the work that runs now; undefined outside of any. */
export function presentTrace(): TraceContext | undefined {
  return present.getStore()?.trace;
}

/** Headers that carry the trace to whoever is called (W3C Trace Context); none outside of any. */
export function traceHeaders(): Record<string, string> {
  const trace = presentTrace();
  return trace === undefined ? {} : { traceparent: formatTraceparent(trace) };
}

/** Adds the time that `run` takes to a phase of the present work. */
export function spend<T>(phase: string, run: () => T): T {
  const startedAt = performance.now();
  const note = () => {
    const spentMs = present.getStore()?.spentMs;
    spentMs?.set(phase, (spentMs.get(phase) ?? 0) + performance.now() - startedAt);
  };
  let result: T;
  try {
    result = run();
  } catch (error) {
    note();
    throw error;
  }
  if (!(result instanceof Promise)) {
    note();
    return result;
  }
  result.then(note, note);
  return result;
}
