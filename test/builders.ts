import type { BillingStatement, CustomerBill } from '../services/billing/billingGateway';
import { krw, sumKrw } from '../services/billing/krw';

/** A bill of 33,000 won for last month's mobile line, not due yet. */
export function aBill(parts: Partial<CustomerBill> & { remaining?: number } = {}): CustomerBill {
  const { remaining = 33_000, ...rest } = parts;
  return {
    billNo: '202610-1',
    service: 'mobile',
    billingMonth: '2026-10',
    paymentDueDate: '2026-11-25',
    amountDue: krw(remaining),
    remainingAmount: krw(remaining),
    overdue: false,
    paymentInProgress: krw(0),
    ...rest,
  };
}

/** What billing says about these bills on Sunday, 22 November 2026, 17:20 in Seoul. */
export function aStatement(
  unpaidBills: CustomerBill[],
  parts: Partial<BillingStatement> = {},
): BillingStatement {
  const totalInProgress = sumKrw(unpaidBills.map((bill) => bill.paymentInProgress));
  return {
    unpaidBills,
    totalUnpaid: krw(sumKrw(unpaidBills.map((bill) => bill.remainingAmount)) - totalInProgress),
    totalInProgress,
    asOfMs: Date.parse('2026-11-22T17:20:00+09:00'),
    maskedLine: '010-****-1001',
    lineStatus: 'active',
    ...parts,
  };
}
