import type { BilledService } from '../billingGateway';
import type { BillFacts } from '../billingStatement';
import { type Krw, minusKrw, noWon, sumKrw } from '../krw';
import { monthBefore } from '../seoulCalendar';
import { instantOf, seoulDayOf, type WireBill } from './tmfShapes';

/** A bill with what payments are matched by. `paymentInProgress` is still 0. */
export interface TmfBill {
  readonly id: string;
  readonly billingAccountId: string;
  readonly facts: BillFacts;
  /** Payments that are booked on it already. */
  readonly bookedPaymentIds: ReadonlySet<string>;
  /** Epoch ms; undefined when not told. */
  readonly lastUpdateMs: number | undefined;
}

/** Prints of a bill that already exists, and bills of customers on trial: no debt. TMF678 names the categories. */
const noDebt = /^(?:duplicate|trial)/i;
const creditNote = /credit/i;

/**
 * A bill of the wire as the customer's bill. Amounts are trusted, states are not: carriers spell them
 * differently (STYLE: names).
 * @param unissuedStates states of bills that the customer has not got yet
 * @returns undefined for what is no debt: credit notes, duplicates, bills not yet issued
 * @throws Error when something needed is missing or contradicts itself: a guessed amount must not be shown
 */
export function tmfBill(
  wire: WireBill,
  service: BilledService,
  unissuedStates: readonly string[],
): TmfBill | undefined {
  const category = wire.category?.trim() ?? '';
  if (noDebt.test(category) || creditNote.test(category)) return undefined;
  if (wire.state !== undefined && unissuedStates.includes(wire.state)) return undefined;
  const { amountDue, remainingAmount } = amountsOf(wire);
  const id = wire.id ?? wire.billNo;
  const billNo = wire.billNo ?? wire.id;
  const billingAccountId = wire.billingAccount?.id;
  if (id === undefined || billNo === undefined || billingAccountId === undefined)
    throw new Error('a bill has no number or account');
  return {
    id,
    billingAccountId,
    bookedPaymentIds: new Set(wire.appliedPayment?.flatMap(({ payment }) => payment?.id ?? [])),
    lastUpdateMs: instantOf(wire.lastUpdate),
    facts: {
      billNo,
      service,
      billingMonth: billingMonthOf(wire),
      paymentDueDate: dueDateOf(wire, remainingAmount),
      amountDue,
      // Overpaid: nothing is owed, and what is too much is the carrier's to give back.
      remainingAmount: remainingAmount < 0 ? noWon : remainingAmount,
      paymentInProgress: noWon,
    },
  };
}

function amountsOf(wire: WireBill): { amountDue: Krw; remainingAmount: Krw } {
  const applied = sumKrw(wire.appliedPayment?.flatMap(({ appliedAmount }) => appliedAmount ?? []) ?? []);
  const remainingAmount = wire.remainingAmount ?? computedRemaining(wire, applied);
  if (remainingAmount === undefined) throw new Error('a bill has no amount');
  const amountDue = wire.amountDue ?? sumKrw([remainingAmount, applied]);
  if (amountDue < 0) throw new Error('a bill that is no credit note asks for less than nothing');
  if (remainingAmount < 0 && minusKrw(amountDue, applied) !== remainingAmount)
    throw new Error('less than nothing remains, and no payment explains it');
  return { amountDue, remainingAmount };
}

function computedRemaining(wire: WireBill, applied: Krw): Krw | undefined {
  if (wire.state === 'settled') return noWon;
  return wire.amountDue === undefined ? undefined : minusKrw(wire.amountDue, applied);
}

/** A paid bill is only looked up by number: there a missing day does no harm. */
function dueDateOf(wire: WireBill, remaining: Krw): string {
  const day = seoulDayOf(wire.paymentDueDate) ?? (remaining > 0 ? undefined : seoulDayOf(wire.billDate));
  if (day === undefined) throw new Error('an unpaid bill has no due date');
  return day;
}

/** The month in which the billed period begins; without a period the month before the bill. */
function billingMonthOf(wire: WireBill): string {
  const start = seoulDayOf(wire.billingPeriod?.startDateTime);
  if (start !== undefined) return start.slice(0, 7);
  const billed = seoulDayOf(wire.billDate) ?? seoulDayOf(wire.paymentDueDate);
  if (billed === undefined) throw new Error('a bill has no period and no date');
  return monthBefore(billed);
}

const serviceWords: readonly (readonly [RegExp, BilledService])[] = [
  [/모바일|휴대폰|무선|이동전화|mobile|wireless/i, 'mobile'],
  // 'Internet TV' is TV.
  [/tv|티비|텔레비전/i, 'tv'],
  [/인터넷|초고속|internet|broadband/i, 'internet'],
];

/** TM Forum has no field for it: the account's type, else its name, says what it bills. */
export function serviceOf(...texts: readonly (string | undefined)[]): BilledService {
  for (const text of texts) {
    const found = serviceWords.find(([words]) => words.test(text ?? ''));
    if (found !== undefined) return found[1];
  }
  return 'other';
}
