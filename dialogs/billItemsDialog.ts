import { billItemsCard, billNotFoundReply, nothingUnpaidReply } from '../cards/billItemsCard';
import type { BillingGateway } from '../services/billing/billingGateway';
import type { Strings } from '../strings';
import { BillingDialog, type BillingQuestion, type BillingReply, type ChannelsNow } from './billingDialog';
import type { StepUpDialog } from './stepUpDialog';

/** Verifies the customer to acr2, then shows what a bill of theirs is made of. Ends without a result. */
export class BillItemsDialog extends BillingDialog {
  static readonly id = 'billItems';
  protected readonly required = 'acr2';
  protected readonly shows = 'billItems';

  constructor(billing: BillingGateway, stepUp: StepUpDialog, channelsNow: ChannelsNow) {
    super(BillItemsDialog.id, billing, stepUp, channelsNow);
  }

  protected async answer({ billing, proof, options, s, locale }: BillingQuestion): Promise<BillingReply> {
    const result = await billing.billItems(proof, options.billNo);
    switch (result.status) {
      case 'found': {
        const { wrongOwnerDropped } = result.billItems;
        return { reply: billItemsCard(result.billItems, s, locale), shows: true, wrongOwnerDropped };
      }
      case 'notFound': {
        const { wrongOwnerDropped } = result;
        return { reply: billNotFoundReply(s, locale), shows: false, wrongOwnerDropped };
      }
      case 'nothingUnpaid': {
        const { maskedLine, asOfMs, wrongOwnerDropped } = result.answer;
        return { reply: nothingUnpaidReply(maskedLine, asOfMs, s, locale), shows: true, wrongOwnerDropped };
      }
    }
  }

  protected again(s: Strings): string {
    return s.billItems.show;
  }
}
