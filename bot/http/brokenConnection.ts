import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { errorAnswer, errorBody } from './answers';

/** Writes a whole error answer onto a bare socket and closes it. */
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
  // Closing at once would throw the answer away together with what the client is still sending.
  setTimeout(() => socket.destroy(), 500).unref();
}

/**
 * Answers requests that Node's parser refused: malformed, oversized or too slow ones.
 * @param running the response that is being made on a socket, if any
 */
export function onBrokenConnection(running: (socket: Duplex) => ServerResponse | undefined) {
  const answered = new WeakSet<Duplex>();
  return (error: NodeJS.ErrnoException, socket: Duplex): void => {
    if (answered.has(socket)) return;
    answered.add(socket);
    if (error.code === 'ECONNRESET' || running(socket)?.headersSent) socket.destroy();
    else refuseSocket(socket, statusOf(error.code));
  };
}

function statusOf(code: string | undefined): number {
  if (code === 'HPE_HEADER_OVERFLOW') return 431;
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return 413;
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
}
