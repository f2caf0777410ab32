import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer as createNodeServer, type Server } from 'node:http';
import { ConnectorAdapter } from '../../../bot/connector/connectorAdapter';
import { registerMessages } from '../../../bot/connector/messagesRoute';
import type { Log } from '../../../bot/log';
import { createServer, type HttpServer, type ServerOptions } from '../../../bot/server';
import type { MicrosoftApp } from '../../../bot/settings/microsoftSettings';
import { systemClock } from '../../../services/clock';
import type { InboundTurn, TurnIntake } from '../../../services/turn/turnIntake';
import type { JsonActivity } from '../../../services/turn/turnStore';

export const silentLog: Log = { error() {}, warn() {}, info() {}, debug() {} };
export const noApp: MicrosoftApp = { id: '', password: '', type: 'MultiTenant', tenantId: '' };
export const anApp: MicrosoftApp = {
  ...noApp,
  id: '00000000-0000-0000-0000-00000000b111',
  password: 'not-used',
};

/** Takes every turn and answers each message with an echo of its text. */
export class EchoIntake implements TurnIntake {
  readonly turns: InboundTurn[] = [];
  failure: Error | undefined;
  /** No turn ever ends. */
  hangs = false;

  async submit(turn: InboundTurn) {
    if (this.failure !== undefined) throw this.failure;
    this.turns.push(turn);
    const reply: JsonActivity = {
      type: 'message',
      id: 'r1',
      replyToId: 'ours',
      text: `echo ${turn.activity.text}`,
    };
    return {
      ticket: this.turns.length,
      activityId: `a${this.turns.length}`,
      duplicate: false,
      replies: () => (this.hangs ? new Promise<never>(() => {}) : Promise.resolve([reply])),
    };
  }

  subscribe(): () => void {
    return () => {};
  }
}

export interface RunningBot {
  readonly url: string;
  readonly http: HttpServer;
  readonly intake: EchoIntake;
  post(body: unknown, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

/** The server with the Bot Connector's route, on a free port of this machine. */
export async function runningBot(
  app: MicrosoftApp = noApp,
  options: Partial<ServerOptions> & { adapter?: ConnectorAdapter; replyTimeoutMs?: number } = {},
): Promise<RunningBot> {
  const intake = new EchoIntake();
  const http = createServer({
    config: { host: '127.0.0.1', port: 0 },
    store: { ping: async () => {} },
    clock: systemClock,
    log: silentLog,
    ...options,
  });
  const { adapter = new ConnectorAdapter(app), replyTimeoutMs } = options;
  const store = { getConversation: async () => undefined };
  registerMessages(http.server, {
    adapter,
    app,
    intake,
    store,
    clock: systemClock,
    log: silentLog,
    replyTimeoutMs,
  });
  const { url } = await http.listen();
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return { url, http, intake, post, close: () => http.close() };
}

export function anActivity(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'message',
    id: '1',
    channelId: 'msteams',
    serviceUrl: 'http://127.0.0.1:9/',
    from: { id: 'user-1', name: '김고객' },
    recipient: { id: 'bot-1', name: 'Bill Guide' },
    conversation: { id: 'conv-1' },
    text: '미납요금 알려줘',
    ...changes,
  };
}

/** A loopback server that counts connections and requests, and answers with `respond`. */
export async function countingServer(respond: (path: string) => unknown = () => ({})) {
  const count = { connections: 0, requests: [] as string[] };
  const server: Server = createNodeServer((req, res) => {
    count.requests.push(`${req.method} ${req.url}`);
    res.setHeader('content-type', 'application/json');
    res.end(JSON.stringify(respond(req.url ?? '')));
  });
  server.on('connection', () => {
    count.connections += 1;
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, count, close };
}

/** An RSA key pair with its public half as a key server publishes it. */
export function aSigningKey(kid: string) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { kid, privateKey, publicKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig' } };
}

export function part(json: unknown): string {
  return Buffer.from(typeof json === 'string' ? json : JSON.stringify(json)).toString('base64url');
}

/** A JWT signed with RS256. */
export function signedToken(header: object, payload: object, key: KeyObject): string {
  const input = `${part(header)}.${part(payload)}`;
  return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`;
}
