import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { lingeringLimits } from '../../channels/lingering';
import { errorAnswer, errorBody } from './answers';

/** What the client was writing arrives meanwhile; a client that has stalled gains little by it. */
const lingeringMs = 2_000;

/** Writes a whole error answer onto a bare socket and closes it, in peace as `endAnswer` does. */
export function refuseSocket(socket: Duplex, status: number): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = errorBody(errorAnswer(status));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    'X-Content-Type-Options: nosniff',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.on('error', () => socket.destroy());
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  // Until the client ends its half, which is noticed only by reading.
  socket.resume();
  const impatience = setTimeout(() => socket.destroy(), lingeringMs);
  socket.once('close', () => clearTimeout(impatience));
}

/**
 * Answers requests that Node's parser refused: malformed, oversized or too slow ones.
 * @param running the response that is being made on a socket, if any
 */
export function onBrokenConnection(running: (socket: Duplex) => ServerResponse | undefined) {
  /** By connection: how much it had sent when it was answered. */
  const answered = new WeakMap<Duplex, number>();
  return (error: NodeJS.ErrnoException, socket: Socket): void => {
    const before = answered.get(socket);
    if (before !== undefined) {
      // Whatever else comes is no request either.
      if (socket.bytesRead - before > lingeringLimits.bytes) socket.destroy();
      return;
    }
    answered.set(socket, socket.bytesRead);
    if (error.code === 'ECONNRESET' || running(socket)?.headersSent) socket.destroy();
    else refuseSocket(socket, statusOf(error.code));
  };
}

function statusOf(code: string | undefined): number {
  if (code === 'HPE_HEADER_OVERFLOW') return 431;
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return 413;
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
}
