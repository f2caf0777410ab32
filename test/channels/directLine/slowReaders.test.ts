import { once } from 'node:events';
import { WebSocket, WebSocketServer } from 'ws';
import { StreamConnection } from '../../../channels/directLine/streamConnection';
import type { LoggedActivity } from '../../../services/turn/turnStore';
import { memoryInUse } from '../../memoryInUse';
import { sized } from '../../size';
import { StreamClient } from './streamClient';

const readers = sized(40, 1_000);
const mib = 1024 * 1024;
const limitMiB = 2;
/** As long as a message may be, in letters of three bytes. */
const text = '가'.repeat(4_000);

/** One conversation's log, told to as many sockets as come. The log itself costs one text, however long it is. */
class Talk {
  private readonly listeners = new Set<(entries: readonly LoggedActivity[]) => void>();
  private readonly server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  readonly served: WebSocket[] = [];
  length = 0;
  /** What customers may put beside their words. */
  value: string | undefined;
  private port = 0;

  async open(): Promise<void> {
    if (this.server.address() === null) await once(this.server, 'listening');
    this.port = Number(Object(this.server.address()).port);
  }

  constructor() {
    this.server.on('connection', (socket, req) => {
      const watermark = Number(new URL(req.url ?? '', 'ws://x').searchParams.get('watermark'));
      this.served.push(socket);
      new StreamConnection(socket, 'key', 'id', watermark, {
        intake: {
          subscribe: (_, listener) => {
            this.listeners.add(listener);
            return () => void this.listeners.delete(listener);
          },
        },
        store: {
          readLog: async (_, after, limit) => this.after(after, limit),
          lastSeq: async () => this.length,
        },
        clock: { now: () => 0 },
      });
    });
  }

  url(watermark: number): string {
    return `ws://127.0.0.1:${this.port}/?watermark=${watermark}`;
  }

  get listening(): number {
    return this.listeners.size;
  }

  /** What lies in this process for the client that has most of it, in bytes. */
  get mostBuffered(): number {
    return Math.max(...this.served.map(({ bufferedAmount }) => bufferedAmount));
  }

  say(): void {
    this.length += 1;
    for (const listener of [...this.listeners]) listener(this.after(this.length - 1, 1));
  }

  async close(): Promise<void> {
    for (const socket of this.server.clients) socket.terminate();
    this.server.close();
    await once(this.server, 'close');
  }

  private after(seq: number, limit: number): LoggedActivity[] {
    return Array.from({ length: Math.min(limit, this.length - seq) }, (_, index) => ({
      seq: seq + index + 1,
      ticket: 1,
      activity: { type: 'message', id: `a${seq + index + 1}`, text, value: this.value ?? null },
    }));
  }
}

describe(`F34: ${readers} customers who stop reading`, () => {
  let talk: Talk;
  let stalled: WebSocket[] = [];

  beforeEach(async () => {
    talk = new Talk();
    await talk.open();
  });
  afterEach(async () => {
    for (const socket of stalled) socket.terminate();
    stalled = [];
    await talk.close();
  });

  async function stall(watermark: number): Promise<WebSocket> {
    const socket = new WebSocket(talk.url(watermark));
    socket.on('error', () => undefined);
    await once(socket, 'open');
    socket.pause();
    stalled.push(socket);
    return socket;
  }

  it(
    `cost at most ${limitMiB} MiB each while others talk, are let go with 1013, and miss nothing when they return`,
    async () => {
      const before = memoryInUse();
      const first = await stall(0);
      let seen = 0;
      first.on('message', (data) => {
        seen += JSON.parse(String(data)).activities.length;
      });
      for (let count = 1; count < readers; count += 1) await stall(0);
      const attentive = new StreamClient(talk.url(0));
      await attentive.upgraded();

      let most = 0;
      let mostBuffered = 0;
      while (talk.listening > 1 && talk.length < 3_000) {
        talk.say();
        // Sockets take what they can in between, as they do when customers talk.
        await new Promise((resolve) => setImmediate(resolve));
        mostBuffered = Math.max(mostBuffered, talk.mostBuffered);
        if (talk.length % 20 === 0) most = Math.max(most, memoryInUse());
        // What the attentive one has heard is the test's memory, not the server's.
        await attentive.heard(talk.length - 100);
      }
      most = Math.max(most, memoryInUse());

      expect(talk.listening).toBe(1);
      expect(mostBuffered / mib).toBeLessThan(limitMiB);
      expect((most - before) / readers / mib).toBeLessThan(limitMiB);
      await attentive.heard(talk.length);
      attentive.socket.terminate();

      const closed = once(first, 'close');
      first.resume();
      expect((await closed)[0]).toBe(1013);
      const back = new StreamClient(talk.url(seen));
      await back.heard(talk.length - seen);
      expect(back.texts).toHaveLength(talk.length - seen);
      back.socket.terminate();
    },
    sized(120_000, 1_200_000),
  );

  it(
    `cost at most ${limitMiB} MiB each while they catch up with a long conversation of large messages`,
    async () => {
      talk.length = 1_000;
      talk.value = '가'.repeat(60_000);
      const before = memoryInUse();
      for (let count = 0; count < readers; count += 1) await stall(0);
      // Until nobody's page moves any more.
      let most = 0;
      for (let quiet = 0, sent = -1; quiet < 50; ) {
        await new Promise((resolve) => setImmediate(resolve));
        most = Math.max(most, talk.mostBuffered);
        const now = talk.served.reduce((sum, { bufferedAmount }) => sum + bufferedAmount, 0);
        quiet = now === sent ? quiet + 1 : 0;
        sent = now;
      }

      expect(talk.served.filter(({ bufferedAmount }) => bufferedAmount > 0)).toHaveLength(readers);
      expect(most / mib).toBeLessThan(limitMiB);
      expect((memoryInUse() - before) / readers / mib).toBeLessThan(limitMiB);
    },
    sized(60_000, 600_000),
  );
});
