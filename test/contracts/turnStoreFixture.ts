import type { Clock } from '../../services/clock';
import type {
  AcceptRequest,
  AcceptResult,
  ConversationHead,
  JsonActivity,
  JsonValue,
  TurnCommit,
  TurnStore,
} from '../../services/turn/turnStore';

/** A clock that only tests move. */
export class HandSetClock implements Clock {
  constructor(private ms = Date.UTC(2026, 0, 15, 3)) {}
  now(): number {
    return this.ms;
  }
  advance(ms: number): void {
    this.ms += ms;
  }
}

/** One fresh, empty database and the ways a test may handle it from outside. */
export interface TurnStoreFixture {
  readonly store: TurnStore;
  /** Closes the present store and opens another on the same data. */
  reopen(): Promise<TurnStore>;
  /** Whether the text is still anywhere in the stored data, free space included. */
  holds(text: string): Promise<boolean>;
  dispose(): Promise<void>;
}

export type OpenFixture = (options: { clock: Clock; queueLimit?: number }) => Promise<TurnStoreFixture>;

export function aHead(overrides: Partial<ConversationHead> = {}): ConversationHead {
  const conversationId = overrides.conversationId ?? 'c1';
  return {
    key: `directline/${conversationId}`,
    channelId: 'directline',
    conversationId,
    userId: 'dl_user',
    reference: { serviceUrl: 'https://bot.example' },
    createdAtMs: Date.UTC(2026, 0, 15, 3),
    ...overrides,
  };
}

export function anActivity(id: string, text = id): JsonActivity {
  return { type: 'message', id, timestamp: '2026-01-15T03:00:00.000Z', text };
}

/** An inbound activity with the id and idempotency key `id`, with an echo unless told otherwise. */
export function anAccept(
  id: string,
  overrides: Partial<AcceptRequest> & { conversationId?: string } = {},
): AcceptRequest {
  const { conversationId = 'c1', ...rest } = overrides;
  return {
    conversation: aHead({ conversationId }),
    idempotencyKey: id,
    sealedActivity: Buffer.from(`sealed ${id}`),
    activityId: id,
    echo: anActivity(id),
    receivedAtMs: Date.UTC(2026, 0, 15, 3),
    ...rest,
  };
}

export function aCommit(ticket: number, overrides: Partial<TurnCommit> = {}): TurnCommit {
  return {
    conversationKey: aHead().key,
    ticket,
    records: [],
    replies: [],
    outbox: [],
    committedAtMs: Date.UTC(2026, 0, 15, 3),
    ...overrides,
  };
}

export function ticketOf(result: AcceptResult): number {
  if (result.status === 'queueFull' || result.status === 'erased')
    throw new Error(`expected a ticket, not ${result.status}`);
  return result.ticket;
}

/** Writes one record through a turn of its own, over whatever is there. Returns its new version. */
export async function putRecord(
  store: TurnStore,
  key: string,
  value: JsonValue | undefined,
  expiresAtMs?: number,
): Promise<number> {
  const turn = await store.accept(anAccept(`put ${nextTurn++}`, { conversationId: 'records' }));
  const { version } = await store.readRecord(key);
  const expiry = expiresAtMs === undefined ? {} : { expiresAtMs };
  const change = value === undefined ? 'delete' : { value, ...expiry };
  const result = await store.commit(
    aCommit(ticketOf(turn), {
      conversationKey: aHead({ conversationId: 'records' }).key,
      records: [{ key, expectedVersion: version, change }],
    }),
  );
  if (result.status !== 'committed') throw new Error(`expected a commit, not ${result.status}`);
  return (await store.readRecord(key)).version;
}

let nextTurn = 1;

/** What a store must keep apart and give back unchanged, used as a key of every kind. */
export const oddTexts: readonly string[] = [
  '__proto__',
  'constructor',
  '',
  ' ',
  'a',
  'A',
  'a\0b',
  'a\0c',
  '\0',
  '\\u0000',
  "'; DROP TABLE record; --",
  '"quoted" \\ and \'quoted\'',
  '%_*?[a]',
  '요금',
  '요금'.normalize('NFD'),
  '\ud800',
  '\udfff',
  '\ufffd',
  '😀',
  'line\nbreak\r\t',
  'x'.repeat(1_000),
  `${'x'.repeat(999)}y`,
];
