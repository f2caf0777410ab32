import pg from 'pg';
import { storedText } from '../storedText';

export interface AnnouncementsOptions {
  readonly url: string;
  /** This process, whose own announcements are not news. */
  readonly owner: string;
  /** How often a quiet connection is asked whether it still lives. Default 10 s. */
  readonly checkMs?: number;
}

interface Watcher {
  readonly changed: (conversationKey: string) => void;
  readonly missed: () => void;
}

const firstWaitMs = 100;
const longestWaitMs = 5_000;
const answerTimeoutMs = 3_000;

/**
 * Hears on a connection of its own what other processes announce. Announcements are lost while it is down, so
 * whoever watches is told that something may have been missed each time it is up again.
 */
export class Announcements {
  private readonly watchers = new Set<Watcher>();
  private client: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private waitMs = firstWaitMs;
  private closed = false;

  constructor(private readonly options: AnnouncementsOptions) {}

  /** Begins to listen with the first watcher. */
  watch(changed: Watcher['changed'], missed: Watcher['missed']): () => void {
    const watcher = { changed, missed };
    this.watchers.add(watcher);
    if (this.client === undefined && this.timer === undefined) this.connect();
    return () => void this.watchers.delete(watcher);
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    this.watchers.clear();
    // A server that does not answer would not answer the goodbye either.
    await this.client?.end().catch(() => undefined);
  }

  private connect(): void {
    if (this.closed) return;
    const client = new pg.Client({
      connectionString: this.options.url,
      connectionTimeoutMillis: answerTimeoutMs,
      query_timeout: answerTimeoutMs,
      keepAlive: true,
      application_name: 'bill-guide listens',
    });
    this.client = client;
    client.on('notification', ({ payload = '' }) => this.hear(payload));
    client.on('error', () => this.reconnect(client));
    client.on('end', () => this.reconnect(client));
    client
      .connect()
      .then(() => client.query('LISTEN bill_guide'))
      .then(() => {
        this.waitMs = firstWaitMs;
        for (const { missed } of [...this.watchers]) missed();
        this.checkLater(client);
      })
      .catch(() => this.reconnect(client));
  }

  /** A connection that a network dropped without a word looks like a quiet one. */
  private checkLater(client: pg.Client): void {
    if (this.closed || this.client !== client) return;
    this.timer = setTimeout(() => {
      client.query('SELECT 1').then(
        () => this.checkLater(client),
        () => this.reconnect(client),
      );
    }, this.options.checkMs ?? 10_000);
    this.timer.unref();
  }

  private reconnect(lost: pg.Client): void {
    if (this.closed || this.client !== lost) return;
    this.client = undefined;
    lost.end().catch(() => undefined);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.connect(), this.waitMs);
    this.timer.unref();
    this.waitMs = Math.min(this.waitMs * 2, longestWaitMs);
  }

  private hear(payload: string): void {
    const space = payload.indexOf(' ');
    if (space < 0 || payload.slice(0, space) === this.options.owner) return;
    const key = storedText.safeParse(payload.slice(space + 1));
    for (const watcher of [...this.watchers]) {
      if (key.success && key.data !== '') watcher.changed(key.data);
      else watcher.missed();
    }
  }
}
