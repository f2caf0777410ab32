import { deskApiPath, type LiveEvent, type LiveRequest, liveEvent } from '../../services/desk/deskApi';

export type LineStatus = 'connecting' | 'online' | 'lost' | 'back';

/** What the desk does with what comes over the line. */
export interface LineListener {
  readonly event: (event: LiveEvent) => void;
  readonly status: (status: LineStatus) => void;
  readonly signedOut: () => void;
  /** Asks over HTTP, before another try, whether there is a session at all: a refused socket does not say why. */
  readonly stillSignedIn: () => Promise<boolean>;
}

const firstDelayMs = 500;
const longestDelayMs = 15_000;
const sessionEnded = 4401;

/**
 * The live socket of the desk. Comes back by itself after a loss, and then asks for every conversation from the place
 * it had reached: entries arrive in order, each once.
 */
export class LiveLine {
  private socket: WebSocket | undefined;
  private readonly places = new Map<string, number>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private wasOnline = false;
  private ended = false;

  constructor(private readonly listener: LineListener) {
    addEventListener('online', this.hurry);
    // A socket does not notice that the network has gone, for minutes.
    addEventListener('offline', this.leave);
    listener.status('connecting');
    this.connect();
  }

  /** Follows a conversation, unless it does already. @param afterSeq the newest entry that is here; 0 for none */
  watch(handoffId: string, afterSeq: number): void {
    if (this.places.has(handoffId)) return;
    this.places.set(handoffId, afterSeq);
    this.say({ type: 'watch', handoffId, afterSeq });
  }

  unwatch(handoffId: string): void {
    if (this.places.delete(handoffId)) this.say({ type: 'unwatch', handoffId });
  }

  typing(handoffId: string): void {
    this.say({ type: 'typing', handoffId });
  }

  end(): void {
    this.ended = true;
    clearTimeout(this.timer);
    removeEventListener('online', this.hurry);
    removeEventListener('offline', this.leave);
    this.socket?.close();
  }

  private readonly leave = () => this.socket?.close();

  private readonly hurry = () => {
    if (this.socket !== undefined) return;
    clearTimeout(this.timer);
    this.failures = 0;
    void this.tryAgain();
  };

  private connect(): void {
    const address = new URL(`${deskApiPath}/live`, location.href);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(address);
    this.socket = socket;
    socket.addEventListener('open', () => {
      this.failures = 0;
      for (const [handoffId, afterSeq] of this.places) this.say({ type: 'watch', handoffId, afterSeq });
      this.listener.status(this.wasOnline ? 'back' : 'online');
      this.wasOnline = true;
    });
    socket.addEventListener('message', ({ data }) => this.receive(data));
    socket.addEventListener('close', ({ code }) => {
      if (this.socket !== socket || this.ended) return;
      this.socket = undefined;
      if (code === sessionEnded) {
        this.listener.signedOut();
        return;
      }
      this.listener.status(this.wasOnline ? 'lost' : 'connecting');
      this.timer = setTimeout(() => void this.tryAgain(), this.delayMs());
      this.failures += 1;
    });
  }

  private async tryAgain(): Promise<void> {
    const signedIn = await this.listener.stillSignedIn();
    if (this.ended || this.socket !== undefined) return;
    if (signedIn) this.connect();
    else this.listener.signedOut();
  }

  private receive(data: unknown): void {
    const read = liveEvent.safeParse(parsed(data));
    if (!read.success) return;
    const event = read.data;
    if (event.type === 'entries') this.receiveEntries(event);
    else this.listener.event(event);
  }

  private receiveEntries(event: Extract<LiveEvent, { type: 'entries' }>): void {
    const place = this.places.get(event.handoffId);
    // Of a conversation that is not followed any more, or what is here already.
    if (place === undefined) return;
    const entries = event.entries.filter(({ seq }) => seq > place);
    const last = entries.at(-1);
    if (last === undefined) return;
    this.places.set(event.handoffId, last.seq);
    this.listener.event({ ...event, entries });
  }

  private say(request: LiveRequest): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(request));
  }

  /** Doubling, with jitter, so that twenty desks do not come back in one moment. */
  private delayMs(): number {
    const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
    const full = Math.min(longestDelayMs, firstDelayMs * 2 ** this.failures);
    return full / 2 + (full / 2) * (drawn / 2 ** 32);
  }
}

function parsed(data: unknown): unknown {
  try {
    return JSON.parse(String(data));
  } catch {
    return undefined;
  }
}
