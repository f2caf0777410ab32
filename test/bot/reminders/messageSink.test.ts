import { createMessageSink } from '../../../bot/reminders/messageSink';
import {
  DeliveryPostponedError,
  DeliveryRefusedError,
  DeliveryUnavailableError,
  StoreUnavailableError,
} from '../../../services/errors';

const sinceMs = Date.parse('2026-11-23T09:00:00+09:00');
const payload = {
  conversationKey: 'msteams/one',
  language: 'ko',
  ways: [{ way: 'chat', text: 'a reminder' }],
  sinceMs,
  untilMs: sinceMs + 12 * 3_600_000,
};

function failure(error: Error, waitedMs: number): Promise<unknown> {
  const sink = createMessageSink({
    chain: { deliver: () => Promise.reject(error) },
    clock: { now: () => sinceMs + waitedMs },
    onOutcome: () => {},
  });
  return sink(payload, 'key').catch((caught: unknown) => caught);
}

describe('a reminder that no way takes now', () => {
  const down = new DeliveryUnavailableError('down');
  it('is tried again by the outbox within the first minute, which says so', async () => {
    expect(await failure(down, 59_999)).toBe(down);
  });

  it.each([
    ['a receiver that is down', down, 60_000, 60_000],
    ['one that is down for long', down, 3_600_000, 900_000],
    ['one that wants to be left alone', new DeliveryUnavailableError('busy', 1_800_000), 60_000, 1_800_000],
    ['a store that is down', new StoreUnavailableError('down'), 120_000, 120_000],
    ['a surprise', new TypeError('broken'), 120_000, 120_000],
  ])('is not given up after that: %s', async (_, error, waitedMs, laterMs) => {
    const postponed = await failure(error, waitedMs);
    expect(postponed).toBeInstanceOf(DeliveryPostponedError);
    expect(postponed).toMatchObject({ laterMs });
  });

  it.each([new DeliveryRefusedError('never'), new DeliveryPostponedError('night', 5)])(
    'is left to the outbox when that knows what to do: %s',
    async (error) => expect(await failure(error, 3_600_000)).toBe(error),
  );
});
