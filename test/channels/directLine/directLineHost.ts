import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createServer, type Server } from 'restify';
import { ClientAddresses } from '../../../channels/clientAddresses';
import type { DirectLineDeps } from '../../../channels/directLine/directLineDeps';
import { registerDirectLine } from '../../../channels/directLine/directLineRoutes';
import { type SiteTokenSettings, SiteTokens } from '../../../channels/directLine/siteTokens';
import { StreamServer } from '../../../channels/directLine/streamServer';
import { StoreUnavailableError } from '../../../services/errors';
import { systemRandomness } from '../../../services/randomness';
import { parseInboundActivity } from '../../../services/turn/inboundActivity';
import type { TurnStore } from '../../../services/turn/turnStore';
import { openEmbeddedTurnStore } from '../../../store/embedded/embeddedTurnStore';
import { EchoIntake } from './echoIntake';

export const secret = 'the-secret-of-this-test';
export const allowedOrigin = 'https://help.example.com';

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** The union of what the routes answer with; a test reads what it expects. */
interface Body {
  readonly conversationId: string;
  readonly token: string;
  readonly expires_in: number;
  readonly streamUrl: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly lineKnown?: boolean;
  readonly id: string;
  readonly watermark: string;
  readonly activities: readonly {
    readonly id: string;
    readonly type: string;
    readonly text?: string;
    readonly timestamp: string;
    readonly channelId: string;
    readonly replyToId?: string;
    readonly channelData?: unknown;
    readonly from: { readonly id: string };
    readonly attachments?: readonly { readonly name: string }[];
  }[];
  readonly error: { readonly code: string; readonly message: string };
}

interface HostOptions {
  readonly tokenLimitPerMinute?: number;
  readonly trustedProxies?: readonly string[];
  readonly siteTokens?: SiteTokenSettings;
}

interface Opened {
  readonly store: TurnStore;
  readonly intake: EchoIntake;
  readonly streams: StreamServer;
  readonly server: Server;
}

