import type * as restify from 'restify';
import type { DemoHandset } from '../../channels/sms/demoHandset';
import { parsePhoneNumber } from '../../services/intent/entities/phoneNumber';
import { isLoopbackHost } from '../../services/loopback';
import { sendError, sendJson } from './answers';
import { hostName } from './requestTarget';

/**
 * `GET /demo/handset?phone=01000001001` → `{phone, messages: [{id, text, receivedAtMs}]}`, oldest first: what
 * this number received. Only composed with the demo SMS provider, which `bot/config.ts` ties to a loopback
 * host; a page under another name that was pointed at this machine (DNS rebinding) is refused.
 */
export function registerDemoHandset(server: Pick<restify.Server, 'get'>, handset: DemoHandset): void {
  server.get('/demo/handset', async (req: restify.Request, res: restify.Response) => {
    if (!isLoopbackHost(hostName(req.headers.host))) return sendError(res, 403);
    const phone = parsePhoneNumber(
      new URLSearchParams((req.url ?? '').split('?')[1] ?? '').get('phone') ?? '',
    );
    if (phone === undefined) return sendError(res, 400);
    sendJson(res, 200, { phone, messages: handset.messagesOf(phone) }, { 'Cache-Control': 'no-store' });
  });
}
