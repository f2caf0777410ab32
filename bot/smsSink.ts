import { z } from 'zod';
import type { ChallengeSender } from '../services/identity/challengeSender';
import type { IdentityService } from '../services/identity/identityService';
import { isLoopbackHost } from '../services/loopback';
import type { OutboxSink } from '../services/outbox/outboxWorker';
import { stringsFor } from '../strings';

/** The channels whose customers sit in a browser on our own page. */
const webChannels = new Set(['directline', 'webchat']);
const boundTo = z.object({ binding: z.object({ channelId: z.string() }) });

/**
 * Turns an outbox entry of kind 'sms' into a text message, or into nothing where no line may get one.
 * @param publicUrl where customers reach the web page; browsers offer the code there and nowhere else
 */
export function createSmsSink(
  identity: Pick<IdentityService, 'smsOf'>,
  sender: ChallengeSender,
  publicUrl: () => string,
): OutboxSink {
  return async (payload, key) => {
    const message = await identity.smsOf(payload);
    if (message === undefined) return;
    const channel = boundTo.safeParse(payload).data?.binding.channelId ?? '';
    const host = webChannels.has(channel) ? codeOrigin(publicUrl()) : undefined;
    const text = stringsFor(message.language).stepUp.sms(message.code, host);
    await sender.send({ phoneNumber: message.phoneNumber, text, key });
  };
}

/**
 * The name that a code can be bound to (origin-bound one-time codes, WICG): browsers take only domain names that
 * are served over https.
 */
function codeOrigin(publicUrl: string): string | undefined {
  const { protocol, hostname } = new URL(publicUrl);
  const isDomain = /^(?:[a-z\d-]+\.)+[a-z][a-z\d-]*$/.test(hostname);
  return protocol === 'https:' && isDomain && !isLoopbackHost(hostname) ? hostname : undefined;
}
