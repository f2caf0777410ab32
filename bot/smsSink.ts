import type { ChallengeSender } from '../services/identity/challengeSender';
import type { IdentityService } from '../services/identity/identityService';
import type { OutboxSink } from '../services/outbox/outboxWorker';
import { stringsFor } from '../strings';

/** Turns an outbox entry of kind 'sms' into a text message, or into nothing where no line may get one. */
export function createSmsSink(identity: IdentityService, sender: ChallengeSender): OutboxSink {
  return async (payload, key) => {
    const message = await identity.smsOf(payload);
    if (message === undefined) return;
    const text = stringsFor(message.language).stepUp.sms(message.code);
    await sender.send({ phoneNumber: message.phoneNumber, text, key });
  };
}
