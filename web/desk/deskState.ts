import type {
  DeskNote,
  DeskPacket,
  HandoffAnswer,
  HandoffSummary,
  LiveEntry,
  LiveEvent,
} from '../../services/desk/deskApi';
import type { RefusalCode } from './deskClient';
import type { LineStatus } from './liveLine';

export type Ending = NonNullable<Extract<LiveEvent, { type: 'handoff' }>['ended']>;

/** What was sent and is not among the entries yet. */
export interface Unsent {
  readonly key: string;
  readonly text: string;
  readonly status: 'sending' | 'waiting' | 'sent' | 'failed';
  /** Its place among the entries, when the server has named it. */
  readonly seq?: number;
}

/** A conversation that is open at this desk, or was until a moment ago. */
export interface DeskCase {
  readonly summary: HandoffSummary;
  readonly packet: DeskPacket | null;
  readonly notes: readonly DeskNote[];
  readonly entries: readonly LiveEntry[];
  readonly unsent: readonly Unsent[];
  readonly unread: number;
  /** Entries up to here were said before it was opened; they are no news. */
  readonly lastSeq: number;
  readonly typingAtMs?: number;
  readonly ended?: Ending;
  readonly rating?: number;
}

/** Something to say once: all are spoken, some are shown. */
export type Notice =
  | { readonly kind: 'newWaiting'; readonly reason: string }
  | { readonly kind: 'said'; readonly id: string; readonly text: string }
  | { readonly kind: 'ended'; readonly how: Ending }
  | { readonly kind: 'rated'; readonly stars: number }
  | { readonly kind: 'refused'; readonly code: RefusalCode }
  | { readonly kind: 'line'; readonly status: LineStatus }
  | { readonly kind: 'claimed' | 'noteAdded' | 'received' | 'inserted' };

export interface DeskState {
  readonly line: LineStatus;
  readonly waiting: readonly HandoffSummary[];
  readonly mine: readonly HandoffSummary[];
  readonly cases: Readonly<Record<string, DeskCase>>;
  readonly selected: string | undefined;
  /** Counts, so that the same words twice are two notices. */
  readonly notice: (Notice & { readonly at: number }) | undefined;
}

export const emptyDesk: DeskState = {
  line: 'connecting',
  waiting: [],
  mine: [],
  cases: {},
  selected: undefined,
  notice: undefined,
};

export function withNotice(state: DeskState, notice: Notice): DeskState {
  return { ...state, notice: { ...notice, at: (state.notice?.at ?? 0) + 1 } };
}

export function withCase(state: DeskState, id: string, change: (known: DeskCase) => DeskCase): DeskState {
  const known = state.cases[id];
  return known === undefined ? state : { ...state, cases: { ...state.cases, [id]: change(known) } };
}

/** Opened, or opened again after the line was lost: what is here of it stays. */
export function withOpened(state: DeskState, answer: HandoffAnswer): DeskState {
  const { id } = answer.summary;
  const known = state.cases[id];
  const opened: DeskCase = {
    entries: known?.entries ?? [],
    unsent: known?.unsent ?? [],
    unread: known?.unread ?? 0,
    summary: answer.summary,
    packet: answer.packet,
    notes: newerNotes(known?.notes ?? [], answer.notes),
    lastSeq: known?.lastSeq ?? answer.lastSeq,
    ...(answer.rating === undefined ? {} : { rating: answer.rating }),
  };
  return { ...state, cases: { ...state.cases, [id]: opened } };
}

/** Notes are only ever added: an answer with fewer was on its way while one was. */
export function newerNotes(known: readonly DeskNote[], answered: readonly DeskNote[]): readonly DeskNote[] {
  return known.length > answered.length ? known : answered;
}

/** @param queue as the server saw it a moment ago: what was claimed since then may still wait in it */
export function withQueue(
  state: DeskState,
  queue: Pick<DeskState, 'waiting' | 'mine'>,
): { readonly state: DeskState; readonly added: HandoffSummary | undefined } {
  const claimed = state.mine.filter(({ id }) => {
    const known = state.cases[id];
    return known?.summary.state === 'accepted' && known.ended === undefined;
  });
  const isClaimed = (one: HandoffSummary) => claimed.some(({ id }) => id === one.id);
  const behind = claimed.filter(({ id }) => queue.waiting.some((one) => one.id === id));
  const waiting = queue.waiting.filter((one) => !isClaimed(one));
  const before = new Set([...state.waiting, ...state.mine].map(({ id }) => id));
  const added = waiting.find(({ id }) => !before.has(id));
  const cases = { ...state.cases };
  for (const summary of queue.mine) {
    const known = cases[summary.id];
    if (known !== undefined) cases[summary.id] = { ...known, summary };
  }
  return { state: { ...state, waiting, mine: [...queue.mine, ...behind], cases }, added };
}

/** @returns what the customer said that was not said before the conversation was opened, newest last */
export function withEntries(
  state: DeskState,
  id: string,
  entries: readonly LiveEntry[],
  isLookedAt: boolean,
): { readonly state: DeskState; readonly news: readonly LiveEntry[] } {
  const known = state.cases[id];
  if (known === undefined) return { state, news: [] };
  const news = entries.filter(({ from, seq }) => from === 'customer' && seq > known.lastSeq);
  let { unsent } = known;
  for (const { from, text, seq } of entries) {
    if (from !== 'agent') continue;
    // By its place, or, when the line was faster than the answer or the answer got lost, by its text.
    const same = unsent.filter((one) => one.seq === undefined && one.text.trim() === text.trim());
    const sent =
      unsent.find((one) => one.seq === seq) ?? same.find(({ status }) => status !== 'failed') ?? same.at(0);
    if (sent !== undefined) unsent = unsent.filter((one) => one !== sent);
  }
  const { typingAtMs, ...rest } = known;
  const changed: DeskCase = {
    ...rest,
    ...(news.length === 0 && typingAtMs !== undefined ? { typingAtMs } : {}),
    unsent,
    entries: [...known.entries, ...entries],
    unread: isLookedAt ? 0 : known.unread + news.length,
  };
  return { state: { ...state, cases: { ...state.cases, [id]: changed } }, news };
}

/** The server has taken it: it stays in sight until the line brings it. */
export function withSent(state: DeskState, id: string, key: string, seq: number | undefined): DeskState {
  return withCase(state, id, (known) => {
    const isHere = seq === undefined || known.entries.some((entry) => entry.seq === seq);
    const unsent = isHere
      ? known.unsent.filter((one) => one.key !== key)
      : known.unsent.map((one) => (one.key === key ? { ...one, status: 'sent' as const, seq } : one));
    return { ...known, unsent };
  });
}

/** What the conversation was before a person took it over, as far as the line did not bring it. */
export function linesBefore({ packet, entries }: DeskCase): DeskPacket['transcript'] {
  const first = entries[0]?.atMs ?? Number.POSITIVE_INFINITY;
  return (packet?.transcript ?? []).filter(({ atMs }) => atMs < first);
}
