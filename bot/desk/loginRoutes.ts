import type { IncomingMessage, ServerResponse } from 'node:http';
import qrcode from 'qrcode-generator';
import type * as restify from 'restify';
import type { Clock } from '../../services/clock';
import {
  deskApiPath,
  deskRole,
  type LoginAnswer,
  loginRequest,
  type SessionAnswer,
  type TotpAnswer,
  totpConfirmRequest,
} from '../../services/desk/deskApi';
import { auditDesk } from '../../services/desk/deskAudit';
import type { DeskLogin } from '../../services/desk/deskLogin';
import type { DeskSession, DeskSessions } from '../../services/desk/deskSessions';
import type { DeskStore } from '../../services/desk/deskStore';
import type { DeskUser } from '../../services/desk/deskUser';
import { deskAnswer, deskRefusal } from './deskAnswers';
import { clearSessionCookie, cookieIn, sessionCookie, setSessionCookie } from './deskCookies';
import type { DeskGate } from './deskGate';

export interface LoginRoutesDeps {
  readonly gate: DeskGate;
  readonly login: DeskLogin;
  readonly sessions: DeskSessions;
  readonly store: Pick<DeskStore, 'appendJournal'>;
  readonly clock: Clock;
  /** Whether there is a company login. */
  readonly oidc: boolean;
  /** A session has ended: its sockets end with it. */
  readonly onLogout: (sessionId: string) => void;
}

const everyRole = deskRole.options;

/** Signing in, enrolling an authenticator app, signing out. `services/desk/deskApi.ts` says what goes in and out. */
export function registerLogin(server: Pick<restify.Server, 'get' | 'post'>, deps: LoginRoutesDeps): void {
  const { gate, login, sessions, store, clock } = deps;

  /** A new token each time, and the old one is worth nothing: what somebody planted or saw before cannot be used. */
  const begin = async (
    req: IncomingMessage,
    res: ServerResponse,
    user: DeskUser,
    stage: DeskSession['stage'],
    answer: unknown,
  ) => {
    await end(deps, req);
    const token = await sessions.open(user, stage);
    deskAnswer(res, answer, { 'Set-Cookie': setSessionCookie(token) });
  };

  server.post(`${deskApiPath}/login`, async (req: restify.Request, res: restify.Response) => {
    if (!gate.isSameOrigin(req)) return deskRefusal(res, 'csrf');
    const body = loginRequest.safeParse(req.body);
    if (!body.success) return deskRefusal(res, 'badRequest');
    const outcome = await login.login(body.data, gate.networkOf(req));
    switch (outcome.status) {
      case 'ok':
      case 'enrol': {
        const stage = outcome.status === 'ok' ? 'full' : 'enrol';
        return begin(req, res, outcome.user, stage, { status: outcome.status } satisfies LoginAnswer);
      }
      case 'codeNeeded':
        return deskAnswer(res, { status: 'codeNeeded' } satisfies LoginAnswer);
      case 'locked':
        return deskRefusal(res, 'locked', outcome.waitMs);
      case 'busy':
        return deskRefusal(res, 'unavailable', 5_000);
      default:
        return deskRefusal(res, outcome.status);
    }
  });

  server.post(`${deskApiPath}/totp`, async (req: restify.Request, res: restify.Response) => {
    const session = await gate.admit(req, res, everyRole, 'enrol');
    if (session === undefined) return;
    const begun = await login.beginEnrolment(session.user.name);
    if (begun === undefined) return deskRefusal(res, 'signedOut');
    deskAnswer(res, { ...begun, qrDataUri: qrOf(begun.otpauthUri) } satisfies TotpAnswer);
  });

  server.post(`${deskApiPath}/totp/confirm`, async (req: restify.Request, res: restify.Response) => {
    const session = await gate.admit(req, res, everyRole, 'enrol');
    if (session === undefined) return;
    const body = totpConfirmRequest.safeParse(req.body);
    if (!body.success) return deskRefusal(res, 'badRequest');
    const { code, newPassword } = body.data;
    const network = gate.networkOf(req);
    const outcome = await login.confirmEnrolment(session.user.name, code, newPassword, network);
    if (outcome.status === 'ok') return begin(req, res, outcome.user, 'full', {});
    if (outcome.status === 'locked') return deskRefusal(res, 'locked', outcome.waitMs);
    deskRefusal(res, outcome.status === 'wrongCode' ? 'wrongCode' : 'badRequest');
  });

  server.get(`${deskApiPath}/session`, async (req: restify.Request, res: restify.Response) => {
    const session = await gate.sessionOf(req);
    const user = session === undefined ? null : { name: session.user.name, role: session.user.role };
    const enrolling = session?.stage === 'enrol';
    const answer: SessionAnswer = {
      user,
      csrf: session?.csrf ?? '',
      oidc: deps.oidc,
      enrolling,
      passwordChange: enrolling && session.user.oneTimeUntilMs !== undefined,
    };
    deskAnswer(res, answer);
  });

  server.post(`${deskApiPath}/logout`, async (req: restify.Request, res: restify.Response) => {
    const session = await gate.sessionOf(req);
    if (session !== undefined) {
      // A page elsewhere shall not be able to sign anybody out either.
      if ((await gate.admit(req, res, everyRole, session.stage)) === undefined) return;
      await auditDesk(store, gate.actorOf(req, session), { kind: 'deskSignedOut' }, clock.now());
      await end(deps, req);
    }
    deskAnswer(res, {}, { 'Set-Cookie': clearSessionCookie });
  });
}

/** Ends the session that a request came with, if any. */
export async function end(
  { sessions, onLogout }: Pick<LoginRoutesDeps, 'sessions' | 'onLogout'>,
  req: IncomingMessage,
): Promise<void> {
  const token = cookieIn(req, sessionCookie);
  const session = await sessions.find(token);
  if (session === undefined) return;
  await sessions.close(token);
  onLogout(session.id);
}

/** A GIF of four pixels a module, with the quiet zone that the standard asks for. */
function qrOf(text: string): string {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  return code.createDataURL(4, 16);
}
