import { unpaidBalanceCard } from '../cards/unpaidBalanceCard';
import type { BillingGateway } from '../services/billing/billingGateway';
import type { Strings } from '../strings';
import { BillingDialog, type BillingQuestion, type BillingReply, type ChannelsNow } from './billingDialog';
import type { StepUpDialog } from './stepUpDialog';

/** Verifies the customer, then shows what they owe. Ends without a result. */
export class UnpaidBalanceDialog extends BillingDialog {
  static readonly id = 'unpaidBalance';
  protected readonly required = 'acr1';
  protected readonly shows = 'unpaidBalance';

  constructor(billing: BillingGateway, stepUp: StepUpDialog, channelsNow: ChannelsNow) {
    super(UnpaidBalanceDialog.id, billing, stepUp, channelsNow);
  }

  protected async answer({ billing, proof, channels, s, locale }: BillingQuestion): Promise<BillingReply> {
    const statement = await billing.unpaidBills(proof);
    const reply = unpaidBalanceCard(statement, channels, s, locale);
    const trouble = statement.lineStatus === 'suspended' ? ('suspended' as const) : undefined;
    return { reply, shows: true, wrongOwnerDropped: statement.wrongOwnerDropped, trouble };
  }

  protected again(s: Strings): string {
    return s.topics.unpaid_balance.text;
  }
}
