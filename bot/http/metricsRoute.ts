import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type * as restify from 'restify';
import { isLoopbackHost } from '../../services/loopback';
import { sendError } from './answers';

export interface MetricsRouteDeps {
  /** Prometheus' text format, up to date. */
  readonly text: () => Promise<string>;
  readonly contentType: string;
  /** Lets somebody in from elsewhere; undefined: nobody. */
  readonly token: string | undefined;
}

/** `GET /metrics` for Prometheus: to this machine itself, and to who has the token. Nobody else learns that it is there. */
export function registerMetrics(server: Pick<restify.Server, 'get'>, deps: MetricsRouteDeps): void {
  server.get('/metrics', async (req: restify.Request, res: restify.Response) => {
    if (!isFromHere(req) && !hasToken(req, deps.token)) return sendError(res, 404);
    const text = await deps.text();
    res.writeHead(200, {
      'Content-Type': deps.contentType,
      'Cache-Control': 'no-store',
      'Content-Length': Buffer.byteLength(text),
    });
    res.end(text);
  });
}

/**
 * From a program on this machine: not through a proxy that runs here, and not from a page in a browser here to which
 * somebody else's name was pointed (its Host is that name).
 */
function isFromHere(req: IncomingMessage): boolean {
  const { headers, socket } = req;
  const forwarded = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];
  if (forwarded.some((name) => headers[name] !== undefined)) return false;
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const host = (headers.host ?? '').replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  return isLoopbackHost(address) && isLoopbackHost(host);
}

function hasToken(req: IncomingMessage, token: string | undefined): boolean {
  if (token === undefined) return false;
  const given = /^Bearer (.+)$/.exec(req.headers.authorization ?? '')?.[1] ?? '';
  // Digests are of one length, which the comparison needs, and tell nothing of the token's.
  const digestOf = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digestOf(given), digestOf(token));
}