/** A real restify server with Direct Line on a random loopback port, over a real store in a file. */
export class DirectLineHost {
  private nowMs = Date.UTC(2026, 10, 23, 1, 0, 0);
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'direct-line-'));
  readonly clock = { now: () => this.nowMs };
  readonly reported: unknown[] = [];
  private onReport: (() => void) | undefined;
  private onRead: (() => Promise<void>) | undefined;
  /** Headers of every request, as they came. */
  readonly requests: { method: string; path: string; headers: NodeJS.Dict<string | string[]> }[] = [];
  storeIsDown = false;
  port = 0;
  private starts = 0;
  private opened: Opened | undefined;

  constructor(private readonly options: HostOptions = {}) {}

  static async start(options: HostOptions = {}): Promise<DirectLineHost> {
    const host = new DirectLineHost(options);
    await host.open();
    return host;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get domain(): string {
    return `${this.url}/v3/directline`;
  }

  advance(ms: number): void {
    this.nowMs += ms;
  }

  get store(): TurnStore {
    return this.running().store;
  }

  get intake(): EchoIntake {
    return this.running().intake;
  }

  get streams(): StreamServer {
    return this.running().streams;
  }

  /** Opens everything anew, on the port and the file of last time. */
  async open(): Promise<void> {
    this.starts += 1;
    const store = openEmbeddedTurnStore({ file: path.join(this.folder, 'turns.db'), clock: this.clock });
    const intake = new EchoIntake(store, this.clock, `run${this.starts}-`);
    const deps = this.deps(store, intake);
    const server = createServer();
    registerDirectLine(server, deps);
    server.pre((req, _res, next) => {
      this.requests.push({ method: req.method ?? '', path: req.url ?? '', headers: req.headers });
      next();
    });
    server.use(async (req) => {
      if (req.headers['content-type']?.startsWith('multipart/')) return;
      const chunks: Buffer[] = [];
      for await (const chunk of req) chunks.push(chunk);
      const text = Buffer.concat(chunks).toString();
      req.body = text === '' ? undefined : JSON.parse(text);
    });
    const streams = new StreamServer(deps);
    server.on('upgrade', (req, socket, head) => streams.handleUpgrade(req, socket, head));
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    const address: AddressInfo = server.address();
    this.port = address.port;
    this.opened = { store, intake, streams, server };
  }

  /** Stops the server and the store; the file stays. */
  async shut(): Promise<void> {
    const { store, intake, streams, server } = this.running();
    await streams.close();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.server.closeAllConnections();
    });
    await intake.settled();
    await store.close();
    this.opened = undefined;
  }

  async end(): Promise<void> {
    if (this.opened !== undefined) await this.shut();
    rmSync(this.folder, { recursive: true });
  }

  /** One request with a token; `path` is relative to /v3/directline unless it starts with /api. */
  async call(
    method: string,
    target: string,
    options: { token?: string; origin?: string; json?: unknown; body?: BodyInit; headers?: HeadersInit } = {},
  ): Promise<Answered> {
    const headers = new Headers(options.headers);
    if (options.token !== undefined) headers.set('Authorization', `Bearer ${options.token}`);
    if (options.origin !== undefined) headers.set('Origin', options.origin);
    if (options.json !== undefined) headers.set('Content-Type', 'application/json');
    const body = options.json === undefined ? options.body : JSON.stringify(options.json);
    const url = target.startsWith('/api') ? `${this.url}${target}` : `${this.domain}${target}`;
    const response = await fetch(url, { method, headers, body });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
  }

  /** A started conversation: its id, token, and stream address. */
  async conversation(): Promise<Body> {
    const { body } = await this.call('POST', '/tokens/generate', { token: secret });
    const started = await this.call('POST', '/conversations', { token: body.token, json: { user: {} } });
    await this.intake.settled();
    return started.body;
  }

  /** Says something and waits until the bot has answered. */
  async say({ conversationId, token }: Body, text: string): Promise<void> {
    const json = { type: 'message', text, from: { id: 'x' } };
    await this.call('POST', `/conversations/${conversationId}/activities`, { token, json });
    await this.intake.settled();
  }

  /** Resolves when so many errors have been reported in all. */
  reports(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.onReport = () => {
        if (this.reported.length >= count) resolve();
      };
      this.onReport();
    });
  }

  /** Keeps the next read of the log, once made, from its reader. @returns when it was made, and how to let go */
  holdRead(): { made: Promise<void>; release: () => void } {
    let release = () => undefined as unknown;
    const made = new Promise<void>((resolve) => {
      this.onRead = () => {
        this.onRead = undefined;
        resolve();
        return new Promise((go) => {
          release = () => go();
        });
      };
    });
    return { made, release: () => void release() };
  }

  private running(): Opened {
    if (this.opened === undefined) throw new Error('the host is shut');
    return this.opened;
  }

  private deps(store: TurnStore, intake: EchoIntake): DirectLineDeps {
    return {
      intake: {
        submit: (inbound) => this.unlessDown(() => intake.submit(inbound)),
        subscribe: (key, listener) => intake.subscribe(key, listener),
      },
      store: {
        getConversation: (key) => this.unlessDown(() => store.getConversation(key)),
        readLog: async (key, after, limit) => {
          const entries = await this.unlessDown(() => store.readLog(key, after, limit));
          await this.onRead?.();
          return entries;
        },
        lastSeq: (key) => this.unlessDown(() => store.lastSeq(key)),
      },
      clock: this.clock,
      randomness: systemRandomness,
      secret,
      signingKey: Buffer.alloc(32, 7),
      publicUrl: () => `ws://127.0.0.1:${this.port}`,
      allowedOrigins: [allowedOrigin, '*'],
      bot: { id: 'bill-guide', name: '요금길잡이' },
      parseInbound: parseInboundActivity,
      clientAddresses: new ClientAddresses(this.options.trustedProxies ?? []),
      ...(this.options.siteTokens === undefined
        ? {}
        : { siteTokens: new SiteTokens(this.options.siteTokens, this.clock) }),
      tokenLimitPerMinute: this.options.tokenLimitPerMinute ?? 1_000,
      reportError: (error) => {
        this.reported.push(error);
        this.onReport?.();
      },
    };
  }

  private async unlessDown<T>(work: () => Promise<T>): Promise<T> {
    if (this.storeIsDown) throw new StoreUnavailableError('the test took the store away');
    return work();
  }
}

/** The claims of a token, unverified: what a page sees. */
export function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}
