import type { Clock } from '../services/clock';
import { ChatwootClient } from '../services/handoff/chatwoot/chatwootClient';
import { ChatwootCourier, type TellConversation } from '../services/handoff/chatwoot/chatwootCourier';
import { chatwootProvider } from '../services/handoff/chatwoot/chatwootProvider';
import { ChatwootRelay } from '../services/handoff/chatwoot/chatwootRelay';
import type { HandoffProvider } from '../services/handoff/handoffProvider';
import type { SealedPackets } from '../services/handoff/sealedPackets';
import type { OutboxSink } from '../services/outbox/outboxWorker';
import type { TurnStore } from '../services/turn/turnStore';
import { stringsFor } from '../strings';
import type { Log } from './log';
import type { ChatwootConfig } from './settings/chatwootSettings';
import type { SystemEvents } from './systemEvents';

export interface ChatwootPartsOptions {
  readonly config: ChatwootConfig;
  readonly store: TurnStore;
  readonly clock: Clock;
  /** Chatwoot's time, when a demo moves the other. */
  readonly realClock: Clock;
  readonly log: Pick<Log, 'warn'>;
  /** Makes the contacts' ids; 32 bytes. */
  readonly key: Buffer;
  readonly events: () => Pick<SystemEvents, 'accept'>;
  readonly packets: () => Pick<SealedPackets, 'open'>;
}

export interface ChatwootParts {
  readonly provider: HandoffProvider;
  /** The outbox sink 'handoff'. */
  readonly sink: OutboxSink;
  readonly relay: ChatwootRelay;
}

/** Chatwoot in place of the built-in desk. */
export function composeChatwoot(options: ChatwootPartsOptions): ChatwootParts {
  const { config, store, clock, realClock, log, key, events, packets } = options;
  const { baseUrl, inboxIdentifier, hmacToken, acceptOn } = config;
  const client = new ChatwootClient({ baseUrl, inboxIdentifier, hmacToken, clock });
  const tell: TellConversation = (conversationKey, event) => events().accept(conversationKey, event);
  const courier = new ChatwootCourier({
    client,
    store,
    tell,
    packets,
    words: (language) => stringsFor(language).chatwoot,
    clock,
    key,
    onTrouble: (facts) => log.warn(facts, 'Chatwoot does not take what customers send'),
  });
  const relay = new ChatwootRelay({ client, store, tell, clock: realClock, acceptOn });
  return { provider: chatwootProvider, sink: courier.sink, relay };
}
