import type { OutboxSink } from '../../services/outbox/outboxWorker';
import type { ChainOutcome, DeliveryChain } from '../../services/reminders/deliveryChain';

/**
 * The outbox sink 'reminderMessage': a reminder on its way to the customer.
 * @param onOutcome told how each ended; what failed the outbox tells itself
 */
export function createMessageSink(
  chain: Pick<DeliveryChain, 'deliver'>,
  onOutcome: (outcome: ChainOutcome) => void,
): OutboxSink {
  return async (payload, key) => onOutcome(await chain.deliver(payload, key));
}
