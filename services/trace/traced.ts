import { codeOf } from '../errors';
import { within, workIn } from './presentWork';
import type { TraceContext } from './traceContext';
import type { SpanKind, Tracer } from './tracer';

/** Runs a piece of work as one span; all that it calls belongs to it. A failure is noted by its code and thrown on. */
export async function traced<T>(
  tracer: Tracer,
  begun: { readonly name: string; readonly kind: SpanKind; readonly parent: TraceContext | undefined },
  run: () => Promise<T>,
): Promise<T> {
  const span = tracer.begin(begun.name, begun.kind, begun.parent);
  try {
    const result = await within(workIn(span.trace), run);
    span.end();
    return result;
  } catch (error) {
    span.end({}, codeOf(error));
    throw error;
  }
}
