import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';

export interface Delivered {
  readonly words: string;
  /** `performance.now()` when the whole body had arrived. */
  readonly atMs: number;
}

export interface ConnectorStandIn {
  /** What an activity names as its `serviceUrl`. */
  readonly serviceUrl: string;
  /** Calls `listener` for every message to this conversation. */
  onDelivery(conversationId: string, listener: (delivered: Delivered) => void): void;
  /** No listener for this conversation any more. */
  forget(conversationId: string): void;
  close(): Promise<void>;
}

const activityPath = /^\/v3\/conversations\/([^/]+)\/activities(?:\/[^/]+)?$/;
const delivery = z.object({ type: z.string(), text: z.string().optional(), summary: z.string().optional() });

/**
 * The part of the Bot Connector that a bot's replies go to, on loopback: takes
 * `POST /v3/conversations/{id}/activities[/{replyToId}]` and answers `{id}`. Source: Bot Connector REST API,
 * "Send to conversation" and "Reply to activity".
 */
export async function startConnectorStandIn(): Promise<ConnectorStandIn> {
  const listeners = new Map<string, (delivered: Delivered) => void>();
  let taken = 0;

  async function take(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk);
    const atMs = performance.now();
    const conversationId = activityPath.exec(req.url ?? '')?.[1];
    // restify, once loaded, replaces writeHead of every response by one that returns nothing to chain on.
    if (req.method !== 'POST' || conversationId === undefined) {
      res.writeHead(404);
      res.end();
      return;
    }
    taken += 1;
    res.writeHead(200, { 'Content-Type': 'application/json' });
    res.end(JSON.stringify({ id: `taken-${taken}` }));
    const { type, text, summary } = delivery.parse(JSON.parse(Buffer.concat(chunks).toString()));
    if (type === 'message')
      listeners.get(decodeURIComponent(conversationId))?.({ words: text ?? summary ?? '', atMs });
  }

  const server = createServer({ keepAliveTimeout: 60_000 }, (req, res) => {
    take(req, res).catch(() => res.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    serviceUrl: `http://127.0.0.1:${port}`,
    onDelivery: (conversationId, listener) => void listeners.set(conversationId, listener),
    forget: (conversationId) => void listeners.delete(conversationId),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
