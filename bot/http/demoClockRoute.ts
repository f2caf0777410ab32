import type { IncomingMessage } from 'node:http';
import type * as restify from 'restify';
import { z } from 'zod';
import { asOrigin } from '../../channels/directLine/originPolicy';
import type { DemoClock } from '../../services/demoClock';
import { isLoopbackHost } from '../../services/loopback';
import { sendError, sendJson } from './answers';
import { hostName } from './requestTarget';

export interface DemoClockRouteDeps {
  readonly clock: DemoClock;
  /** Told after every move: something may be due now. */
  readonly onMoved: () => void;
}

const body = z.strictObject({ days: z.number().int().min(1).max(31) });

/**
 * `GET /demo/clock` → `{nowMs, aheadMs}`, `POST /demo/clock {"days": 1}` → the same after the move; 409 when that is
 * too far. Only composed with demo providers on a loopback host, where the clock is nobody's but the visitor's.
 *
 * A foreign page cannot move it: a browser names the origin of each POST, and asks first before it sends JSON. A page
 * under another name that was pointed at this machine (DNS rebinding) is refused by its name.
 */
export function registerDemoClock(
  server: Pick<restify.Server, 'get' | 'post'>,
  deps: DemoClockRouteDeps,
): void {
  const { clock, onMoved } = deps;
  const state = () => ({ nowMs: clock.now(), aheadMs: clock.ahead });

  server.get('/demo/clock', async (req: restify.Request, res: restify.Response) => {
    if (!isLoopbackHost(hostName(req.headers.host))) return sendError(res, 403);
    sendJson(res, 200, state());
  });

  server.post('/demo/clock', async (req: restify.Request, res: restify.Response) => {
    if (!isLoopbackHost(hostName(req.headers.host)) || !isOwnPage(req)) return sendError(res, 403);
    const asked = body.safeParse(req.body);
    if (!asked.success) return sendError(res, 400);
    if (clock.advance(asked.data.days).status === 'tooFar') {
      return sendJson(res, 409, { error: { code: 'TooFar', message: 'The demo is far enough ahead.' } });
    }
    onMoved();
    sendJson(res, 200, state());
  });
}

/** Whether a page of this very address asks, or no page at all. */
function isOwnPage({ headers }: IncomingMessage): boolean {
  const { origin, host = '', 'sec-fetch-site': site } = headers;
  if (site !== undefined && site !== 'same-origin') return false;
  return origin === undefined || asOrigin(origin) === asOrigin(`http://${host}`);
}
