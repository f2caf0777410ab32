import type { Payment } from '../billingGateway';
import { type BillFacts, byDueDate } from '../billingStatement';
import { type Krw, minKrw, minusKrw, noWon, sumKrw } from '../krw';
import { seoulDayAt } from '../seoulCalendar';
import type { TmfBill } from './tmfBills';
import { instantOf, type WirePayment } from './tmfShapes';

/** A payment of the wire, read. */
export interface TmfPayment {
  readonly id: string;
  readonly accountId: string;
  readonly amount: Krw;
  /** Epoch ms. */
  readonly paidAtMs: number;
  readonly state: Payment['state'];
  /** By bill id; empty when the payment names no bills. */
  readonly perBill: ReadonlyMap<string, Krw>;
}

const dayMs = 86_400_000;

/**
 * After a week nobody should count on a payment that is still not booked: it may have failed unseen, and who
 * was told "on its way" would not pay.
 */
const inProgressMs = 7 * dayMs;
/** A clock of the carrier's may run ahead of ours. */
const clockSkewMs = 5 * 60_000;

/** TMF676's example states; carriers add their own. */
const states: Readonly<Record<string, Payment['state']>> = {
  pendingAuthorization: 'inProgress',
  authorized: 'inProgress',
  captured: 'inProgress',
  done: 'settled',
  failed: 'failed',
  canceled: 'failed',
  cancelled: 'failed',
  denied: 'failed',
};

/**
 * @param nowMs epoch ms
 * @returns undefined for a payment without account, date or amount, or with none above 0: nothing to tell
 */
export function tmfPayment(wire: WirePayment, nowMs: number): TmfPayment | undefined {
  const amount = wire.totalAmount ?? wire.amount;
  const paidAtMs = instantOf(wire.paymentDate) ?? instantOf(wire.statusDate);
  if (amount === undefined || amount <= 0 || paidAtMs === undefined || wire.account === undefined)
    return undefined;
  const age = nowMs - paidAtMs;
  const said = Object.hasOwn(states, wire.status ?? '') ? states[wire.status ?? ''] : undefined;
  const stale = said === 'inProgress' && (age > inProgressMs || age < -clockSkewMs);
  return {
    id: wire.id,
    accountId: wire.account.id,
    amount,
    paidAtMs,
    state: stale ? 'unclear' : (said ?? 'unclear'),
    perBill: perBillOf(wire, amount),
  };
}

/**
 * Puts payments that are not booked yet on their bills: those that name bills on these, the others on the
 * account's oldest. No bill gets more than remains of it.
 * @param nowMs epoch ms
 */
export function withPaymentsInProgress(
  bills: readonly TmfBill[],
  payments: readonly TmfPayment[],
  nowMs: number,
): BillFacts[] {
  const onItsWay = new Map<TmfBill, Krw>();
  const put = (bill: TmfBill, amount: Krw): Krw => {
    const already = onItsWay.get(bill) ?? noWon;
    const taken = minKrw(amount, minusKrw(bill.facts.remainingAmount, already));
    if (taken > 0) onItsWay.set(bill, sumKrw([already, taken]));
    return taken > 0 ? taken : noWon;
  };
  for (const payment of payments) {
    const mine = bills.filter((bill) => isOwedBy(bill, payment, nowMs));
    if (payment.perBill.size > 0) {
      for (const bill of mine)
        put(bill, payment.perBill.get(bill.id) ?? payment.perBill.get(bill.facts.billNo) ?? noWon);
      continue;
    }
    let left = payment.amount;
    for (const bill of [...mine].sort((one, other) => byDueDate(one.facts, other.facts)))
      left = minusKrw(left, put(bill, left));
  }
  return bills.map((bill) => ({ ...bill.facts, paymentInProgress: onItsWay.get(bill) ?? noWon }));
}

/** For the customer, the newest first. */
export function paymentsToTell(payments: readonly TmfPayment[], sinceMs: number): Payment[] {
  return payments
    .filter(({ paidAtMs }) => paidAtMs >= sinceMs)
    .sort((one, other) => other.paidAtMs - one.paidAtMs)
    .map(({ paidAtMs, amount, state }) => ({ paidOn: seoulDayAt(paidAtMs), amount, state }));
}

/**
 * Whether this payment still has to be taken off the bill. One that is done counts only when the bill was
 * last touched before: taking it off twice would tell somebody who owes that they need not pay.
 */
function isOwedBy(bill: TmfBill, payment: TmfPayment, nowMs: number): boolean {
  if (bill.billingAccountId !== payment.accountId || bill.facts.remainingAmount <= 0) return false;
  if (bill.bookedPaymentIds.has(payment.id)) return false;
  if (payment.state === 'inProgress') return true;
  if (payment.state !== 'settled' || nowMs - payment.paidAtMs > inProgressMs) return false;
  // Without the bills it is for, "done" may as well mean an older bill.
  if (!payment.perBill.has(bill.id) && !payment.perBill.has(bill.facts.billNo)) return false;
  return bill.lastUpdateMs !== undefined && bill.lastUpdateMs < payment.paidAtMs;
}

function perBillOf(wire: WirePayment, whole: Krw): Map<string, Krw> {
  const items = wire.paymentItem ?? [];
  const found = new Map<string, Krw>();
  for (const { item, totalAmount, amount } of items) {
    const share = totalAmount ?? amount ?? (items.length === 1 ? whole : undefined);
    if (item?.id === undefined || share === undefined || share <= 0) continue;
    found.set(item.id, sumKrw([found.get(item.id) ?? noWon, share]));
  }
  return found;
}
