import type { Randomness } from '../randomness';
import { newSpanId, newTraceId, type TraceContext } from './traceContext';

/** Names and numbers from the code alone: nothing that a customer wrote, no number of theirs. */
export type SpanFacts = Readonly<Record<string, string | number | boolean>>;

export type SpanKind = 'server' | 'client' | 'consumer' | 'internal';

/** A piece of work under way. */
export interface Span {
  readonly trace: TraceContext;
  /** @param failure stable code of what went wrong; absent when nothing did */
  end(facts?: SpanFacts, failure?: string): void;
}

/** Begins pieces of work. Without a parent a new trace begins. */
export interface Tracer {
  begin(name: string, kind: SpanKind, parent: TraceContext | undefined): Span;
}

/** Hands out ids, so that log lines of one message can be found, and records nothing. */
export class IdTracer implements Tracer {
  constructor(private readonly randomness: Pick<Randomness, 'bytes'>) {}

  begin(_name: string, _kind: SpanKind, parent: TraceContext | undefined): Span {
    const trace = parent ?? {
      traceId: newTraceId(this.randomness),
      spanId: newSpanId(this.randomness),
      sampled: false,
    };
    return { trace, end: () => {} };
  }
}
