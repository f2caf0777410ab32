import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { conversationKey } from '../../services/turn/turnIntake';
import type { JsonActivity } from '../../services/turn/turnStore';
import { type Answer, answerFor, refusal } from './answer';
import { type DirectLineDeps, directLineChannelId } from './directLineDeps';
import { DirectLineGate } from './directLineGate';
import { DirectLineTokens } from './directLineTokens';
import { OriginPolicy } from './originPolicy';
import { StreamConnection } from './streamConnection';
import { parseWatermark } from './watermark';

const streamPath = /^\/v3\/directline\/conversations\/([A-Za-z0-9_-]{1,128})\/stream$/;
const heartbeatEveryMs = 5_000;
/** A ping or a look into the log takes some 25 µs: behind those of thousands of connections every request would wait. */
const checkedAtOnce = 50;
const closingGraceMs = 2_000;

/**
 * Direct Line's WebSocket: `GET /v3/directline/conversations/{id}/stream?watermark=&t=`. One socket a
 * conversation: a newer one closes the older. Attach `handleUpgrade` to the HTTP server's 'upgrade'.
 */
export class StreamServer {
  private readonly gate: DirectLineGate;
  private readonly sockets: WebSocketServer;
  private readonly connections = new Map<string, StreamConnection>();
  private readonly timer: NodeJS.Timeout;
  /** Into the log, for all to whom a notice may have got lost. */
  private looking = false;
  private closing = false;

  constructor(private readonly deps: DirectLineDeps) {
    const origins = new OriginPolicy(deps.publicUrl, deps.allowedOrigins);
    const tokens = new DirectLineTokens(deps.signingKey, deps.clock);
    this.gate = new DirectLineGate(deps.secret, tokens, origins, deps.store);
    // maxFragments: a message of a million empty pieces costs no memory, only time.
    const limits = { maxPayload: 64 * 1024, maxFragments: 64 };
    this.sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, ...limits });
    this.timer = setInterval(() => void this.heartbeat(), heartbeatEveryMs);
    this.timer.unref();
  }

  /** Takes over the socket of an upgrade request; refuses with a status code what may not come in. */
  handleUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Between two listeners a reset by the client must not end the process.
    const ignore = () => undefined;
    socket.on('error', ignore);
    this.admit(req)
      .catch((error: unknown) => answerFor(error))
      .then((entry) => {
        if ('body' in entry) refuseUpgrade(socket, entry);
        else if (this.closing) socket.destroy();
        else {
          this.sockets.handleUpgrade(req, socket, head, (webSocket) => {
            socket.off('error', ignore);
            this.connect(webSocket, entry.conversationId, entry.watermark);
          });
        }
      })
      .catch((error: unknown) => {
        this.deps.reportError?.(error, '');
        socket.destroy();
      });
  }

  /** Customers who are connected now. */
  get size(): number {
    return this.connections.size;
  }

  /**
   * Checks on every connection: pings due, dead clients, notices that got lost. Requests are served in between. The
   * timer's work; tests call it with a moved clock.
   */
  async heartbeat(): Promise<void> {
    const due: StreamConnection[] = [];
    for (const [index, connection] of [...this.connections.values()].entries()) {
      if (index % checkedAtOnce === checkedAtOnce - 1) await othersAreServed();
      if (this.closing) return;
      if (connection.heartbeat()) due.push(connection);
    }
    // A store that hangs holds up no ping: without them every client would be taken for dead.
    if (this.looking) return;
    this.looking = true;
    for (let first = 0; first < due.length && !this.closing; first += checkedAtOnce) {
      const portion = due.slice(first, first + checkedAtOnce);
      await Promise.all(portion.map((connection) => connection.lookIntoLog()));
      await othersAreServed();
    }
    this.looking = false;
  }

  /** Shows a passing sign, such as typing, to whoever listens to this conversation now. It is kept nowhere. */
  show(conversationKey: string, activity: JsonActivity): void {
    this.connections.get(conversationKey)?.show(activity);
  }

  /** Says "going away" to everybody, takes no more, and waits for the sockets to end (2 s at most). */
  async close(): Promise<void> {
    this.closing = true;
    clearInterval(this.timer);
    const connections = [...this.connections.values()];
    for (const connection of connections) connection.close(1001, 'going away');
    const impatience = setTimeout(() => {
      for (const client of this.sockets.clients) client.terminate();
    }, closingGraceMs);
    await new Promise<void>((resolve) => this.sockets.close(() => resolve()));
    clearTimeout(impatience);
  }

  private async admit(req: IncomingMessage): Promise<Answer | { conversationId: string; watermark: number }> {
    if (this.closing) return refusal(503, 'GoingAway', 'the service is restarting');
    const [path = '', search = ''] = (req.url ?? '').split('?');
    const conversationId = streamPath.exec(path)?.[1];
    if (conversationId === undefined) return refusal(404, 'NotFound', 'there is nothing here');
    const query = new URLSearchParams(search);
    // Browsers send no Authorization with a WebSocket: the token is in the query, and CORS does not guard it.
    const entry = await this.gate.admitToken('stream', query.get('t') ?? '', req.headers.origin);
    if (entry.status === 'refused') return entry.answer;
    const denied = await this.gate.refusalFor(entry.claims, conversationId);
    return denied ?? { conversationId, watermark: parseWatermark(query.get('watermark')) ?? 0 };
  }

  private connect(webSocket: WebSocket, conversationId: string, watermark: number): void {
    const key = conversationKey(directLineChannelId, conversationId);
    this.connections.get(key)?.close(1000, 'collision');
    const connection = new StreamConnection(webSocket, key, conversationId, watermark, this.deps);
    this.connections.set(key, connection);
    webSocket.on('close', () => {
      if (this.connections.get(key) === connection) this.connections.delete(key);
    });
  }
}

function othersAreServed(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function refuseUpgrade(socket: Duplex, answer: Answer): void {
  const body = JSON.stringify(answer.body);
  const head = [
    `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
  ];
  socket.once('finish', () => socket.destroy());
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
