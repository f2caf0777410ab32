import { AppError } from '../services/errors';
import type { JournalEntry } from '../services/journal/journal';
import type { JsonValue, OutboxEntry, RecordWrite, TurnStore } from '../services/turn/turnStore';
import type { TurnTransaction } from '../services/turn/turnTransaction';

/** Logic that ran on after its turn had ended (too slow, or not waited for) tried to change something. */
export class TransactionOverError extends AppError {
  readonly code = 'TransactionOver';
}

interface OpenRecord {
  readonly version: number;
  value: JsonValue | undefined;
  expiresAtMs?: number;
  changed: boolean;
}

/**
 * A turn's view of the records: remembers the version of everything it read, keeps its writes to itself,
 * and hands both to the commit, which fails as a whole when anything read has changed meanwhile.
 */
export class RecordTransaction implements TurnTransaction {
  private readonly records = new Map<string, OpenRecord>();
  private readonly entries: OutboxEntry[] = [];
  private readonly notes: JournalEntry[] = [];
  private over = false;

  constructor(
    private readonly store: Pick<TurnStore, 'readRecord'>,
    private readonly nowMs: number,
  ) {}

  async read(key: string): Promise<JsonValue | undefined> {
    return (await this.open(key)).value;
  }

  async write(key: string, value: JsonValue, expiresAtMs?: number): Promise<void> {
    const record = await this.open(key);
    record.value = value;
    record.expiresAtMs = expiresAtMs;
    record.changed = true;
  }

  async delete(key: string): Promise<void> {
    const record = await this.open(key);
    record.changed = record.version > 0;
    record.value = undefined;
  }

  enqueue(entry: Parameters<TurnTransaction['enqueue']>[0]): void {
    this.assertOpen();
    this.entries.push({ ...entry, notBeforeMs: entry.notBeforeMs ?? this.nowMs });
  }

  note(entry: JournalEntry): void {
    this.assertOpen();
    this.notes.push(entry);
  }

  /** The logic has ended: whatever of it still runs can read and change nothing any more. */
  end(): void {
    this.over = true;
  }

  recordWrites(): RecordWrite[] {
    return [...this.records].map(([key, record]) => ({
      key,
      expectedVersion: record.version,
      change: !record.changed
        ? 'checkOnly'
        : record.value === undefined
          ? 'delete'
          : { value: record.value, expiresAtMs: record.expiresAtMs },
    }));
  }

  outbox(): readonly OutboxEntry[] {
    return this.entries;
  }

  journal(): readonly JournalEntry[] {
    return this.notes;
  }

  private assertOpen(): void {
    if (this.over) throw new TransactionOverError('the turn is over');
  }

  private async open(key: string): Promise<OpenRecord> {
    this.assertOpen();
    let record = this.records.get(key);
    if (record === undefined) {
      const { version, value } = await this.store.readRecord(key);
      this.assertOpen();
      record = this.records.get(key) ?? { version, value, changed: false };
      this.records.set(key, record);
    }
    return record;
  }
}
