import { paymentAccountCard } from '../cards/paymentAccountCard';
import type { BillingGateway } from '../services/billing/billingGateway';
import type { Strings } from '../strings';
import { BillingDialog, type BillingQuestion, type BillingReply, type ChannelsNow } from './billingDialog';
import type { StepUpDialog } from './stepUpDialog';

/** Verifies the customer to acr2, then shows what their bills are paid from. Ends without a result. */
export class PaymentAccountDialog extends BillingDialog {
  static readonly id = 'paymentAccount';
  protected readonly required = 'acr2';
  protected readonly shows = 'paymentAccount';

  constructor(billing: BillingGateway, stepUp: StepUpDialog, channelsNow: ChannelsNow) {
    super(PaymentAccountDialog.id, billing, stepUp, channelsNow);
  }

  protected async answer({ billing, proof, s, locale }: BillingQuestion): Promise<BillingReply> {
    const accounts = await billing.paymentAccount(proof);
    const reply = paymentAccountCard(accounts, s, locale);
    return { reply, shows: true, wrongOwnerDropped: accounts.wrongOwnerDropped };
  }

  protected again(s: Strings): string {
    return s.paymentAccount.show;
  }
}
