import Database from 'libsql';
import type { LoggedActivity, TurnStore } from '../../services/turn/turnStore';
import type { Acknowledgement } from './turnLoad';

interface ConversationLedger {
  /** message → ticket, as acknowledged. */
  readonly accepted: Map<number, number>;
  /** ticket → what was acknowledged for its commit. */
  readonly committed: Map<number, { seqs: readonly number[]; count: number }>;
  /** What the log said so far; a log only grows. */
  readonly log: LoggedActivity[];
}

/** Remembers every acknowledgement that load processes gave, and holds the database to them. */
export class TurnLoadLedger {
  private readonly conversations: ConversationLedger[];
  private readonly delivered = new Set<string>();

  constructor(conversationCount: number) {
    this.conversations = Array.from({ length: conversationCount }, () => ({
      accepted: new Map(),
      committed: new Map(),
      log: [],
    }));
  }

  note(said: Acknowledgement): void {
    if (said.type === 'delivered') {
      this.delivered.add(said.key);
      return;
    }
    if (said.type === 'claimed') {
      if (this.delivered.has(said.key)) throw new Error(`${said.key} was delivered, and claimed again`);
      return;
    }
    const ledger = this.of(said.conversation);
    if (said.type === 'accepted') {
      const before = ledger.accepted.get(said.message);
      expect(before ?? said.ticket).toBe(said.ticket);
      ledger.accepted.set(said.message, said.ticket);
      return;
    }
    expect(ledger.committed.has(said.ticket)).toBe(false);
    ledger.committed.set(said.ticket, said);
  }

  /** The next message of each conversation, minus a few: a client repeats what it is not sure of. */
  resumeFrom(repeats: number): number[] {
    return this.conversations.map(({ accepted }) =>
      Math.max(0, Math.max(-1, ...accepted.keys()) + 1 - repeats),
    );
  }

  totals(): { accepted: number; committed: number; delivered: number } {
    const sum = (size: (ledger: ConversationLedger) => number) =>
      this.conversations.reduce((total, ledger) => total + size(ledger), 0);
    return {
      accepted: sum((ledger) => ledger.accepted.size),
      committed: sum((ledger) => ledger.committed.size),
      delivered: this.delivered.size,
    };
  }

  /** Reads what the log has gained and checks everything that was acknowledged. */
  async check(store: TurnStore, file: string): Promise<void> {
    let turns = 0;
    for (const [conversation, ledger] of this.conversations.entries()) {
      const key = `load/${conversation}`;
      const added = await store.readLog(key, ledger.log.length, Number.MAX_SAFE_INTEGER);
      ledger.log.push(...added);
      expect(await store.lastSeq(key)).toBe(ledger.log.length);
      const done = checkLog(ledger);
      turns += done;
      // Turns were run in order, so the done ones are the first ones.
      const { length: echoes } = ledger.log.filter(isEcho);
      expect((await store.nextPending(key))?.ticket).toBe(done < echoes ? done + 1 : undefined);
      expect((await store.readRecord(`count/${conversation}`)).value ?? 0).toBe(done);
    }
    expect((await store.readRecord('count/all')).value ?? 0).toBe(turns);

    const db = new Database(file);
    expect(db.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect(db.pragma('foreign_key_check')).toEqual([]);
    const outboxKeys = db.prepare('SELECT key FROM outbox').pluck().all([]);
    expect(outboxKeys.length).toBe(turns);
    const replied = this.conversations.flatMap(({ log }) => log.map((entry) => entry.activity.of));
    expect(new Set(outboxKeys)).toEqual(new Set(replied.filter((id) => id !== undefined)));
    const kept = db.prepare('SELECT key FROM outbox WHERE payload IS NULL').pluck().all([]);
    expect([...this.delivered].filter((id) => !new Set(kept).has(id))).toEqual([]);
    db.close();
  }

  private of(conversation: number): ConversationLedger {
    const ledger = this.conversations[conversation];
    if (ledger === undefined) throw new Error(`unknown conversation ${conversation}`);
    return ledger;
  }
}

const isEcho = (entry: LoggedActivity) => entry.activity.of === undefined;

/** Returns how many turns are done. */
function checkLog({ log, accepted, committed }: ConversationLedger): number {
  expect(log.every((entry, index) => entry.seq === index + 1)).toBe(true);

  const echoes = log.filter(isEcho);
  expect(echoes.every((entry, index) => entry.ticket === index + 1)).toBe(true);
  const ticketOf = new Map(echoes.map((entry) => [entry.activity.message, entry.ticket]));
  expect(ticketOf.size).toBe(echoes.length);
  expect([...accepted].filter(([message, ticket]) => ticketOf.get(message) !== ticket)).toEqual([]);

  const replies = log.filter((entry) => !isEcho(entry));
  const wrong = replies.filter((entry, index) => {
    const ticket = Math.floor(index / 2) + 1;
    const id = echoes[ticket - 1]?.activity.id;
    return entry.ticket !== ticket || entry.activity.id !== `${id}/${index % 2}`;
  });
  expect(wrong).toEqual([]);
  expect(replies.length % 2).toBe(0);
  const lost = [...committed].filter(
    ([ticket, { seqs, count }]) =>
      count !== ticket ||
      seqs.length !== 2 ||
      seqs.some((seq, part) => replies[2 * (ticket - 1) + part]?.seq !== seq),
  );
  expect(lost).toEqual([]);
  return replies.length / 2;
}
