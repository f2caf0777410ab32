import type { Clock } from '../services/clock';
import { DeliveryPostponedError } from '../services/errors';
import type { OutboxSink } from '../services/outbox/outboxWorker';
import { Pace } from '../services/reminders/pace';
import { dueEvent, type Reminder, reminderKey, wakeKey, wakePayload } from '../services/reminders/reminder';
import { readBook } from '../services/reminders/reminderBook';
import type { TurnStore } from '../services/turn/turnStore';
import type { SystemEvents } from './systemEvents';

/** What could not be done now is tried again then, however often: a reminder is not given up. */
const againMs = 60_000;
const longestAgainMs = 3_600_000;
/** Less than the worker waits for a delivery: the turn goes on by itself, and the next try finds what came of it. */
const patienceMs = 8_000;

export interface ReminderSinkOptions {
  readonly events: () => Pick<SystemEvents, 'submit'>;
  readonly store: Pick<TurnStore, 'readRecord'>;
  readonly clock: Clock;
  /** Wake-ups that this process lets through in a second. */
  readonly perSecond: number;
}

/**
 * The outbox sink 'reminder': turns a wake-up into a system event of its conversation, where `ReminderWakeUp` decides.
 * At a set rate: what has to wait is handed back to the outbox with the moment of its turn. A wake-up that comes twice
 * (a crash, two processes) has one effect, because it counts only as long as the reminder waits for it; and one whose
 * turn failed is tried again, because then the reminder still does.
 */
export function createReminderSink({ events, store, clock, perSecond }: ReminderSinkOptions): OutboxSink {
  const pace = new Pace(perSecond);
  /** The reminder that still waits for this wake-up. */
  const waitingFor = async (conversationKey: string, key: string): Promise<Reminder | undefined> => {
    const { reminders } = readBook((await store.readRecord(reminderKey(conversationKey))).value);
    return reminders.find(({ id, revision, wake }) => wakeKey({ id, revision, wake }) === key);
  };
  return async (payload, key) => {
    const { conversationKey, ...value } = wakePayload.parse(payload);
    const nowMs = clock.now();
    const waitMs = pace.waitMs(key, nowMs);
    if (waitMs > 0) throw new DeliveryPostponedError('other reminders go first', Math.ceil(waitMs));
    let waiting: Reminder | undefined;
    try {
      // A key of each minute: the inbox would give a turn that failed its own answer again.
      const event = { name: dueEvent, value, key: `${key}/${Math.floor(nowMs / againMs)}` };
      await withinPatience(events().submit(conversationKey, event));
      waiting = await waitingFor(conversationKey, key);
    } catch {
      // Whatever it was: an entry that is given up is a reminder that never comes.
      throw new DeliveryPostponedError('the conversation takes nothing now', againMs);
    }
    if (waiting === undefined) return;
    // The longer it has failed, the less often it is tried.
    const laterMs = Math.min(Math.max(clock.now() - waiting.stage.atMs, againMs), longestAgainMs);
    throw new DeliveryPostponedError('its turn failed', laterMs);
  };
}

async function withinPatience<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeliveryPostponedError('the turn takes long', againMs)), patienceMs);
    timer.unref();
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
