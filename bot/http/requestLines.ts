import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** With the head and body that each may bring, some 1.5 MiB. Browsers and proxies ask one by one. */
const mostWaiting = 16;

interface Waiting {
  readonly res: ServerResponse;
  readonly serve: () => void;
}

interface Line {
  answering: ServerResponse;
  readonly waiting: Waiting[];
}

/**
 * The requests of each connection, served one after another: none before the answer to the one ahead has left, or
 * was given up. Thousands fit into one packet, and of a client that asks and does not read each answer would wait
 * in memory. A few more may stand in line (RFC 9112, section 9.3.2); who asks for more than that is cut off. Nothing
 * that follows a request after whose answer the connection ends is ever served.
 */
export class RequestLines {
  private readonly lines = new Map<Duplex, Line>();

  /** Calls `serve` when it is this request's turn, or never. */
  take(req: IncomingMessage, res: ServerResponse, serve: () => void): void {
    const { socket } = req;
    const line = this.lines.get(socket);
    if (line === undefined) {
      if (!socket.destroyed) this.start(socket, { answering: res, waiting: [] }, serve);
    } else if (line.waiting.length < mostWaiting) line.waiting.push({ res, serve });
    else socket.destroy();
  }

  /** The answer that is being made on a connection, if any. */
  answering(socket: Duplex): ServerResponse | undefined {
    return this.lines.get(socket)?.answering;
  }

  /** All answers that are being made. */
  *allAnswering(): Iterable<ServerResponse> {
    for (const { answering } of this.lines.values()) yield answering;
  }

  private start(socket: Duplex, line: Line, serve: () => void): void {
    this.lines.set(socket, line);
    line.answering.once('close', () => {
      const next = line.waiting.shift();
      this.lines.delete(socket);
      if (next === undefined || !socket.writable) return;
      this.start(socket, { answering: next.res, waiting: line.waiting }, next.serve);
    });
    serve();
  }
}
