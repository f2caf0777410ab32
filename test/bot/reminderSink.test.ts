import { createReminderSink } from '../../bot/reminderSink';
import { DeliveryPostponedError, StoreUnavailableError } from '../../services/errors';
import { wakeKey } from '../../services/reminders/reminder';

const wake = { id: 'a', revision: 1, wake: 1 };
const key = wakeKey(wake);
const payload = { conversationKey: 'directline/one', ...wake };
const nowMs = Date.parse('2026-11-23T09:00:00+09:00');

describe('a wake-up that cannot be done now', () => {
  it.each([
    ['the conversation', new Error('broken'), undefined],
    ['the store, before', new StoreUnavailableError('down'), undefined],
    ['the store, after', undefined, new StoreUnavailableError('down')],
    ['the store, unexpectedly', undefined, new TypeError('broken')],
  ])('F42: is handed back and never given up: %s fails', async (_, onSubmit, onRead) => {
    const sink = createReminderSink({
      events: () => ({
        submit: async () => {
          if (onSubmit !== undefined) throw onSubmit;
          return { status: 'gone' };
        },
      }),
      store: {
        readRecord: async () => {
          if (onRead !== undefined) throw onRead;
          return { version: 0, value: undefined };
        },
      },
      clock: { now: () => nowMs },
      perSecond: 50,
    });
    const failure = await sink(payload, key).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DeliveryPostponedError);
    expect(failure).toMatchObject({ laterMs: 60_000 });
  });
});
