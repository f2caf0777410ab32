import { request } from 'node:http';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { directLineSecret } from './serverProcess';

const seen = z.object({
  id: z.string(),
  from: z.object({ role: z.string() }),
  replyToId: z.string().optional(),
  channelData: z.object({ clientActivityID: z.string().optional() }).optional(),
});
export type SeenActivity = z.infer<typeof seen>;
const page = z.object({ activities: z.array(seen), watermark: z.string() });
const started = z.object({ conversationId: z.string(), token: z.string(), streamUrl: z.string() });
const resumed = z.object({ streamUrl: z.string() });
const posted = z.object({ id: z.string() });

/** One answer, or undefined when there was none. */
interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  readonly credential?: string;
}

/** Over a connection of its own, so that each call may meet another replica. */
function call(url: string, { method, path, body, credential = directLineSecret }: Call) {
  return new Promise<{ status: number; json: unknown } | undefined>((resolve) => {
    const headers = { Authorization: `Bearer ${credential}`, 'Content-Type': 'application/json' };
    const req = request(`${url}${path}`, { method, agent: false, headers }, (res) => {
      let text = '';
      res.setEncoding('utf8');
      res.on('data', (chunk: string) => {
        text += chunk;
      });
      res.on('error', () => resolve(undefined));
      res.on('close', () => {
        try {
          resolve(res.complete ? { status: res.statusCode ?? 0, json: JSON.parse(text) } : undefined);
        } catch {
          resolve(undefined);
        }
      });
    });
    req.on('error', () => resolve(undefined));
    req.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** The way to a service of many replicas: calls are repeated until one succeeds, as patient clients do. */
export class Service {
  private recovering: Promise<void> | undefined;

  constructor(readonly url: string) {}

  async insist<T>(shape: z.ZodType<T>, wanted: Call): Promise<T> {
    for (;;) {
      const answer = await call(this.url, wanted);
      if (answer !== undefined && answer.status < 300) return shape.parse(answer.json);
      // Trouble of the service itself may be met; being told that one is wrong may not.
      if (answer !== undefined && answer.status < 500)
        throw new Error(`${wanted.method} ${wanted.path}: ${answer.status}`);
      await this.ready();
    }
  }

  /** Resolves when some replica says that it is ready; everybody waits for one and the same question. */
  private ready(): Promise<void> {
    const ask = async () => {
      while ((await call(this.url, { method: 'GET', path: '/readyz' }))?.status !== 200);
    };
    this.recovering ??= ask().finally(() => {
      this.recovering = undefined;
    });
    return this.recovering;
  }
}

/** Speaks by HTTP and hears by WebSocket, and comes back with its watermark when that breaks. */
export class ReplicaCustomer {
  readonly heard: SeenActivity[] = [];
  /** Client's id of a message → the id that it was acknowledged with. */
  readonly acknowledged = new Map<string, string>();
  reconnects = 0;
  private watermark = '';
  private socket: WebSocket | undefined;
  private left = false;
  private onHeard: () => void = () => undefined;

  private constructor(
    private readonly service: Service,
    private readonly conversation: z.infer<typeof started>,
    private readonly onReply: () => void,
  ) {}

  /** @param onReply called for every reply that is heard */
  static async start(service: Service, onReply: () => void): Promise<ReplicaCustomer> {
    const conversation = await service.insist(started, {
      method: 'POST',
      path: '/v3/directline/conversations',
      body: { user: { id: 'dl_customer' } },
    });
    const customer = new ReplicaCustomer(service, conversation, onReply);
    customer.listen(conversation.streamUrl);
    return customer;
  }

  /** Says something, again until it is acknowledged, and waits for the answer on the stream. */
  async say(text: string, clientId: string): Promise<void> {
    const { id } = await this.service.insist(posted, {
      ...this.mine('POST', '/activities'),
      body: { type: 'message', text, from: { id: 'me' }, channelData: { clientActivityID: clientId } },
    });
    this.acknowledged.set(clientId, id);
    while (!this.heard.some(({ replyToId }) => replyToId === id)) {
      await new Promise<void>((resolve) => {
        this.onHeard = resolve;
      });
    }
  }

  /** All that the log holds. */
  async log(): Promise<SeenActivity[]> {
    const all: SeenActivity[] = [];
    for (let watermark = ''; ; ) {
      const next = await this.service.insist(page, this.mine('GET', `/activities?watermark=${watermark}`));
      if (next.activities.length === 0) return all;
      all.push(...next.activities);
      watermark = next.watermark;
    }
  }

  leave(): void {
    this.left = true;
    this.socket?.terminate();
  }

  private mine(method: Call['method'], route: string): Call {
    const { conversationId, token } = this.conversation;
    return { method, path: `/v3/directline/conversations/${conversationId}${route}`, credential: token };
  }

  private listen(streamUrl: string): void {
    const socket = new WebSocket(streamUrl);
    this.socket = socket;
    socket.on('message', (data) => {
      const { activities, watermark } = page.parse(JSON.parse(String(data)));
      this.watermark = watermark;
      for (const activity of activities) {
        this.heard.push(activity);
        if (activity.replyToId !== undefined) this.onReply();
      }
      this.onHeard();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (!this.left) this.reconnect().catch(() => this.leave());
    });
  }

  private async reconnect(): Promise<void> {
    this.reconnects += 1;
    const route = `?watermark=${this.watermark}`;
    const { streamUrl } = await this.service.insist(resumed, this.mine('GET', route));
    if (!this.left) this.listen(streamUrl);
  }
}
