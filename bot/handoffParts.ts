import { hkdfSync } from 'node:crypto';
import { dangerCard } from '../cards/dangerCard';
import { wordsOf } from '../dialogs/dialogTurn';
import { HandoffConversation } from '../dialogs/handoffConversation';
import type { BillingGateway } from '../services/billing/billingGateway';
import type { ServiceChannel } from '../services/faq/faq';
import type { Helpline } from '../services/faq/helplines';
import { type OpenState, openState } from '../services/faq/openingHours';
import { deskProvider, type HandoffProvider, noProvider } from '../services/handoff/handoffProvider';
import { Handoffs } from '../services/handoff/handoffs';
import { SealedPackets } from '../services/handoff/sealedPackets';
import type { StepUp } from '../services/identity/stepUp';
import type { Randomness } from '../services/randomness';
import type { TurnStore } from '../services/turn/turnStore';
import { createSealer } from './sealer';
import type { HandoffConfig } from './settings/handoffSettings';

export interface HandoffPartsOptions {
  readonly config: HandoffConfig;
  /** A hub in place of the built-in desk. */
  readonly provider?: HandoffProvider | undefined;
  readonly packets: SealedPackets;
  readonly store: TurnStore;
  readonly randomness: Randomness;
  readonly stepUp: StepUp;
  readonly billing: BillingGateway;
  readonly helplines: readonly Helpline[];
  /** The call centre, whose hours are the desk's. */
  readonly phone: ServiceChannel;
  readonly holidays: (ymd: string) => boolean;
}

/** How packets lie in the store: sealed with a key of their own, derived (RFC 5869) from the store's. */
export function sealedPackets(inboxSealingKey: Buffer, randomness: Randomness): SealedPackets {
  const key = Buffer.from(hkdfSync('sha256', inboxSealingKey, '', 'handoff packet', 32));
  return new SealedPackets(createSealer(key, randomness));
}

/** The conversation around people. */
export function composeHandoff(options: HandoffPartsOptions): HandoffConversation {
  const { config, packets, store, randomness, stepUp, billing, helplines, phone, holidays } = options;
  const provider = config.provider === 'none' ? noProvider : (options.provider ?? deskProvider);
  const hours = (nowMs: number): OpenState =>
    openState(config.hours === 'always' ? undefined : phone.hours, nowMs, holidays);
  return new HandoffConversation({
    handoffs: new Handoffs({ store, randomness, provider, packets, timeoutMs: config.timeoutMs }),
    stepUp,
    billing,
    hours,
    danger: (turn) => {
      const { s, locale } = wordsOf(turn);
      return dangerCard(helplines, s, locale);
    },
  });
}
