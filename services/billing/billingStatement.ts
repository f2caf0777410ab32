import type { BillHeading, BillingAnswer, BillingStatement, CustomerBill } from './billingGateway';
import { minusKrw, sumKrw } from './krw';
import type { SeoulDay } from './seoulCalendar';

/** A bill before it is compared with a day. */
export type BillFacts = Omit<CustomerBill, 'overdue'>;

/**
 * Adds bills up to what the customer owes.
 * @param bills the customer's bills, those with nothing left among them
 * @param today day in Asia/Seoul that due dates are compared with
 */
export function statementOf(
  bills: readonly BillFacts[],
  today: SeoulDay,
  facts: BillingAnswer & Pick<BillingStatement, 'lineStatus'>,
): BillingStatement {
  const unpaidBills = bills
    .filter(({ remainingAmount }) => remainingAmount > 0)
    .map((bill) => ({ ...bill, overdue: isOverdue(bill, today) }))
    .sort(overdueFirst);
  const totalInProgress = sumKrw(unpaidBills.map(({ paymentInProgress }) => paymentInProgress));
  const totalRemaining = sumKrw(unpaidBills.map(({ remainingAmount }) => remainingAmount));
  return { ...facts, unpaidBills, totalUnpaid: minusKrw(totalRemaining, totalInProgress), totalInProgress };
}

export function headingOf({ billNo, service, billingMonth, amountDue }: BillFacts): BillHeading {
  return { billNo, service, billingMonth, amountDue };
}

/** By due date, then by number, so that equal bills always come in the same order. */
export function byDueDate(one: BillFacts, other: BillFacts): number {
  return compare(one.paymentDueDate, other.paymentDueDate) || compare(one.billNo, other.billNo);
}

function isOverdue(bill: BillFacts, today: SeoulDay): boolean {
  return bill.remainingAmount > bill.paymentInProgress && bill.paymentDueDate < today;
}

function overdueFirst(one: CustomerBill, other: CustomerBill): number {
  if (one.overdue !== other.overdue) return one.overdue ? -1 : 1;
  return byDueDate(one, other);
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
