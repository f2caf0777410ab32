import type * as restify from 'restify';
import type { Clock } from '../../services/clock';
import { DeliveryUnavailableError } from '../../services/errors';
import { type ChatwootRelay, isHubEvent } from '../../services/handoff/chatwoot/chatwootRelay';
import { isSigned, sameSecret } from '../../services/handoff/chatwoot/webhookSignature';
import { sendError, sendJson } from './answers';

export interface ChatwootRouteOptions {
  readonly relay: Pick<ChatwootRelay, 'take'>;
  /** The inbox's webhook secret; undefined for versions that do not sign. */
  readonly secret: string | undefined;
  /** The last part of the webhook's address; undefined: there is none. */
  readonly path: string | undefined;
  /** The real time. */
  readonly clock: Clock;
}

/**
 * `POST /channels/chatwoot/webhook`, or `/channels/chatwoot/webhook/<CHATWOOT_WEBHOOK_PATH>`: where Chatwoot's API inbox
 * tells what its agents do. 200 once it is durable; 403 without the right signature (or path); 400 for no event; 503
 * when it may be sent again.
 */
export function registerChatwoot(
  server: Pick<restify.Server, 'post'>,
  { relay, secret, path, clock }: ChatwootRouteOptions,
): void {
  const take = async (
    req: restify.Request & { rawBody?: unknown },
    res: restify.Response,
    given?: string,
  ) => {
    if (path !== undefined && !sameSecret(given ?? '', path)) return sendError(res, 403);
    if (secret === undefined && path === undefined) return sendError(res, 403);
    const { rawBody } = req;
    const body = Buffer.isBuffer(rawBody) ? rawBody : Buffer.alloc(0);
    const signed = { timestamp: headerOf(req, 'timestamp'), signature: headerOf(req, 'signature'), body };
    if (secret !== undefined && !isSigned(signed, secret, clock.now())) return sendError(res, 403);
    if (!isHubEvent(req.body)) return sendError(res, 400);
    try {
      sendJson(res, 200, { status: await relay.take(req.body, secret !== undefined) });
    } catch (error) {
      if (error instanceof DeliveryUnavailableError) return sendError(res, 503);
      throw error;
    }
  };
  server.post('/channels/chatwoot/webhook', async (req: restify.Request, res: restify.Response) =>
    take(req, res),
  );
  server.post('/channels/chatwoot/webhook/:path', async (req: restify.Request, res: restify.Response) =>
    take(req, res, String(req.params?.path ?? '')),
  );
}

function headerOf(req: restify.Request, name: 'timestamp' | 'signature'): string | undefined {
  const value = req.headers[`x-chatwoot-${name}`];
  return typeof value === 'string' ? value : undefined;
}
