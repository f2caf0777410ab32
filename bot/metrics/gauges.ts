import { Gauge, type Registry } from 'prom-client';
import { z } from 'zod';
import type { Clock } from '../../services/clock';
import type { TurnStore } from '../../services/turn/turnStore';
import { labelOfNames } from './boundedLabel';

export interface GaugeSources {
  readonly store: Pick<TurnStore, 'outboxBacklog' | 'listRecords'>;
  readonly clock: Clock;
  /** Open sockets by whose they are. */
  readonly sockets: Readonly<Record<string, () => number>>;
}

const handoff = z.object({ state: z.enum(['requested', 'accepted']), waitingSinceMs: z.number() });
const pageSize = 500;
/** More people than this never wait at once; a gauge that stops here still raises its alarm. */
const mostPages = 20;

/** What is measured when somebody looks, not when it happens. */
export class Gauges {
  private readonly kind = labelOfNames();
  private readonly waiting;
  private readonly oldest;
  private readonly handoffs;
  private readonly longestWait;
  private readonly sockets;
  private readonly unread;
  private refreshing: Promise<void> | undefined;

  constructor(
    registry: Registry,
    private readonly sources: GaugeSources,
  ) {
    const gauge = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
      new Gauge({ name: `bill_guide_${name}`, help, labelNames, registers: [registry] });
    this.waiting = gauge('outbox_waiting', 'Entries that should have left and have not.', ['kind']);
    this.oldest = gauge('outbox_oldest_seconds', 'How long the oldest of them is late.', ['kind']);
    this.handoffs = gauge('handoffs', 'Customers who wait for a person, and who talk to one.', ['state']);
    this.longestWait = gauge('handoff_longest_wait_seconds', 'How long the first in the queue waits.', []);
    this.sockets = gauge('sockets', 'Open WebSockets.', ['of']);
    this.unread = gauge('gauges_unread', '1 when the store did not say what the gauges should show.', []);
  }

  /** Reads everything anew. Several who look at once wait for one reading. A store that fails leaves gaps. */
  refresh(): Promise<void> {
    this.refreshing ??= this.read().finally(() => {
      this.refreshing = undefined;
    });
    return this.refreshing;
  }

  private async read(): Promise<void> {
    for (const [of, count] of Object.entries(this.sources.sockets)) this.sockets.set({ of }, count());
    const outcomes = await Promise.allSettled([this.readOutbox(), this.readHandoffs()]);
    this.unread.set(outcomes.some(({ status }) => status === 'rejected') ? 1 : 0);
  }

  private async readOutbox(): Promise<void> {
    const { store, clock } = this.sources;
    const nowMs = clock.now();
    this.waiting.reset();
    this.oldest.reset();
    for (const { kind, waiting, oldestMs } of await store.outboxBacklog(nowMs)) {
      this.waiting.inc({ kind: this.kind(kind) }, waiting);
      this.oldest.set({ kind: this.kind(kind) }, (nowMs - oldestMs) / 1_000);
    }
  }

  private async readHandoffs(): Promise<void> {
    const { store, clock } = this.sources;
    const counts = { requested: 0, accepted: 0 };
    let firstMs = clock.now();
    let afterKey: string | undefined;
    for (let page = 0; page < mostPages; page += 1) {
      const records = await store.listRecords('handoff/', afterKey, pageSize);
      for (const { value } of records) {
        const { data } = handoff.safeParse(value);
        if (data === undefined) continue;
        counts[data.state] += 1;
        if (data.state === 'requested') firstMs = Math.min(firstMs, data.waitingSinceMs);
      }
      afterKey = records.at(-1)?.key;
      if (records.length < pageSize) break;
    }
    for (const [state, count] of Object.entries(counts)) this.handoffs.set({ state }, count);
    this.longestWait.set((clock.now() - firstMs) / 1_000);
  }
}
