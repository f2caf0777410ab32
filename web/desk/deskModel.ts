import type { LiveEvent, TransferRequest } from '../../services/desk/deskApi';
import { type DeskClient, newKey, Refused } from './deskClient';
import {
  type DeskState,
  emptyDesk,
  type Notice,
  newerNotes,
  type Unsent,
  withCase,
  withEntries,
  withNotice,
  withOpened,
  withQueue,
  withSent,
} from './deskState';
import { type LineStatus, LiveLine } from './liveLine';
import { MessageSender } from './messageSender';
import { RatingWatch } from './ratingWatch';

const typingPauseMs = 3_000;

/** The desk behind its picture: follows the queue and the open conversations, and does what the agent asks. */
export class DeskModel {
  state: DeskState = emptyDesk;
  private readonly listeners = new Set<() => void>();
  private readonly line: LiveLine;
  private readonly sender: MessageSender;
  private readonly ratings: RatingWatch;
  private toldTypingAtMs = 0;
  private knowsQueue = false;

  constructor(
    private readonly client: DeskClient,
    signedOut: () => void,
  ) {
    this.sender = new MessageSender(client, {
      waiting: (id, key) => this.mark(id, key, 'waiting'),
      sent: (id, key, seq) => this.set(withSent(this.state, id, key, seq)),
      failed: (id, key, refused) => {
        this.mark(id, key, 'failed');
        this.refuse(refused);
      },
    });
    this.ratings = new RatingWatch(client, (id, stars) => {
      this.set(withCase(this.state, id, (known) => ({ ...known, rating: stars })));
      this.tell({ kind: 'rated', stars });
    });
    this.line = new LiveLine({
      event: (event) => this.take(event),
      status: (status) => this.lineIs(status),
      signedOut,
      stillSignedIn: async () => {
        const session = await client.session().catch(() => undefined);
        return session === undefined || session.user !== null;
      },
    });
  }

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  snapshot = () => this.state;
  end = () => {
    this.line.end();
    this.ratings.end();
  };

  /** Shows a conversation; opens it when it is one that this agent may read. */
  select = (id: string | undefined) => {
    this.set({ ...withCase(this.state, id ?? '', (known) => ({ ...known, unread: 0 })), selected: id });
    if (id === undefined || this.state.waiting.some((one) => one.id === id)) return;
    if (this.state.cases[id]?.ended === undefined) void this.open(id);
  };

  claim = async (id: string) => {
    const opened = await this.attempt(() => this.client.claim(id, newKey()));
    if (opened === undefined) return;
    const { waiting, mine } = this.state;
    const others = (list: DeskState['waiting']) => list.filter((one) => one.id !== id);
    this.set({
      ...withOpened(this.state, opened),
      waiting: others(waiting),
      mine: [...others(mine), opened.summary],
      selected: id,
    });
    this.follow(id);
    this.tell({ kind: 'claimed' });
  };

  send = (id: string, text: string) => {
    const unsent: Unsent = { key: newKey(), text, status: 'sending' };
    this.set(withCase(this.state, id, (known) => ({ ...known, unsent: [...known.unsent, unsent] })));
    this.sender.send(id, unsent);
  };

  sendAgain = (id: string, { key, text }: Unsent) => {
    this.mark(id, key, 'sending');
    this.sender.send(id, { key, text });
  };

  typing = (id: string) => {
    if (Date.now() - this.toldTypingAtMs < typingPauseMs) return;
    this.toldTypingAtMs = Date.now();
    this.line.typing(id);
  };

  /** @returns whether it was done; so are the four below */
  addNote = async (id: string, text: string) => {
    const answer = await this.attempt(() => this.client.note(id, newKey(), text));
    if (answer === undefined) return false;
    this.set(
      withCase(this.state, id, (known) => ({ ...known, notes: newerNotes(known.notes, answer.notes) })),
    );
    this.tell({ kind: 'noteAdded' });
    return true;
  };
  transfer = (id: string, to: TransferRequest['to']) =>
    this.finish(id, 'transferred', () => this.client.transfer(id, newKey(), to));
  giveBack = (id: string, summary: string) =>
    this.finish(id, 'returned', () => this.client.giveBack(id, newKey(), summary));
  resolve = (id: string) => this.finish(id, 'completed', () => this.client.resolve(id, newKey()));
  /** @returns the full number; undefined when it was refused */
  unmask = async (id: string, reason: string) =>
    (await this.attempt(() => this.client.unmask(id, newKey(), reason)))?.number;

