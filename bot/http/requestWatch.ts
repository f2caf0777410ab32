import type { IncomingMessage, ServerResponse } from 'node:http';
import { within, workIn } from '../../services/trace/presentWork';
import { parseTraceparent } from '../../services/trace/traceContext';
import type { Tracer } from '../../services/trace/tracer';
import type { Log } from '../log';

/** Runs `serve`, the answering of one request, under observation. */
export type RequestWatch = (
  req: IncomingMessage,
  res: ServerResponse,
  serve: () => Promise<void>,
) => Promise<void>;

export interface RequestWatchOptions {
  readonly tracer: Tracer;
  readonly log: Log;
  readonly onRequest: (request: { method: string; route: string; status: number; ms: number }) => void;
}

/** Asked for every few seconds by machines: counted nowhere. */
const unwatched = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * One trace a request: the caller's (W3C `traceparent`) or a new one, whose id the answer names in `X-Trace-Id`, so
 * that a customer's report finds its log lines.
 */
export function requestWatch({ tracer, log, onRequest }: RequestWatchOptions): RequestWatch {
  return (req, res, serve) => {
    if (unwatched.has((req.url ?? '').split('?', 1)[0] ?? '')) return serve();
    const startedAt = performance.now();
    const { traceparent } = req.headers;
    const span = tracer.begin(
      'request',
      'server',
      parseTraceparent(typeof traceparent === 'string' ? traceparent : undefined),
    );
    const work = workIn(span.trace);
    res.setHeader('X-Trace-Id', span.trace.traceId);
    res.once('close', () => {
      const request = {
        method: req.method ?? '',
        route: routeOf(req),
        status: res.statusCode,
        ms: performance.now() - startedAt,
      };
      span.end(request, request.status >= 500 ? `Http${request.status}` : undefined);
      onRequest(request);
      within(work, () => log.debug(request, 'request answered'));
    });
    return within(work, serve);
  };
}

/** The route as it was registered; the address itself may hold anything. */
function routeOf(req: IncomingMessage): string {
  const path: unknown = Object(Object(req).route).path;
  return path === undefined ? 'none' : String(path);
}
