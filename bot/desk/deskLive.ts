import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { deskApiPath } from '../../services/desk/deskApi';
import type { DeskActor } from '../../services/desk/deskAudit';
import type { DeskSession } from '../../services/desk/deskSessions';
import { codeOf } from '../../services/errors';
import { refuseSocket } from '../http/brokenConnection';
import { type ConnectionDeps, DeskConnection, sessionOverCode } from './deskConnection';
import { type DeskGate, deskWorkers } from './deskGate';
import type { DeskPresence } from './deskPresence';

export const livePath = `${deskApiPath}/live`;

/** Also the longest that somebody whom another process has removed may go on reading: `docs/handoff.md`. */
const heartbeatEveryMs = 5_000;
const presenceEveryMs = 20_000;
const closingGraceMs = 2_000;
/** One page each, a few tabs, a second machine. */
const mostOfOne = 10;

/** The desk's WebSocket, `GET /desk/api/live` with the session's cookie. Attach `handleUpgrade` to 'upgrade'. */
export class DeskLive {
  private readonly sockets: WebSocketServer;
  private readonly connections = new Set<DeskConnection>();
  private readonly timer: NodeJS.Timeout;
  private presentAtMs = 0;
  private closing = false;

  constructor(
    private readonly deps: ConnectionDeps & { readonly gate: DeskGate; readonly presence: DeskPresence },
  ) {
    const limits = { maxPayload: 4 * 1024, maxFragments: 16 };
    this.sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, ...limits });
    this.timer = setInterval(() => void this.heartbeat(), heartbeatEveryMs);
    this.timer.unref();
  }

  handleUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Between two listeners a reset by the page must not end the process.
    const ignore = () => undefined;
    socket.on('error', ignore);
    this.admit(req)
      .then((admitted) => {
        if (typeof admitted === 'number') return refuseSocket(socket, admitted);
        if (this.closing) return refuseSocket(socket, 503);
        this.sockets.handleUpgrade(req, socket, head, (webSocket) => {
          socket.off('error', ignore);
          const connection = new DeskConnection(webSocket, admitted.session, admitted.actor, this.deps);
          this.connections.add(connection);
          webSocket.on('close', () => this.connections.delete(connection));
          this.notePresence().catch(this.onError);
        });
      })
      .catch((error: unknown) => {
        this.onError(error);
        refuseSocket(socket, 503);
      });
  }

  /** Pings, ended sessions, presence. The timer's work; tests call it with a moved clock. */
  async heartbeat(): Promise<void> {
    try {
      await Promise.all([...this.connections].map((connection) => connection.heartbeat()));
      if (Math.abs(this.deps.clock.now() - this.presentAtMs) >= presenceEveryMs) await this.notePresence();
    } catch (error) {
      this.onError(error);
    }
  }

  /** A session has ended: its pages hear of it now. */
  endSession(sessionId: string): void {
    for (const connection of this.connections)
      if (connection.session.id === sessionId) connection.close(sessionOverCode, 'signed out');
  }

  /** Somebody was removed, or has another role: their pages end now, unless their sessions go on. */
  async endSessionsOf(name: string): Promise<void> {
    const own = [...this.connections].filter(({ session }) => session.user.name === name);
    // One that cannot be looked at now is looked at with the next heartbeat.
    await Promise.all(own.map((connection) => connection.endWithSession().catch(this.onError)));
  }

  /** Says "going away" to everybody, takes no more, and waits for the sockets to end (2 s at most). */
  async close(): Promise<void> {
    this.closing = true;
    clearInterval(this.timer);
    for (const connection of this.connections) connection.close(1001, 'going away');
    const impatience = setTimeout(() => {
      for (const client of this.sockets.clients) client.terminate();
    }, closingGraceMs);
    await new Promise<void>((resolve) => this.sockets.close(() => resolve()));
    clearTimeout(impatience);
  }

  private async admit(req: IncomingMessage): Promise<number | { session: DeskSession; actor: DeskActor }> {
    if ((req.url ?? '').split('?', 1)[0] !== livePath) return 404;
    const { gate } = this.deps;
    // Cookies come along whichever page opens a WebSocket, and no answer's header could keep it from reading.
    if (req.headers.origin === undefined || !gate.isSameOrigin(req)) return 403;
    const session = await gate.sessionOf(req);
    if (session === undefined || session.stage !== 'full') return 401;
    if (!deskWorkers.includes(session.user.role)) return 403;
    const own = [...this.connections].filter((one) => one.session.user.name === session.user.name);
    if (own.length >= mostOfOne) return 429;
    return { session, actor: gate.actorOf(req, session) };
  }

  private notePresence(): Promise<void> {
    this.presentAtMs = this.deps.clock.now();
    return this.deps.presence.note([...this.connections].map(({ session }) => session.user.name));
  }

  private readonly onError = (error: unknown): void => {
    this.deps.log.error({ code: codeOf(error) }, 'the desk could not be served');
  };
}
