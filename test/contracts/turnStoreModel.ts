import type {
  AcceptRequest,
  AcceptResult,
  CommitResult,
  JsonActivity,
  JsonValue,
  LoggedActivity,
  TurnCommit,
} from '../../services/turn/turnStore';

interface ModelTurn {
  readonly request: AcceptRequest;
  done: boolean;
}

interface ModelConversation {
  readonly turns: ModelTurn[];
  readonly log: LoggedActivity[];
  reference: JsonValue;
}

/** What a record was at some moment. `stamp` is its write's own number; 0 = absent. */
export interface ModelRecord {
  readonly stamp: number;
  readonly value: JsonValue | undefined;
  readonly expiresAtMs: number;
}

const absent: ModelRecord = { stamp: 0, value: undefined, expiresAtMs: Number.POSITIVE_INFINITY };

/** A commit as the model sees it: `seen` is what the turn had read of each record. */
export type ModelCommit = Pick<TurnCommit, 'conversationKey' | 'ticket' | 'replies' | 'outbox'> & {
  readonly records: readonly {
    readonly key: string;
    readonly seen: ModelRecord;
    readonly change: { readonly value: JsonValue; readonly expiresAtMs?: number } | 'delete' | 'checkOnly';
  }[];
};

/** What a turn store does, in the plainest words: one caller at a time, nothing on disk. */
export class TurnStoreModel {
  private readonly conversations = new Map<string, ModelConversation>();
  private readonly records = new Map<string, ModelRecord>();
  private readonly outbox = new Map<string, JsonValue>();
  private stamp = 0;

  constructor(private readonly queueLimit: number) {}

  accept(request: AcceptRequest): AcceptResult {
    const { key, reference } = request.conversation;
    const conversation = this.conversations.get(key) ?? { turns: [], log: [], reference };
    const before = conversation.turns.findIndex(
      (turn) => turn.request.idempotencyKey === request.idempotencyKey,
    );
    const first = conversation.turns[before];
    if (first !== undefined) {
      const { activityId } = first.request;
      return { status: 'duplicate', ticket: before + 1, activityId, done: first.done };
    }
    if (unfinished(conversation) >= this.queueLimit) return { status: 'queueFull' };
    this.conversations.set(key, conversation);
    conversation.reference = reference;
    const alone = unfinished(conversation) === 0 ? ({ alone: true } as const) : {};
    const ticket = conversation.turns.push({ request, done: false });
    if (request.echo === undefined) return { status: 'accepted', ticket, ...alone };
    const echoSeq = append(conversation, ticket, request.echo);
    return { status: 'accepted', ticket, echoSeq, ...alone };
  }

  commit(turn: ModelCommit, nowMs: number): CommitResult {
    const conversation = this.conversations.get(turn.conversationKey);
    const accepted = conversation?.turns[turn.ticket - 1];
    if (conversation === undefined || accepted === undefined) throw new RangeError('never accepted');
    if (accepted.done) return { status: 'alreadyDone' };
    if (turn.records.some(({ key, seen }) => this.record(key, nowMs).stamp !== seen.stamp)) {
      return { status: 'conflict' };
    }
    for (const { key, change } of turn.records) this.apply(key, change);
    for (const { key, payload } of turn.outbox) if (!this.outbox.has(key)) this.outbox.set(key, payload);
    accepted.done = true;
    return {
      status: 'committed',
      seqs: turn.replies.map((reply) => append(conversation, turn.ticket, reply)),
      pending: unfinished(conversation),
    };
  }

  record(key: string, nowMs: number): ModelRecord {
    const found = this.records.get(key) ?? absent;
    return nowMs < found.expiresAtMs ? found : absent;
  }

  turnCount(conversationKey: string): number {
    return this.conversations.get(conversationKey)?.turns.length ?? 0;
  }

  log(conversationKey: string): readonly LoggedActivity[] {
    return this.conversations.get(conversationKey)?.log ?? [];
  }

  reference(conversationKey: string): JsonValue | undefined {
    return this.conversations.get(conversationKey)?.reference;
  }

  oldestPending(conversationKey: string): number | undefined {
    const place = this.conversations.get(conversationKey)?.turns.findIndex((turn) => !turn.done) ?? -1;
    return place < 0 ? undefined : place + 1;
  }

  waiting(): [key: string, payload: JsonValue][] {
    return [...this.outbox];
  }

  private apply(key: string, change: ModelCommit['records'][number]['change']): void {
    if (change === 'checkOnly') return;
    if (change === 'delete') {
      this.records.delete(key);
      return;
    }
    this.stamp += 1;
    const { value, expiresAtMs = Number.POSITIVE_INFINITY } = change;
    this.records.set(key, { stamp: this.stamp, value, expiresAtMs });
  }
}

function append(conversation: ModelConversation, ticket: number, activity: JsonActivity): number {
  const seq = conversation.log.length + 1;
  conversation.log.push({ seq, ticket, activity });
  return seq;
}

function unfinished({ turns }: { readonly turns: readonly { readonly done: boolean }[] }): number {
  return turns.filter((turn) => !turn.done).length;
}
