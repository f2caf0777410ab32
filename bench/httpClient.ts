import { Agent, request } from 'node:http';

/**
 * JSON over kept-alive connections to one server, for as long as it is used without pauses: servers close a
 * connection that rests for some seconds, and a request that is just then on its way is lost. `node:http` itself, because `fetch` costs the load generator
 * several times as much per request.
 */
export class HttpClient {
  /** A connection that rests is given up well before our server closes it after 8 s. */
  private readonly agent = new Agent({ keepAlive: true, timeout: 4_000 });

  /** @param baseUrl without a slash at the end */
  constructor(private readonly baseUrl: string) {}

  /** @returns the parsed body. @throws Error for any status but 2xx, naming the path */
  async post(path: string, json: unknown, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
    const body = JSON.stringify(json);
    const length = String(Buffer.byteLength(body));
    return this.send(
      'POST',
      path,
      { ...headers, 'Content-Type': 'application/json', 'Content-Length': length },
      body,
    );
  }

  /** @returns the parsed body. @throws Error for any status but 2xx, naming the path */
  async get(path: string): Promise<unknown> {
    return this.send('GET', path, {});
  }

  close(): void {
    this.agent.destroy();
  }

  private send(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const req = request(`${this.baseUrl}${path}`, { method, headers, agent: this.agent }, (res) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('error', reject);
        res.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const status = res.statusCode ?? 0;
          if (status < 200 || status > 299) {
            reject(
              new Error(`${method} ${path.split('?')[0]} was answered ${status}: ${text.slice(0, 200)}`),
            );
          } else {
            resolve(text === '' ? undefined : JSON.parse(text));
          }
        });
      });
      req.on('error', reject);
      req.end(body);
    });
  }
}
