import { dangerCard } from '../cards/dangerCard';
import { wordsOf } from '../dialogs/dialogTurn';
import { HandoffConversation } from '../dialogs/handoffConversation';
import type { BillingGateway } from '../services/billing/billingGateway';
import type { ServiceChannel } from '../services/faq/faq';
import type { Helpline } from '../services/faq/helplines';
import { type OpenState, openState } from '../services/faq/openingHours';
import { deskProvider, type HandoffProvider, noProvider } from '../services/handoff/handoffProvider';
import { Handoffs } from '../services/handoff/handoffs';
import type { StepUp } from '../services/identity/stepUp';
import type { Randomness } from '../services/randomness';
import type { TurnStore } from '../services/turn/turnStore';
import type { HandoffConfig } from './settings/handoffSettings';

export interface HandoffPartsOptions {
  readonly config: HandoffConfig;
  /** A hub in place of the built-in desk. */
  readonly provider?: HandoffProvider | undefined;
  readonly store: TurnStore;
  readonly randomness: Randomness;
  readonly stepUp: StepUp;
  readonly billing: BillingGateway;
  readonly helplines: readonly Helpline[];
  /** The call centre, whose hours are the desk's. */
  readonly phone: ServiceChannel;
  readonly holidays: (ymd: string) => boolean;
}

/** The conversation around people. */
export function composeHandoff(options: HandoffPartsOptions): HandoffConversation {
  const { config, store, randomness, stepUp, billing, helplines, phone, holidays } = options;
  const provider = config.provider === 'none' ? noProvider : (options.provider ?? deskProvider);
  const hours = (nowMs: number): OpenState =>
    openState(config.hours === 'always' ? undefined : phone.hours, nowMs, holidays);
  return new HandoffConversation({
    handoffs: new Handoffs({ store, randomness, provider, timeoutMs: config.timeoutMs }),
    stepUp,
    billing,
    hours,
    danger: (turn) => {
      const { s, locale } = wordsOf(turn);
      return dangerCard(helplines, s, locale);
    },
  });
}
