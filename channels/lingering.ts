import type { IncomingMessage, ServerResponse } from 'node:http';

/** How much more of a client is heard once it has its answer. */
export interface LingeringLimits {
  readonly bytes: number;
  readonly ms: number;
}

/** Three times the largest upload; as long as a request may take to arrive. */
export const lingeringLimits: LingeringLimits = { bytes: 32 * 1024 * 1024, ms: 8_000 };

/** A body announced as no longer than this is no reason to give up its connection. */
const shortBodyBytes = 65_536;

/** Whether a body comes, or came, with this request. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/**
 * Ends an answer whose status and headers are set and of which nothing has been sent, whether or not the request's
 * body has arrived. Closing a connection on bytes that nobody read resets it, and a client that writes first and
 * reads afterwards would find a broken connection in place of its answer. So the answer leaves at once, then our half
 * of the connection ends, and what the client still sends is read and thrown away: to the end of the body, or to
 * the limits. Source: RFC 9112, section 9.6.
 */
export function endAnswer(
  res: ServerResponse,
  body: string | Buffer,
  limits: LingeringLimits = lingeringLimits,
): void {
  const { req } = res;
  const { socket } = req;
  if (req.complete || !hasBody(req)) return void res.end(body);
  // What is left of a body must run out, or it blocks the connection.
  req.resume();
  const staysOpen = res.shouldKeepAlive && res.getHeader('Connection') !== 'close';
  if (staysOpen && Number(req.headers['content-length']) <= shortBodyBytes) return void res.end(body);

  res.setHeader('Connection', 'close');
  res.setHeader('Content-Length', Buffer.byteLength(body));
  // Of an answer to HEAD nothing else is written.
  res.flushHeaders();
  res.write(body, () => socket.end());
  let bytes = 0;
  req.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > limits.bytes) socket.destroy();
  });
  req.once('end', () => socket.destroySoon());
  const impatience = setTimeout(() => socket.destroy(), limits.ms);
  res.once('close', () => clearTimeout(impatience));
}
