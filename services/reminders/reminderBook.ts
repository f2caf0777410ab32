import type { JsonValue } from '../turn/turnStore';
import type { TurnTransaction } from '../turn/turnTransaction';
import {
  type BookRecord,
  bookRecord,
  mostReminders,
  type Reminder,
  reminderKey,
  type WakePayload,
  wakeKey,
} from './reminder';

/**
 * A conversation that nobody touches for 30 days is removed (`bot/compose.ts`): on the way to a far moment a reminder
 * wakes up this often, which keeps it.
 */
export const longestSleepMs = 20 * 86_400_000;
/** Longer than the way to the next wake-up: what outlives its conversation is removed. */
const keptMs = 2 * longestSleepMs;

/** The reminders of one conversation, changed within its turn: record and wake-ups commit together. */
export class ReminderBook {
  private constructor(
    private readonly tx: TurnTransaction,
    private readonly conversationKey: string,
    private readonly nowMs: number,
    private book: BookRecord,
  ) {}

  /** A damaged record counts as none. */
  static async open(tx: TurnTransaction, conversationKey: string, nowMs: number): Promise<ReminderBook> {
    return new ReminderBook(
      tx,
      conversationKey,
      nowMs,
      readBook(await tx.read(reminderKey(conversationKey))),
    );
  }

  /** In the order in which they were asked for. */
  get reminders(): readonly Reminder[] {
    return this.book.reminders;
  }

  get isFull(): boolean {
    return this.book.reminders.length >= mostReminders;
  }

  find(id: string): Reminder | undefined {
    return this.book.reminders.find((one) => one.id === id);
  }

  /** Adds a reminder, or puts it in the place of the one with its id, and enqueues its next wake-up. */
  async put(reminder: Reminder): Promise<void> {
    const woken = { ...reminder, wake: reminder.wake + 1 };
    const { id, revision, wake } = woken;
    const payload: WakePayload = { conversationKey: this.conversationKey, id, revision, wake };
    const notBeforeMs = Math.min(woken.stage.atMs, this.nowMs + longestSleepMs);
    this.tx.enqueue({ key: wakeKey(woken), kind: 'reminder', payload, notBeforeMs });
    const place = this.book.reminders.findIndex((one) => one.id === id);
    await this.save(place < 0 ? [...this.book.reminders, woken] : this.book.reminders.with(place, woken));
  }

  /** Wake-ups that are on their way find nothing. */
  async remove(ids: readonly string[]): Promise<void> {
    await this.save(this.book.reminders.filter(({ id }) => !ids.includes(id)));
  }

  private async save(reminders: Reminder[]): Promise<void> {
    this.book = { version: 1, reminders };
    const key = reminderKey(this.conversationKey);
    if (reminders.length === 0) return this.tx.delete(key);
    // JSON has no undefined.
    const plain: JsonValue = JSON.parse(JSON.stringify(this.book));
    await this.tx.write(key, plain, this.nowMs + keptMs);
  }
}

export function readBook(value: JsonValue | undefined): BookRecord {
  const parsed = bookRecord.safeParse(value);
  return parsed.success ? parsed.data : { version: 1, reminders: [] };
}

/** Outbox keys of the wake-ups that wait for a stored book: what is erased with the conversation. */
export function wakeKeysOf(value: JsonValue | undefined): string[] {
  return readBook(value).reminders.map(wakeKey);
}
