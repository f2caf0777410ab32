import { paymentStatusCard } from '../cards/paymentStatusCard';
import type { BillingGateway } from '../services/billing/billingGateway';
import type { Strings } from '../strings';
import { BillingDialog, type BillingQuestion, type BillingReply, type ChannelsNow } from './billingDialog';
import type { StepUpDialog } from './stepUpDialog';

/** Verifies the customer, then says what became of what they paid. Ends without a result. */
export class PaymentStatusDialog extends BillingDialog {
  static readonly id = 'paymentStatus';
  protected readonly required = 'acr1';
  protected readonly shows = 'payments';

  constructor(billing: BillingGateway, stepUp: StepUpDialog, channelsNow: ChannelsNow) {
    super(PaymentStatusDialog.id, billing, stepUp, channelsNow);
  }

  protected async answer({ billing, proof, channels, s, locale }: BillingQuestion): Promise<BillingReply> {
    const history = await billing.payments(proof);
    const reply = paymentStatusCard(history, channels, s, locale);
    return { reply, shows: true, wrongOwnerDropped: history.wrongOwnerDropped };
  }

  protected again(s: Strings): string {
    return s.paymentStatus.offer.text;
  }
}