  /** Takes an ended conversation out of the list. */
  putAway = (id: string) => {
    this.line.unwatch(id);
    this.ratings.stop(id);
    const { [id]: _gone, ...cases } = this.state.cases;
    const selected = this.state.selected === id ? undefined : this.state.selected;
    this.set({ ...this.state, cases, selected });
  };

  tell = (notice: Notice) => this.set(withNotice(this.state, notice));

  private async open(id: string): Promise<void> {
    const opened = await this.attempt(() => this.client.handoff(id));
    if (opened === undefined) return;
    this.set(withOpened(this.state, opened));
    this.follow(id);
  }

  private follow(id: string): void {
    this.ratings.stop(id);
    this.line.watch(id, this.state.cases[id]?.entries.at(-1)?.seq ?? 0);
  }

  private take(event: LiveEvent): void {
    if (event.type === 'queue') this.takeQueue(event);
    else if (event.type === 'entries') this.takeEntries(event);
    else if (event.type === 'handoff') this.takeHandoff(event);
    else if (event.type === 'typing') {
      const typed = { typingAtMs: Date.now() };
      this.set(withCase(this.state, event.handoffId, (known) => ({ ...known, ...typed })));
    } else {
      this.line.unwatch(event.handoffId);
      this.tell({ kind: 'refused', code: event.code });
    }
  }

  private takeHandoff({ summary, ended, rating }: Extract<LiveEvent, { type: 'handoff' }>): void {
    const before = this.state.cases[summary.id];
    if (before === undefined) return;
    this.set(
      withCase(this.state, summary.id, (known) => ({
        ...known,
        summary,
        ...(ended === undefined ? {} : { ended }),
        ...(rating === undefined ? {} : { rating }),
      })),
    );
    if (ended !== undefined) this.line.unwatch(summary.id);
    if (ended !== undefined && ended !== 'transferred' && rating === undefined)
      this.ratings.start(summary.id);
    if (rating !== undefined && rating !== before.rating) this.tell({ kind: 'rated', stars: rating });
    else if (ended !== undefined && before.ended === undefined) this.tell({ kind: 'ended', how: ended });
  }

  private takeQueue(queue: Extract<LiveEvent, { type: 'queue' }>): void {
    const hadBefore = new Set(this.state.mine.map(({ id }) => id));
    const { state, added } = withQueue(this.state, { waiting: queue.waiting, mine: queue.mine });
    this.set(state);
    for (const { id } of queue.mine) {
      const known = this.state.cases[id];
      if (known !== undefined && known.ended !== 'transferred' && known.ended !== 'returned') continue;
      if (this.knowsQueue && !hadBefore.has(id)) this.tell({ kind: 'received' });
      void this.open(id);
    }
    if (added !== undefined && this.knowsQueue) this.tell({ kind: 'newWaiting', reason: added.reason });
    this.knowsQueue = true;
  }

  private takeEntries({ handoffId, entries }: Extract<LiveEvent, { type: 'entries' }>): void {
    const isLookedAt = this.state.selected === handoffId && !document.hidden;
    const { state, news } = withEntries(this.state, handoffId, entries, isLookedAt);
    this.set(state);
    const newest = news.at(-1);
    if (newest !== undefined) this.tell({ kind: 'said', id: handoffId, text: newest.text });
  }

  private lineIs(status: LineStatus): void {
    const wasLost = this.state.line === 'lost';
    this.set({ ...this.state, line: status });
    if (status === 'back' || (status === 'lost' && !wasLost)) this.tell({ kind: 'line', status });
    if (status === 'back' || status === 'online') this.sender.goOn();
  }

  private async finish(
    id: string,
    ended: 'transferred' | 'returned' | 'completed',
    act: () => Promise<unknown>,
  ) {
    const done = await this.attempt(async () => {
      await act();
      return true;
    });
    if (done !== true) return false;
    const told = this.state.cases[id]?.ended !== undefined;
    this.set(withCase(this.state, id, (known) => ({ ...known, ended: known.ended ?? ended })));
    this.set({ ...this.state, mine: this.state.mine.filter((one) => one.id !== id) });
    if (!told) this.tell({ kind: 'ended', how: ended });
    if (ended !== 'transferred') this.ratings.start(id);
    return true;
  }

  private mark(id: string, key: string, status: Unsent['status']): void {
    this.set(
      withCase(this.state, id, (known) => ({
        ...known,
        unsent: known.unsent.map((one) => (one.key === key ? { ...one, status } : one)),
      })),
    );
  }

  private async attempt<T>(act: () => Promise<T>): Promise<T | undefined> {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refuse(error);
      return undefined;
    }
  }

  private refuse({ code }: Refused): void {
    this.tell({ kind: 'refused', code });
  }

  private set(state: DeskState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}
