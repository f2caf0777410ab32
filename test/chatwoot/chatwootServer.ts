import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type HubFault =
  | 'none'
  | 'down'
  | 'busy'
  /** Does what it is asked, and loses the answer. */
  | 'lostAnswer'
  | 'merged';

interface HubAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly plain?: string;
}

interface HubConversation {
  readonly id: number;
  readonly sourceId: string;
  readonly attributes: unknown;
  status: 'open' | 'resolved';
  readonly messages: {
    id: number;
    content: string;
    message_type: number;
    sender?: object;
    private?: boolean;
    created_at: number;
  }[];
}

/** Chatwoot as far as its Client API and its webhooks go: signatures, numbers in answers, words in webhooks. */
export class ChatwootServer {
  static readonly inbox = 'api-inbox-identifier';
  static readonly secret = 'webhook-secret-of-the-inbox';
  readonly contacts = new Map<string, { hash?: string }>();
  readonly conversations: HubConversation[] = [];
  readonly calls: string[] = [];
  fault: HubFault = 'none';
  /** Faults of the next calls that write a message, before `fault`. */
  readonly messageFaults: HubFault[] = [];
  private lastId = 100;

  private constructor(
    private readonly server: Server,
    readonly url: string,
    private readonly now: () => number,
  ) {}

  static async open(now: () => number): Promise<ChatwootServer> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const hub = new ChatwootServer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`, now);
    server.on('request', (req, res) => {
      let text = '';
      req.on('data', (part: Buffer) => {
        text += part.toString('utf8');
      });
      req.on('end', () => {
        const answer = hub.answer(req.method ?? '', req.url ?? '', text === '' ? {} : JSON.parse(text));
        if (answer === 'cut') return res.destroy();
        res.writeHead(answer.status, { 'Content-Type': answer.plain ? 'text/plain' : 'application/json' });
        res.end(answer.plain ?? JSON.stringify(answer.body));
      });
    });
    return hub;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  get conversation(): HubConversation {
    const last = this.conversations.at(-1);
    if (last === undefined) throw new Error('there is no conversation');
    return last;
  }

  /** What the customer said, the brief left out. */
  heard(): string[] {
    const incoming = this.conversation.messages.filter((message) => message.message_type === 0);
    return incoming.slice(1).map(({ content }) => content);
  }

  /** An agent writes. @returns the webhook's body */
  agentWrites(
    content: string,
    options: { name?: string; type?: string; private?: boolean; wordType?: string } = {},
  ) {
    const { name = '박서준', type = 'user', wordType = 'outgoing' } = options;
    const id = this.nextId();
    const sender = { id: 7, name, type };
    const message = { id, content, private: options.private ?? false, sender, created_at: this.seconds() };
    // The Client API lists no private notes.
    if (options.private !== true)
      this.conversation.messages.push({ ...message, message_type: wordType === 'outgoing' ? 1 : 3 });
    const { id: conversation, status } = this.conversation;
    return {
      ...message,
      event: 'message_created',
      message_type: wordType,
      conversation: { id: conversation, status, meta: {} },
    };
  }

  /** An agent resolves. @returns the webhook's body */
  agentResolves() {
    this.conversation.status = 'resolved';
    return {
      event: 'conversation_status_changed',
      id: this.conversation.id,
      status: 'resolved',
      meta: { assignee: null },
    };
  }

  agentIsAssigned(name = '박서준') {
    const { id, status } = this.conversation;
    return { event: 'conversation_updated', id, status, meta: { assignee: { id: 7, name } } };
  }

  static sign(body: string, atMs: number, secret = ChatwootServer.secret): Record<string, string> {
    const timestamp = String(Math.floor(atMs / 1_000));
    const hex = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
    return {
      'Content-Type': 'application/json',
      'X-Chatwoot-Timestamp': timestamp,
      'X-Chatwoot-Signature': `sha256=${hex}`,
      'X-Chatwoot-Delivery': randomUUID(),
    };
  }

  private answer(method: string, url: string, body: Record<string, unknown>): HubAnswer | 'cut' {
    this.calls.push(`${method} ${url}`);
    const match = url.match(
      /^\/public\/api\/v1\/inboxes\/api-inbox-identifier\/contacts(?:\/([^/]+)\/conversations(?:\/(\d+)\/(messages|toggle_status))?)?$/,
    );
    if (match === null) return { status: 404, body: {} };
    const [, sourceId, id, what] = match;
    const isMessage = method === 'POST' && what === 'messages';
    const fault = (isMessage ? this.messageFaults.shift() : undefined) ?? this.fault;
    if (fault === 'down') return { status: 503, plain: 'upstream' };
    if (fault === 'busy') return { status: 429, plain: 'Retry later\n' };
    if (fault === 'merged') {
      this.contacts.delete(sourceId ?? '');
      return { status: 404, body: { error: 'Resource could not be found' } };
    }
    const answer = this.serve(method, body, sourceId, id, what);
    return fault === 'lostAnswer' ? 'cut' : answer;
  }

  private serve(
    method: string,
    body: Record<string, unknown>,
    sourceId?: string,
    id?: string,
    what?: string,
  ) {
    if (sourceId === undefined) {
      const source = String(body.source_id);
      this.contacts.set(source, { hash: String(body.identifier_hash ?? '') });
      return { status: 200, body: { source_id: source, pubsub_token: 'x', id: 1, name: body.name } };
    }
    if (!this.contacts.has(sourceId)) return { status: 404, body: {} };
    const own = this.conversations.filter((one) => one.sourceId === sourceId);
    if (id === undefined && method === 'GET')
      return { status: 200, body: own.map((one) => ({ id: one.id })) };
    if (id === undefined) {
      const made: HubConversation = {
        id: this.conversations.length + 41,
        sourceId,
        attributes: body.custom_attributes,
        status: 'open',
        messages: [],
      };
      this.conversations.push(made);
      return { status: 200, body: { id: made.id, inbox_id: 3, messages: [] } };
    }
    const found = own.find((one) => one.id === Number(id));
    if (found === undefined) return { status: 404, body: {} };
    if (what === 'toggle_status') {
      found.status = 'resolved';
      return { status: 200, body: { id: found.id, status: 'resolved' } };
    }
    if (method === 'GET') return { status: 200, body: found.messages };
    const message = {
      id: this.nextId(),
      content: String(body.content),
      message_type: 0,
      created_at: this.seconds(),
    };
    found.messages.push(message);
    found.status = 'open';
    return { status: 200, body: { ...message, echo_id: body.echo_id } };
  }

  private nextId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  private seconds(): number {
    return Math.floor(this.now() / 1_000);
  }
}
