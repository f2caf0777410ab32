import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { HttpClient } from './httpClient';

const token = z.object({ token: z.string() });
const started = z.object({ streamUrl: z.string() });
const inParallel = 32;

/** Customers with an open chat who say nothing. */
export class IdleCustomers {
  private readonly sockets: WebSocket[] = [];
  /** Who was cut off. */
  lost = 0;
  /** Pings that they answered. */
  pings = 0;

  /** @param secret the server's Direct Line secret */
  constructor(
    private readonly baseUrl: string,
    private readonly secret: string,
  ) {}

  get count(): number {
    return this.sockets.length;
  }

  /** So many more start a conversation, open its socket and are greeted. */
  async come(count: number): Promise<void> {
    const http = new HttpClient(this.baseUrl);
    let begun = 0;
    try {
      await Promise.all(
        Array.from({ length: inParallel }, async () => {
          while (begun < count) {
            begun += 1;
            await this.open(http);
          }
        }),
      );
    } finally {
      http.close();
    }
  }

  leave(): void {
    for (const socket of this.sockets.splice(0)) {
      socket.removeAllListeners('close');
      socket.terminate();
    }
  }

  private async open(http: HttpClient): Promise<void> {
    const made = token.parse(await http.post('/v3/directline/tokens/generate', {}, bearer(this.secret)));
    const json = { user: {}, locale: 'ko-KR' };
    const { streamUrl } = started.parse(
      await http.post('/v3/directline/conversations', json, bearer(made.token)),
    );
    const socket = new WebSocket(streamUrl, { perMessageDeflate: false });
    await once(socket, 'message');
    this.sockets.push(socket);
    socket.on('ping', () => {
      this.pings += 1;
    });
    socket.on('close', () => {
      this.lost += 1;
    });
  }
}

function bearer(credential: string): Record<string, string> {
  return { Authorization: `Bearer ${credential}` };
}

/**
 * Makes sure that this process, and a child of it, may have so many sockets. Node itself asks for as many files as
 * the hard limit allows when it starts.
 * @throws Error that names the limit to raise
 */
export function assertFilesAllowed(sockets: number): void {
  const needed = sockets + 500;
  let limits: string;
  try {
    limits = readFileSync('/proc/self/limits', 'utf8');
  } catch {
    // No Linux: the system itself will say.
    return;
  }
  const hard = Number(/^Max open files\s+\S+\s+(\d+)/m.exec(limits)?.[1] ?? Number.POSITIVE_INFINITY);
  if (hard < needed)
    throw new Error(
      `${sockets} sockets need ${needed} open files, and the hard limit is ${hard} (ulimit -Hn).`,
    );
}
