import { detectPersonal } from '../services/redaction/redaction';
import { stringsFor } from '../strings';
import { BillItemsDialog } from './billItemsDialog';
import type { BillingOptions } from './billingDialog';
import type { CustomerMessage } from './customerMessage';
import { PaymentAccountDialog } from './paymentAccountDialog';
import { PaymentStatusDialog } from './paymentStatusDialog';

export interface BillingRequest {
  readonly dialogId: string;
  readonly options: BillingOptions;
}

const dialogOfAction: ReadonlyMap<string, string> = new Map([
  ['billItems.show', BillItemsDialog.id],
  ['paymentAccount.show', PaymentAccountDialog.id],
  ['paymentStatus.show', PaymentStatusDialog.id],
]);

/** No bill has this number: the answer is that there is none. */
const noBill = '-';
/** Bills may have long numbers, so digits alone are nobody's. */
const named: ReadonlySet<string> = new Set(['phoneNumber', 'residentNumber', 'email', 'token']);

/**
 * The billing dialog that a card's button or a quick reply of ours asks for. Of a card's fields only `billNo`
 * counts, and it only chooses among the customer's own bills; a line or an account in it is not even read.
 * @returns undefined for every other message
 */
export function billingRequestOf(message: CustomerMessage): BillingRequest | undefined {
  if (message.kind === 'action') {
    const dialogId = dialogOfAction.get(message.action);
    const billNo = message.fields.get('billNo');
    if (dialogId === undefined) return undefined;
    return { dialogId, options: billNo === undefined ? {} : { billNo: savedBillNo(billNo) } };
  }
  if (message.kind !== 'text') return undefined;
  const dialogId = dialogOfWords(message.text.trim());
  return dialogId === undefined ? undefined : { dialogId, options: {} };
}

/** It is saved while the customer proves who they are: what could be somebody's number or words is not. */
function savedBillNo(billNo: string): string {
  const couldBe = /^[\w.:/-]{1,64}$/.test(billNo) && !detectPersonal(billNo).some((kind) => named.has(kind));
  return couldBe ? billNo : noBill;
}

/** Word for word, in either language: what channels without buttons offer, and what people copy from a button. */
function dialogOfWords(text: string): string | undefined {
  for (const s of [stringsFor('ko'), stringsFor('en')]) {
    const { label, text: question } = s.paymentStatus.offer;
    if (text === label || text === question) return PaymentStatusDialog.id;
    if (text === s.billItems.show) return BillItemsDialog.id;
    if (text === s.paymentAccount.show) return PaymentAccountDialog.id;
  }
  return undefined;
}
