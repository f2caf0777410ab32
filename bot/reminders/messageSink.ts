import type { Clock } from '../../services/clock';
import {
  DeliveryPostponedError,
  DeliveryRefusedError,
  DeliveryUnavailableError,
} from '../../services/errors';
import type { OutboxSink } from '../../services/outbox/outboxWorker';
import type { ChainOutcome, DeliveryChain } from '../../services/reminders/deliveryChain';
import { messagePayload } from '../../services/reminders/deliveryEntry';

/** The outbox gives up after eight tries, four minutes; a reminder is of use for hours. */
const patientAfterMs = 60_000;
const longestAgainMs = 15 * 60_000;

export interface MessageSinkOptions {
  readonly chain: Pick<DeliveryChain, 'deliver'>;
  readonly clock: Clock;
  /** Told how each ended; what failed the outbox tells itself. */
  readonly onOutcome: (outcome: ChainOutcome) => void;
}

/**
 * The outbox sink 'reminderMessage': a reminder on its way to the customer. Receivers that are down are asked again,
 * ever less often, until the message is of no use any more (`MessagePayload.untilMs`).
 */
export function createMessageSink({ chain, clock, onOutcome }: MessageSinkOptions): OutboxSink {
  return async (payload, key) => {
    try {
      onOutcome(await chain.deliver(payload, key));
    } catch (error) {
      if (error instanceof DeliveryRefusedError || error instanceof DeliveryPostponedError) throw error;
      const waitedMs = clock.now() - messagePayload.parse(payload).sinceMs;
      if (waitedMs < patientAfterMs) throw error;
      const wantedMs = error instanceof DeliveryUnavailableError ? (error.retryAfterMs ?? 0) : 0;
      const laterMs = Math.max(Math.min(waitedMs, longestAgainMs), wantedMs);
      throw new DeliveryPostponedError('no way takes the reminder now', laterMs);
    }
  };
}
