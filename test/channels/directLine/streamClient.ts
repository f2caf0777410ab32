import { WebSocket } from 'ws';

interface Frame {
  readonly activities: readonly { readonly text?: string }[];
  readonly watermark: string;
}

/** A plain WebSocket client of a Direct Line stream, with what it received. */
export class StreamClient {
  readonly frames: Frame[] = [];
  readonly socket: WebSocket;
  readonly closed: Promise<{ code: number; reason: string }>;
  private onFrame: () => void = () => undefined;

  constructor(url: string, headers: Record<string, string> = {}, options: { autoPong?: boolean } = {}) {
    this.socket = new WebSocket(url, { headers, ...options });
    this.socket.on('message', (data) => {
      this.frames.push(JSON.parse(String(data)));
      this.onFrame();
    });
    this.socket.on('error', () => undefined);
    this.closed = new Promise((resolve) =>
      this.socket.on('close', (code, reason) => resolve({ code, reason: String(reason) })),
    );
  }

  get texts(): (string | undefined)[] {
    return this.frames.flatMap((frame) => frame.activities.map((activity) => activity.text));
  }

  /** The status of the upgrade: 101 when it was granted. */
  upgraded(): Promise<number> {
    return new Promise((resolve) => {
      this.socket.on('open', () => resolve(101));
      this.socket.on('unexpected-response', (_req, res) => {
        resolve(res.statusCode ?? 0);
        res.destroy();
      });
    });
  }

  /** Resolves when so many activities have come. */
  heard(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.onFrame = () => {
        if (this.texts.length >= count) resolve();
      };
      this.onFrame();
    });
  }
}
