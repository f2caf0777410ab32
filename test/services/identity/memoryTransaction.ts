import type { JournalEntry } from '../../../services/journal/journal';
import type { JsonValue, OutboxEntry } from '../../../services/turn/turnStore';
import type { TurnTransaction } from '../../../services/turn/turnTransaction';

interface Version {
  readonly version: number;
  /** JSON text: whatever is kept went through JSON, as in a real store. */
  readonly json: string | undefined;
  /** Epoch ms after which the store may remove it. */
  readonly expiresAtMs?: number | undefined;
}

/** Records and outbox with compare-and-set, as a turn store has them; a conflict runs the turn again. */
export class MemoryTurns {
  readonly outbox = new Map<string, OutboxEntry>();
  readonly journal: JournalEntry[] = [];
  conflicts = 0;
  private readonly records = new Map<string, Version>();

  /** Runs one turn until it commits. */
  async run<T>(turn: (tx: TurnTransaction) => Promise<T>): Promise<T> {
    for (;;) {
      const tx = new MemoryTransaction((key) => this.records.get(key) ?? { version: 0, json: undefined });
      const result = await turn(tx);
      if (this.commit(tx)) return result;
      this.conflicts += 1;
    }
  }

  /** Everything that is stored, as one text to search in. */
  dump(): string {
    return JSON.stringify([
      [...this.records].map(([key, { json }]) => [key, json]),
      [...this.outbox.values()],
      this.journal,
    ]);
  }

  /** How long each record and outbox entry is: what a stranger could see of them in a write's size. */
  bytesWritten(): number[] {
    const entries = [...this.outbox.values()].map((entry) => JSON.stringify(entry).length);
    return [...this.records.values()].map(({ json }) => json?.length ?? 0).concat(entries);
  }

  keys(): string[] {
    return [...this.records].filter(([, { json }]) => json !== undefined).map(([key]) => key);
  }

  value(key: string): JsonValue | undefined {
    const json = this.records.get(key)?.json;
    return json === undefined ? undefined : JSON.parse(json);
  }

  /** When the record may be removed; undefined: never, or it is not there. */
  expiryOf(key: string): number | undefined {
    return this.records.get(key)?.expiresAtMs;
  }

  overwrite(key: string, value: JsonValue): void {
    const version = (this.records.get(key)?.version ?? 0) + 1;
    this.records.set(key, { version, json: JSON.stringify(value) });
  }

  private commit(tx: MemoryTransaction): boolean {
    for (const [key, seen] of tx.seen) {
      if ((this.records.get(key)?.version ?? 0) !== seen.version) return false;
    }
    for (const [key, written] of tx.writes) {
      this.records.set(key, { version: (this.records.get(key)?.version ?? 0) + 1, ...written });
    }
    for (const entry of tx.enqueued) {
      if (!this.outbox.has(entry.key)) this.outbox.set(entry.key, entry);
    }
    this.journal.push(...tx.notes);
    return true;
  }
}

class MemoryTransaction implements TurnTransaction {
  readonly seen = new Map<string, Version>();
  readonly writes = new Map<string, Omit<Version, 'version'>>();
  readonly enqueued: OutboxEntry[] = [];
  readonly notes: JournalEntry[] = [];

  constructor(private readonly current: (key: string) => Version) {}

  async read(key: string): Promise<JsonValue | undefined> {
    const { json } = this.writes.get(key) ?? this.look(key);
    return json === undefined ? undefined : JSON.parse(json);
  }

  async write(key: string, value: JsonValue, expiresAtMs?: number): Promise<void> {
    this.look(key);
    this.writes.set(key, { json: JSON.stringify(value), expiresAtMs });
  }

  async delete(key: string): Promise<void> {
    this.look(key);
    this.writes.set(key, { json: undefined });
  }

  enqueue(entry: { key: string; kind: string; payload: JsonValue; notBeforeMs?: number }): void {
    const payload = JSON.parse(JSON.stringify(entry.payload));
    this.enqueued.push({ ...entry, payload, notBeforeMs: entry.notBeforeMs ?? 0 });
  }

  note(entry: JournalEntry): void {
    this.notes.push({ ...entry, body: JSON.parse(JSON.stringify(entry.body)) });
  }

  private look(key: string): Version {
    const seen = this.seen.get(key) ?? this.current(key);
    this.seen.set(key, seen);
    return seen;
  }
}
