import type { Clock } from '../../services/clock';
import type { LiveEntry, LiveEvent } from '../../services/desk/deskApi';
import type { DeskUser } from '../../services/desk/deskUser';
import { entryOf, summaryOf, summaryOfClosed } from '../../services/desk/handoffView';
import type { ClosedHandoff, HandoffEnding, HandoffRecord } from '../../services/handoff/handoff';
import type { TurnIntake } from '../../services/turn/turnIntake';
import type { LoggedActivity, TurnStore } from '../../services/turn/turnStore';
import type { DeskHandoffs } from './deskHandoffs';
import type { HandoffBoard } from './handoffBoard';

export interface FollowerDeps {
  readonly intake: Pick<TurnIntake, 'subscribe'>;
  readonly store: Pick<TurnStore, 'readLog'>;
  readonly board: HandoffBoard;
  readonly handoffs: Pick<DeskHandoffs, 'access'>;
  readonly clock: Clock;
}

/** Of the longest messages less than a page that does not read may have waiting for it. */
const pageSize = 50;

type Ended = NonNullable<Extract<LiveEvent, { type: 'handoff' }>['ended']>;
const endings: Readonly<Record<HandoffEnding, Ended>> = {
  resolved: 'completed',
  left: 'completed',
  returned: 'returned',
  cancelled: 'cancelled',
  timeout: 'failed',
  failed: 'failed',
};

/**
 * One conversation as one person at the desk follows it: everything after their place in the log, then each commit,
 * every entry once and in order. Before anything is shown it is checked again that they may see it.
 */
export class HandoffFollower {
  private readonly unsubscribe: () => void;
  private reading = false;
  private readAgain = false;
  private over = false;
  private shown = '';
  private lastRecord = '';
  /** Where the packet ends; undefined before it was looked for. */
  private packet: { readonly lastSeq: number | undefined } | undefined;

  /**
   * @param sentSeq the entry that they have already
   * @param out sends an event; resolves when it has left, or never will
   */
  constructor(
    private readonly deps: FollowerDeps,
    private readonly user: Pick<DeskUser, 'name' | 'role'>,
    readonly record: HandoffRecord,
    private sentSeq: number,
    private readonly out: (event: LiveEvent) => Promise<void>,
    private readonly onError: (error: unknown) => void,
  ) {
    this.unsubscribe = deps.intake.subscribe(record.conversationKey, () => this.look());
    this.look();
  }

  /** Whether there is nothing more to come. */
  get isOver(): boolean {
    return this.over;
  }

  stop(): void {
    this.over = true;
    this.unsubscribe();
  }

  /** A transfer, a note or an ending leaves nothing in the log. @param record undefined: it is not open any more */
  onRecord(record: HandoffRecord | undefined): void {
    const text = JSON.stringify(record ?? null);
    if (text === this.lastRecord) return;
    this.lastRecord = text;
    this.look();
  }

  /** Something may have changed. */
  look(): void {
    this.readAgain = true;
    if (this.reading || this.over) return;
    this.reading = true;
    this.read()
      .catch(this.onError)
      .finally(() => {
        this.reading = false;
        if (this.readAgain && !this.over) this.look();
      });
  }

  private async read(): Promise<void> {
    const { store, handoffs } = this.deps;
    const { id, conversationKey } = this.record;
    while (this.readAgain && !this.over) {
      this.readAgain = false;
      await this.skipPacket();
      let isMore = true;
      while (isMore && !this.over) {
        // Read before it is checked: what is said after it has become somebody else's cannot be in it.
        const logged = await store.readLog(conversationKey, this.sentSeq, pageSize);
        isMore = logged.length === pageSize;
        const access = await handoffs.access(this.user, id);
        if (access.status === 'forbidden') return this.end(summaryOf(this.record, false), 'transferred');
        await this.sendEntries(
          logged,
          access.status === 'gone' ? access.closed.endedAtMs : Number.POSITIVE_INFINITY,
        );
        if (isMore) continue;
        if (access.status === 'gone') await this.endAs(access.closed);
        else await this.sendSummary(access.record);
      }
    }
  }

  /** What came before it belongs to the bot's part; the packet says of that what an agent needs. */
  private async skipPacket(): Promise<void> {
    const { board, clock } = this.deps;
    this.packet ??= { lastSeq: (await board.packet(this.record.id, clock.now()))?.lastSeq };
    this.sentSeq = Math.max(this.sentSeq, this.packet.lastSeq ?? 0);
  }

  /** Each page when the one before has left, so that a long log never lies in memory whole. */
  private async sendEntries(logged: readonly LoggedActivity[], untilMs: number): Promise<void> {
    const { id, requestedAtMs } = this.record;
    const sinceMs = this.packet?.lastSeq === undefined ? requestedAtMs : 0;
    const entries: LiveEntry[] = logged
      .flatMap((one) => entryOf(one) ?? [])
      .filter(({ atMs }) => atMs <= untilMs && atMs >= sinceMs);
    this.sentSeq = logged.at(-1)?.seq ?? this.sentSeq;
    if (entries.length > 0 && !this.over) await this.out({ type: 'entries', handoffId: id, entries });
  }

  private async sendSummary(record: HandoffRecord): Promise<void> {
    const event: LiveEvent = { type: 'handoff', summary: summaryOf(record, true) };
    const now = JSON.stringify([event, record.notes.length]);
    if (now === this.shown || this.over) return;
    this.shown = now;
    await this.out(event);
  }

  private endAs(closed: ClosedHandoff): Promise<void> {
    const rating = closed.rating === undefined ? {} : { rating: closed.rating };
    return this.end(summaryOfClosed(closed), endings[closed.ending], rating);
  }

  private async end(
    summary: Extract<LiveEvent, { type: 'handoff' }>['summary'],
    ended: Ended,
    more: { rating?: number } = {},
  ): Promise<void> {
    if (this.over) return;
    this.stop();
    await this.out({ type: 'handoff', summary, ended, ...more });
  }
}
