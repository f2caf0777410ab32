import type { Clock } from '../../services/clock';
import type { LiveEntry, LiveEvent } from '../../services/desk/deskApi';
import type { DeskUser } from '../../services/desk/deskUser';
import { entryOf, summaryOf, summaryOfClosed } from '../../services/desk/handoffView';
import type { HandoffEnding, HandoffRecord } from '../../services/handoff/handoff';
import type { TurnIntake } from '../../services/turn/turnIntake';
import type { TurnStore } from '../../services/turn/turnStore';
import type { DeskHandoffs } from './deskHandoffs';
import type { HandoffBoard } from './handoffBoard';

export interface FollowerDeps {
  readonly intake: Pick<TurnIntake, 'subscribe'>;
  readonly store: Pick<TurnStore, 'readLog'>;
  readonly board: HandoffBoard;
  readonly handoffs: Pick<DeskHandoffs, 'access'>;
  readonly clock: Clock;
}

const pageSize = 100;

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
    const { id } = this.record;
    while (this.readAgain && !this.over) {
      this.readAgain = false;
      const access = await this.deps.handoffs.access(this.user, id);
      if (access.status === 'forbidden') {
        // It has become somebody else's: what was said since is theirs alone.
        await this.end(summaryOf(this.record, false), 'transferred');
      } else if (access.status === 'gone') {
        const { closed } = access;
        await this.sendEntries(closed.endedAtMs);
        const rating = closed.rating === undefined ? {} : { rating: closed.rating };
        await this.end(summaryOfClosed(closed), endings[closed.ending], rating);
      } else {
        await this.sendEntries(Number.POSITIVE_INFINITY);
        await this.sendSummary(access.record);
      }
    }
  }

  /** Page after page, each when the one before has left, so that a long log never lies in memory whole. */
  private async sendEntries(untilMs: number): Promise<void> {
    const { store, board, clock } = this.deps;
    const { id, conversationKey, requestedAtMs } = this.record;
    const packet = await board.packet(id, clock.now());
    // What came before it belongs to the bot's part; the packet says of that what an agent needs.
    this.sentSeq = Math.max(this.sentSeq, packet?.lastSeq ?? 0);
    while (!this.over) {
      const logged = await store.readLog(conversationKey, this.sentSeq, pageSize);
      const entries: LiveEntry[] = logged
        .flatMap((one) => entryOf(one) ?? [])
        .filter(({ atMs }) => atMs <= untilMs && (packet !== undefined || atMs >= requestedAtMs));
      this.sentSeq = logged.at(-1)?.seq ?? this.sentSeq;
      if (entries.length > 0 && !this.over) await this.out({ type: 'entries', handoffId: id, entries });
      if (logged.length < pageSize) return;
    }
  }

  private async sendSummary(record: HandoffRecord): Promise<void> {
    const event: LiveEvent = { type: 'handoff', summary: summaryOf(record, true) };
    const now = JSON.stringify([event, record.notes.length]);
    if (now === this.shown || this.over) return;
    this.shown = now;
    await this.out(event);
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
