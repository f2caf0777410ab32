import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DirectLineDeps } from './directLineDeps';
import { asOrigin, OriginPolicy } from './originPolicy';

/** What directlinejs really sends: rxjs adds `x-requested-with`, so every call is preflighted. */
const allowedHeaders = 'authorization, content-type, x-ms-bot-agent, x-requested-with';
const sessionIdPath = '/v3/directline/session/getsessionid';

/**
 * Puts CORS headers on everything under /v3/directline and on /api/token, errors of other handlers included:
 * without them the client sees status 0 and retries for 15 minutes instead of failing. Call it
 * before whatever may refuse a request; `registerDirectLine` calls it again, which changes nothing.
 *
 * Under /v3/directline any origin may read the answer, which for a foreign one is 403: no cookie is involved,
 * a call proves itself by its token, and the origin is checked against that token. Credentials are allowed on
 * getsessionid only, to known origins.
 */
export function directLineCors(
  settings: Pick<DirectLineDeps, 'publicUrl' | 'allowedOrigins'>,
): (req: IncomingMessage, res: ServerResponse) => void {
  const origins = new OriginPolicy(settings.publicUrl, settings.allowedOrigins);
  return (req, res) => {
    const path = (req.url ?? '').split('?')[0] ?? '';
    const isToken = path === '/api/token';
    if (!isToken && !path.startsWith('/v3/directline/')) return;
    res.setHeader('Vary', 'Origin');
    const { origin } = req.headers;
    if (origin === undefined || asOrigin(origin) === undefined) return;
    if ((isToken || path === sessionIdPath) && !origins.allows(origin)) return;
    res.setHeader('Access-Control-Allow-Origin', origin);
    if (path === sessionIdPath) res.setHeader('Access-Control-Allow-Credentials', 'true');
    if (isToken) res.setHeader('Access-Control-Expose-Headers', 'Retry-After');
    if (req.method === 'OPTIONS') {
      res.setHeader('Access-Control-Allow-Methods', 'GET, POST, OPTIONS');
      res.setHeader('Access-Control-Allow-Headers', allowedHeaders);
      res.setHeader('Access-Control-Max-Age', '7200');
    }
  };
}
