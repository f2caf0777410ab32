import {
  createServer as createNodeServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { pino } from 'pino';
import * as restify from 'restify';
import type { Clock } from '../services/clock';
import { ConfigurationError } from '../services/errors';
import type { TurnStore } from '../services/turn/turnStore';
import { type Config, serverUrl } from './config';
import { answerFor, errorBody, jsonHeaders, retryHeaders, sendError, sendJson } from './http/answers';
import { onBrokenConnection, refuseSocket } from './http/brokenConnection';
import { type GuardOptions, passesGuard } from './http/guard';
import { RequestLines } from './http/requestLines';
import { refusedTarget } from './http/requestTarget';
import type { RequestWatch } from './http/requestWatch';
import type { Log } from './log';

export interface ServerOptions {
  readonly config: Pick<Config, 'host' | 'port'>;
  readonly store: Pick<TurnStore, 'ping'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Routes that read multipart bodies themselves. */
  readonly uploads?: GuardOptions['uploads'];
  /** A request whose head or body has not arrived by then is answered 408. Default 8 s, so that it is over within 10 s on a busy machine too. */
  readonly requestTimeoutMs?: number;
  /** How often slow requests are looked for. Default 500 ms. */
  readonly timeoutCheckMs?: number;
  /** A connection on which nothing moves for so long, in either direction, is cut. Default 60 s; no route thinks that long. */
  readonly stalledMs?: number;
  /** How long close() waits for running requests before it cuts them. Default 10 s. */
  readonly closeTimeoutMs?: number;
  /** Default: requests are not observed. */
  readonly watch?: RequestWatch;
}

export type UpgradeHandler = (req: IncomingMessage, socket: Duplex, head: Buffer) => void;

export interface HttpServer {
  /** Where routes are registered. Handlers are `async (req, res) => …`; parsed JSON is in `req.body`. */
  readonly server: restify.Server;
  /** Called before the guard, so that its headers (CORS, say) are on refusals too. */
  onRequest(listener: (req: IncomingMessage, res: ServerResponse) => void): void;
  /** Takes the WebSocket upgrades whose path starts with `pathPrefix`; all others are refused. */
  onUpgrade(pathPrefix: string, handler: UpgradeHandler): void;
  /** @throws ConfigurationError when the address cannot be had */
  listen(): Promise<{ url: string }>;
  /** Readiness turns 503, so that a load balancer turns away; all else goes on. */
  drain(): void;
  /** Readiness turns 503, no new connection is taken, running requests finish. */
  close(): Promise<void>;
}

const bodyLimitBytes = 262_144;

/**
 * The HTTP server: Node's own in front with time limits and the guard, restify behind it for routes.
 * Errors are answered with fixed bodies; what was wrong inside goes to the log alone.
 */
export function createServer(options: ServerOptions): HttpServer {
  const { config, store, clock, log, uploads = [], requestTimeoutMs = 8_000, timeoutCheckMs = 500 } = options;
  const watch: RequestWatch = options.watch ?? ((_req, _res, run) => run());
  const router = createRouter(log);
  const listeners: ((req: IncomingMessage, res: ServerResponse) => void)[] = [];
  const upgrades: { prefix: string; handler: UpgradeHandler }[] = [];
  const lines = new RequestLines();
  const connections = new Set<Duplex>();
  const upgraded = new Set<Duplex>();
  let draining = false;
  let closing = false;

  const node: Server = createNodeServer({
    requestTimeout: requestTimeoutMs,
    headersTimeout: requestTimeoutMs,
    keepAliveTimeout: requestTimeoutMs,
    connectionsCheckingInterval: timeoutCheckMs,
    maxHeaderSize: 32_768,
  });
  node.timeout = options.stalledMs ?? 60_000;

  node.on('connection', (socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });

  node.on('request', (req, res) => lines.take(req, res, () => answer(req, res)));

  function answer(req: IncomingMessage, res: ServerResponse): void {
    if (closing) res.setHeader('Connection', 'close');
    res.on('close', () => {
      if (closing) setImmediate(() => node.closeIdleConnections());
    });
    watch(req, res, () => serve(req, res)).catch((error: unknown) => {
      log.error({ err: error }, 'request failed');
      if (res.headersSent) res.destroy();
      else sendError(res, 500, { Connection: 'close' });
    });
  }

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    res.setHeader('X-Content-Type-Options', 'nosniff');
    res.setHeader('Referrer-Policy', 'no-referrer');
    for (const listener of listeners) listener(req, res);
    if (!(await passesGuard(req, res, { bodyLimitBytes, uploads }))) return;
    // Whatever can be read can be asked for its head (RFC 9110, section 9.3.2). Node leaves out the body itself.
    if (req.method === 'HEAD') req.method = 'GET';
    router.server.emit('request', req, res);
  }

  node.on('upgrade', (req, socket, head) => {
    socket.on('error', () => socket.destroy());
    const target = refusedTarget(req);
    if (target !== undefined) return refuseSocket(socket, target);
    if (closing) return refuseSocket(socket, 503);
    if (req.headers.upgrade?.toLowerCase() !== 'websocket') return refuseSocket(socket, 400);
    const path = (req.url ?? '').split('?', 1)[0] ?? '';
    const found = upgrades.find(({ prefix }) => path.startsWith(prefix));
    if (found === undefined) return refuseSocket(socket, 404);
    upgraded.add(socket);
    socket.on('close', () => upgraded.delete(socket));
    try {
      found.handler(req, socket, head);
    } catch (error) {
      log.error({ err: error }, 'upgrade failed');
      refuseSocket(socket, 500);
    }
  });

  node.on(
    'clientError',
    onBrokenConnection((socket) => lines.answering(socket)),
  );

  router.get('/healthz', async (_req: restify.Request, res: restify.Response) =>
    sendJson(res, 200, { status: 'ok' }),
  );
  router.get('/readyz', async (_req: restify.Request, res: restify.Response) => {
    if (draining) return sendError(res, 503);
    await store.ping(clock.now());
    sendJson(res, 200, { status: 'ok' });
  });

  return {
    server: router,
    onRequest: (listener) => void listeners.push(listener),
    onUpgrade: (prefix, handler) => void upgrades.push({ prefix, handler }),
    listen: () => listen(node, config),
    drain: () => {
      draining = true;
    },
    close: () => {
      draining = true;
      closing = true;
      // Node counts a connection that never asked for anything as busy.
      for (const socket of connections) {
        if (lines.answering(socket) === undefined && !upgraded.has(socket)) socket.destroy();
      }
      for (const res of lines.allAnswering()) if (!res.headersSent) res.setHeader('Connection', 'close');
      return close(node, upgraded, options.closeTimeoutMs ?? 10_000);
    },
  };
}

