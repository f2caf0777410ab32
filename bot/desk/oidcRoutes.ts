import type { ServerResponse } from 'node:http';
import type * as restify from 'restify';
import type { Clock } from '../../services/clock';
import type { DeskAccounts } from '../../services/desk/deskAccounts';
import { deskApiPath } from '../../services/desk/deskApi';
import { auditDesk, type DeskAuditEvent } from '../../services/desk/deskAudit';
import type { DeskSessions } from '../../services/desk/deskSessions';
import type { DeskStore } from '../../services/desk/deskStore';
import { clearOidcCookie, cookieIn, oidcCookie, setOidcCookie, setSessionCookie } from './deskCookies';
import type { DeskGate } from './deskGate';
import { end } from './loginRoutes';
import { type OidcLogin, OidcUnavailableError, oidcLoginMs } from './oidcLogin';

export interface OidcRoutesDeps {
  readonly gate: DeskGate;
  readonly oidc: OidcLogin;
  readonly accounts: DeskAccounts;
  readonly sessions: DeskSessions;
  readonly store: Pick<DeskStore, 'appendJournal'>;
  readonly clock: Clock;
  readonly onLogout: (sessionId: string) => void;
}

/**
 * `GET oidc/start` sends the browser to the company's login, `GET oidc/return` takes it back and goes to `/desk`;
 * what went wrong is in the address then: `/desk?login=refused|noRole|unavailable`.
 */
export function registerOidc(server: Pick<restify.Server, 'get'>, deps: OidcRoutesDeps): void {
  const { gate, oidc, accounts, sessions, store, clock } = deps;

  server.get(`${deskApiPath}/oidc/start`, async (_req: restify.Request, res: restify.Response) => {
    try {
      const { url, sealed } = await oidc.start();
      redirect(res, url, [setOidcCookie(sealed, oidcLoginMs / 1_000)]);
    } catch (error) {
      if (!(error instanceof OidcUnavailableError)) throw error;
      redirect(res, '/desk?login=unavailable');
    }
  });

  server.get(`${deskApiPath}/oidc/return`, async (req: restify.Request, res: restify.Response) => {
    const note = (agent: string, event: DeskAuditEvent) =>
      auditDesk(store, { agent, network: gate.networkOf(req) }, event, clock.now());
    const query = (req.url ?? '').split('?')[1] ?? '';
    try {
      const result = await oidc.finish(query, cookieIn(req, oidcCookie));
      const account =
        result.status === 'known'
          ? await accounts.fromOidc(result.name, result.subject, result.role)
          : result;
      if (account.status !== 'known' || !('user' in account)) {
        await note('', { kind: 'deskSignInRefused', reason: 'notAllowed' });
        const why = account.status === 'refused' ? 'refused' : 'noRole';
        return redirect(res, `/desk?login=${why}`, [clearOidcCookie]);
      }
      // Strict cookies stay at home on the way back from another site, so this cannot always end an older session.
      await end(deps, req);
      const token = await sessions.open(account.user, 'full');
      await note(account.user.name, { kind: 'deskSignedIn', by: 'oidc', enrolling: false });
      redirect(res, '/desk', [clearOidcCookie, setSessionCookie(token)]);
    } catch (error) {
      if (!(error instanceof OidcUnavailableError)) throw error;
      redirect(res, '/desk?login=unavailable', [clearOidcCookie]);
    }
  });
}

function redirect(res: ServerResponse, location: string, cookies: readonly string[] = []): void {
  res.writeHead(303, {
    Location: location,
    'Cache-Control': 'no-store',
    'Content-Length': 0,
    ...(cookies.length === 0 ? {} : { 'Set-Cookie': [...cookies] }),
  });
  res.end();
}
