import type { IncomingMessage, ServerResponse } from 'node:http';
import { OriginPolicy } from '../../channels/directLine/originPolicy';
import { type DeskRole, deskCsrfHeader } from '../../services/desk/deskApi';
import type { DeskActor } from '../../services/desk/deskAudit';
import type { DeskSession, DeskSessions } from '../../services/desk/deskSessions';
import { deskRefusal } from './deskAnswers';
import { cookieIn, sessionCookie } from './deskCookies';

export interface DeskGateDeps {
  readonly sessions: DeskSessions;
  readonly publicUrl: () => string;
  readonly networkOf: (req: IncomingMessage) => string;
}

/** Who may do what at the desk. Agents' and supervisors' tools first, then the content editors'. */
export const deskWorkers: readonly DeskRole[] = ['agent', 'supervisor'];
export const supervisors: readonly DeskRole[] = ['supervisor'];
export const contentEditors: readonly DeskRole[] = ['editor', 'supervisor'];

/** Stands before every call of the desk: session, role, cross-site request forgery. */
export class DeskGate {
  private readonly origins: OriginPolicy;

  constructor(private readonly deps: DeskGateDeps) {
    this.origins = new OriginPolicy(deps.publicUrl, []);
  }

  /** @returns the session of a caller who may; otherwise the call has been refused and answered */
  async admit(
    req: IncomingMessage,
    res: ServerResponse,
    roles: readonly DeskRole[],
    stage: DeskSession['stage'] = 'full',
  ): Promise<DeskSession | undefined> {
    const session = await this.sessionOf(req);
    if (session === undefined || session.stage !== stage) {
      deskRefusal(res, 'signedOut');
    } else if (req.method === 'POST' && !this.isOurs(req, session)) {
      deskRefusal(res, 'csrf');
    } else if (!roles.includes(session.user.role)) {
      deskRefusal(res, 'forbidden');
    } else {
      return session;
    }
    return undefined;
  }

  sessionOf(req: IncomingMessage): Promise<DeskSession | undefined> {
    return this.deps.sessions.find(cookieIn(req, sessionCookie));
  }

  /** Whether no page of another origin sent it. Programs send no Origin, and have no cookie either. */
  isSameOrigin(req: IncomingMessage): boolean {
    const { origin } = req.headers;
    return origin === undefined || this.origins.allows(origin);
  }

  actorOf(req: IncomingMessage, session: DeskSession): DeskActor {
    return { agent: session.user.name, network: this.deps.networkOf(req) };
  }

  networkOf(req: IncomingMessage): string {
    return this.deps.networkOf(req);
  }

  private isOurs(req: IncomingMessage, session: DeskSession): boolean {
    const header = req.headers[deskCsrfHeader];
    return this.isSameOrigin(req) && this.deps.sessions.isCsrf(session, String(header ?? ''));
  }
}
