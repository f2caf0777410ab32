import type { IncomingMessage } from 'node:http';
import type * as restify from 'restify';
import { TokenBucket } from '../../channels/directLine/tokenBucket';
import type { Clock } from '../../services/clock';
import { deflectionEntry, deflectionReport } from '../../services/deflection/deflection';
import type { TurnStore } from '../../services/turn/turnStore';
import { sendError } from './answers';

export interface DeflectionRouteDeps {
  readonly store: Pick<TurnStore, 'appendJournal'>;
  readonly clock: Clock;
  readonly networkOf: (req: IncomingMessage) => string;
}

/** More than anybody reads; enough for an office behind one address. */
const reportsPerMinute = 120;

/** `POST /api/deflection` with a DeflectionReport → 204: how a look into the widget ended, without a name. */
export function registerDeflection(server: Pick<restify.Server, 'post'>, deps: DeflectionRouteDeps): void {
  const { store, clock, networkOf } = deps;
  const bucket = new TokenBucket(reportsPerMinute, clock);
  server.post('/api/deflection', async (req: restify.Request, res: restify.Response) => {
    // From our own pages alone: a report that a foreign page could send would count for nothing.
    if (!['same-origin', undefined].includes(header(req, 'sec-fetch-site'))) return sendError(res, 403);
    const waitSeconds = bucket.take(networkOf(req));
    if (waitSeconds > 0) return sendError(res, 429, { 'Retry-After': String(waitSeconds) });
    const report = deflectionReport.safeParse(req.body);
    if (!report.success) return sendError(res, 400);
    await store.appendJournal([deflectionEntry(report.data)], clock.now());
    res.writeHead(204);
    res.end();
  });
}

function header(req: IncomingMessage, name: string): string | undefined {
  const value = req.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
