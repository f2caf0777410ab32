import {
  type ClosedHandoff,
  closedHandoff,
  closedKey,
  closedPrefix,
  type HandoffPacket,
  type HandoffRecord,
  handoffKey,
  handoffPrefix,
  packetKey,
  readHandoff,
} from '../../services/handoff/handoff';
import type { SealedPackets } from '../../services/handoff/sealedPackets';
import type { TurnStore } from '../../services/turn/turnStore';

const pageSize = 500;
const mostOpen = 5_000;
const mostClosed = 10_000;
/** What other nodes and customers change is noticed within this time, while somebody looks. */
const lookEveryMs = 1_000;
/** A busy desk changes all the time, and every change goes to every open page: so often is enough for people. */
const restMs = 250;

type BoardStore = Pick<TurnStore, 'listRecords' | 'readRecord' | 'watch'>;

/** All open handoffs, as the store has them: who waits, who talks with whom. Changes nothing. */
export class HandoffBoard {
  private conversationOf = new Map<string, string>();
  private readonly listeners = new Set<(open: readonly HandoffRecord[]) => void>();
  private last = '';
  private listing: Promise<HandoffRecord[]> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private rest: NodeJS.Timeout | undefined;
  private again = false;
  private unwatch: (() => void) | undefined;

  constructor(
    private readonly store: BoardStore,
    private readonly packets: SealedPackets,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Open handoffs, those that wait longest first. Calls at the same time share one look. */
  async all(): Promise<HandoffRecord[]> {
    this.listing ??= this.list().finally(() => {
      this.listing = undefined;
    });
    return this.listing;
  }

  /** Whether it was open when this node last looked. */
  wasOpen(id: string): boolean {
    return this.conversationOf.has(id);
  }

  /** An open handoff by its id, as it is at this moment. */
  async find(id: string): Promise<HandoffRecord | undefined> {
    if (!this.conversationOf.has(id)) {
      // A look that began before this call may have missed it.
      await this.listing;
      await this.all();
    }
    const conversation = this.conversationOf.get(id);
    if (conversation === undefined) return undefined;
    const record = readHandoff((await this.store.readRecord(handoffKey(conversation))).value);
    return record?.id === id ? record : undefined;
  }

  /** One that has ended, as long as something is kept of it. */
  async closed(id: string): Promise<ClosedHandoff | undefined> {
    return closedHandoff.safeParse((await this.store.readRecord(closedKey(id))).value).data;
  }

  /** What is known of a customer; undefined once it has expired. */
  async packet(id: string, nowMs: number): Promise<HandoffPacket | undefined> {
    const packet = this.packets.open((await this.store.readRecord(packetKey(id))).value);
    return packet !== undefined && packet.expiresAtMs > nowMs ? packet : undefined;
  }

  /** Ended handoffs that are still kept, in no particular order; at most 10,000. */
  async allClosed(): Promise<ClosedHandoff[]> {
    const values = await this.values(closedPrefix, mostClosed);
    return values.flatMap((value) => closedHandoff.safeParse(value).data ?? []);
  }

  /**
   * Calls back with all open handoffs at once, and after every change.
   * @returns the unsubscriber
   */
  watch(listener: (open: readonly HandoffRecord[]) => void): () => void {
    this.listeners.add(listener);
    if (this.timer === undefined) this.begin();
    this.all().then((open) => this.listeners.has(listener) && listener(open), this.onError);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.stop();
    };
  }

  /** Something has changed: whoever watches hears of it at once, or after the rest that follows each look. */
  changed(): void {
    this.again = true;
    if (this.listeners.size === 0 || this.rest !== undefined) return;
    this.again = false;
    this.rest = setTimeout(() => {
      this.rest = undefined;
      if (this.again) this.changed();
    }, restMs);
    this.rest.unref();
    this.look().catch(this.onError);
  }

  stop(): void {
    clearInterval(this.timer);
    clearTimeout(this.rest);
    this.timer = undefined;
    this.rest = undefined;
    this.unwatch?.();
    this.unwatch = undefined;
    this.listeners.clear();
  }

  private begin(): void {
    this.timer = setInterval(() => this.changed(), lookEveryMs);
    this.timer.unref();
    // Another node's commits; those of handoffs that are known, because customers of the bot change nothing here.
    this.unwatch = this.store.watch((key) => {
      if ([...this.conversationOf.values()].includes(key)) this.changed();
    });
  }

  private async look(): Promise<void> {
    // The look that is under way may have begun before the change.
    await this.listing;
    const open = await this.all();
    const now = JSON.stringify(open);
    if (now === this.last) return;
    this.last = now;
    for (const listener of this.listeners) listener(open);
  }

  private async list(): Promise<HandoffRecord[]> {
    const values = await this.values(handoffPrefix, mostOpen);
    const open = values.flatMap((value) => readHandoff(value) ?? []);
    this.conversationOf = new Map(open.map(({ id, conversationKey }) => [id, conversationKey]));
    return open.sort((one, other) => one.waitingSinceMs - other.waitingSinceMs);
  }

  private async values(prefix: string, most: number): Promise<unknown[]> {
    const values: unknown[] = [];
    for (let after: string | undefined; values.length < most; ) {
      const page = await this.store.listRecords(prefix, after, pageSize);
      values.push(...page.map(({ value }) => value));
      after = page.at(-1)?.key;
      if (page.length < pageSize) break;
    }
    return values;
  }
}
