import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a gateway answers: a status with headers and a body, or nothing for ever, or a connection cut. */
export type Answer =
  | { status: number; headers?: Record<string, string>; body?: string }
  | 'hang'
  | 'cut'
  | 'endless';

/** An HTTP server on loopback that keeps what it is sent and answers as it is told, then with the last answer. */
export class Gateway {
  readonly received: Received[] = [];
  answers: ((request: Received) => Answer)[] = [];
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async open(): Promise<Gateway> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const gateway = new Gateway(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (req, res) => {
      let body = '';
      req.setEncoding('utf8');
      req.on('data', (part: string) => {
        body += part;
      });
      req.on('end', () =>
        gateway.answer({ method: req.method ?? '', path: req.url ?? '', headers: req.headers, body }, res),
      );
    });
    return gateway;
  }

  /** Answers with these, one after another; the last one goes on. */
  willAnswer(...answers: Answer[]): void {
    this.answers = answers.map((answer) => () => answer);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private answer(request: Received, res: ServerResponse): void {
    this.received.push(request);
    const make = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
    const answer = make?.(request) ?? { status: 200 };
    if (answer === 'hang') return;
    if (answer === 'cut') {
      res.destroy();
      return;
    }
    if (answer === 'endless') {
      res.writeHead(200);
      res.write('x'.repeat(1_000));
      return;
    }
    res.writeHead(answer.status, answer.headers);
    res.end(answer.body ?? '');
  }
}
