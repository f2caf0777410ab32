import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  /** 0 when the connection was closed without an answer. */
  readonly status: number;
  readonly head: string;
  readonly body: string;
  readonly closed: boolean;
}

/**
 * Sends bytes as they are, which `fetch` would put right, and reads one answer.
 * @param chunks written one after another
 */
export function rawRequest(url: string, ...chunks: readonly (string | Buffer)[]): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let received = '';
    const finish = (closed: boolean) => {
      const [head = '', ...rest] = received.split('\r\n\r\n');
      resolve({
        status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0),
        head,
        body: rest.join('\r\n\r\n'),
        closed,
      });
      socket.destroy();
    };
    socket.on('data', (data) => {
      received += data.toString('latin1');
      const [head = '', body] = received.split('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      const closes = /connection: close/i.test(head);
      if (body !== undefined && body.length >= length && !closes) finish(false);
    });
    socket.on('error', () => finish(true));
    socket.on('close', () => finish(true));
    for (const chunk of chunks) socket.write(chunk);
  });
}

/** A connection on which `text` is on its way. It takes in nothing before somebody listens, and may be reset. */
export function dialled(url: string, text: string | Buffer): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
  socket.on('error', () => undefined);
  socket.write(text);
  return socket;
}

/** Sends everything, looks for an answer only then, and reads until the server ends the connection. */
export async function writeFirst(url: string, ...chunks: readonly (string | Buffer)[]): Promise<RawAnswer> {
  const socket = dialled(url, '');
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  for (const chunk of chunks) {
    await Promise.race([closed, new Promise<void>((resolve) => socket.write(chunk, () => resolve()))]);
    // The server, in this process too, may answer between two chunks.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const received: Buffer[] = [];
  socket.on('data', (data: Buffer) => received.push(data));
  socket.on('end', () => socket.end());
  await closed;
  const [head = '', ...rest] = Buffer.concat(received).toString('latin1').split('\r\n\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0);
  return { status, head, body: rest.join('\r\n\r\n'), closed: true };
}

/** A POST of JSON with a right length and the headers given on top. */
export function rawPost(path: string, body: string | Buffer, ...headers: readonly string[]): Buffer {
  const bytes = Buffer.from(body);
  const lines = [
    `POST ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    ...(headers.some((header) => /^content-type:/i.test(header)) ? [] : ['Content-Type: application/json']),
    `Content-Length: ${bytes.length}`,
    ...headers,
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), bytes]);
}

/** The fixed shape of every error answer. */
export const errorShape = /^\{"error":\{"code":"\w+","message":"[^"]+"\}\}$/;
