import type {
  BillItems,
  BillingStatement,
  CustomerBill,
  PaymentHistory,
} from '../services/billing/billingGateway';
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

/** October's mobile bill of 66,000 won in two items. */
export function someBillItems(parts: Partial<BillItems> = {}): BillItems {
  return {
    bill: { billNo: '202610-1', service: 'mobile', billingMonth: '2026-10', amountDue: krw(66_000) },
    items: [
      { name: '월 이용료', amount: krw(71_500), kind: 'charge' },
      { name: '선택약정 할인', amount: krw(-5_500), kind: 'credit' },
    ],
    itemsTotal: krw(66_000),
    otherUnpaidBills: [],
    asOfMs: Date.parse('2026-11-22T17:20:00+09:00'),
    maskedLine: '010-****-1001',
    ...parts,
  };
}

/** What billing says about these payments beside these bills, at the same moment. */
export function aHistory(payments: PaymentHistory['payments'], unpaidBills: CustomerBill[]): PaymentHistory {
  const statement = aStatement(unpaidBills);
  return { payments, statement, asOfMs: statement.asOfMs, maskedLine: statement.maskedLine };
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