function createRouter(log: Log): restify.Server {
  const asFixedError = (_req: restify.Request, res: restify.Response, body: unknown): string | Buffer => {
    if (!(body instanceof Error))
      return Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body);
    log.error({ err: body }, 'route ended without an answer');
    const text = errorBody(answerFor(body));
    res.setHeader('Content-Length', Buffer.byteLength(text));
    return text;
  };
  const router = restify.createServer({
    name: '',
    // restify would log requests and returned values as they are.
    log: Object(pino({ level: 'silent' })),
    maxParamLength: 256,
    formatters: {
      'application/json': asFixedError,
      'text/plain': asFixedError,
      'application/octet-stream': asFixedError,
    },
  });
  router.on(
    'restifyError',
    (_req: restify.Request, res: restify.Response, error: unknown, next: () => void) => {
      const answer = answerFor(error);
      if (answer.status >= 500) log.error({ err: error, code: answer.code }, 'route failed');
      const body = errorBody(answer);
      if (res.headersSent) res.destroy();
      else
        res.sendRaw(answer.status, body, {
          ...jsonHeaders,
          ...retryHeaders(answer.status),
          'Content-Length': String(Buffer.byteLength(body)),
        });
      next();
    },
  );
  return router;
}

/**
 * Finds out before anything is written whether the server will be able to listen.
 * @throws ConfigurationError naming HOST or PORT when the address cannot be had
 */
export async function assertAddressIsFree(config: Pick<Config, 'host' | 'port'>): Promise<void> {
  const probe = createNodeServer();
  await listen(probe, config);
  await new Promise((resolve) => probe.close(resolve));
}

function listen(node: Server, { host, port }: Pick<Config, 'host' | 'port'>): Promise<{ url: string }> {
  return new Promise((resolve, reject) => {
    node.once('error', (cause: NodeJS.ErrnoException) => reject(listenError(cause, host, port)));
    node.listen(port, host, () => {
      const address = node.address();
      const actual = typeof address === 'object' && address !== null ? address.port : port;
      resolve({ url: serverUrl(host, actual) });
    });
  });
}

function listenError(cause: NodeJS.ErrnoException, host: string, port: number): ConfigurationError {
  const sentences: Record<string, string> = {
    EADDRINUSE: `PORT ${port} is already in use on ${host}; stop the other program or choose another PORT.`,
    EACCES: `PORT ${port} may not be used by this user; choose a PORT above 1023.`,
    EADDRNOTAVAIL: `HOST ${host} is not an address of this machine.`,
    ENOTFOUND: `HOST ${host} is not known.`,
  };
  const sentence = sentences[cause.code ?? ''] ?? `The server cannot listen on HOST ${host}, PORT ${port}.`;
  return new ConfigurationError(sentence, { cause });
}

async function close(node: Server, upgraded: ReadonlySet<Duplex>, timeoutMs: number): Promise<void> {
  if (!node.listening) return;
  const timer = setTimeout(() => {
    node.closeAllConnections();
    for (const socket of upgraded) socket.destroy();
  }, timeoutMs);
  await new Promise<void>((resolve) => node.close(() => resolve()));
  clearTimeout(timer);
}
