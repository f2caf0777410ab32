import type { Clock } from '../clock';
import { BillingUnavailableError } from '../errors';
import { type Proof, requireLevel } from '../identity/proof';
import { maskPhoneNumber } from '../redaction/maskPhoneNumber';
import type { BillingGateway, BillingStatement, CustomerBill } from './billingGateway';
import type { DemoBill, DemoLedger } from './demoLedger';
import { krw, sumKrw } from './krw';
import { addDays, monthBefore, monthsEarlier, type SeoulDay, seoulDayAt } from './seoulCalendar';

/**
 * The billing system of the demo: the ledger in `data/`, with its dates counted from the day on which this
 * object was made.
 */
export class DemoBillingGateway implements BillingGateway {
  private readonly firstDay: SeoulDay;

  constructor(
    private readonly ledger: DemoLedger,
    private readonly clock: Clock,
  ) {
    this.firstDay = seoulDayAt(clock.now());
  }

  async unpaidBills(proof: Proof): Promise<BillingStatement> {
    const asOfMs = this.clock.now();
    const { lineId } = requireLevel(proof, 'acr1', asOfMs);
    const customer = this.ledger.customers.find((candidate) => candidate.lineId === lineId);
    if (customer === undefined) throw new BillingUnavailableError('the demo ledger has no such line');

    const today = seoulDayAt(asOfMs);
    const unpaidBills = customer.billingAccounts
      .flatMap(({ service, bills }) => bills.map((bill) => this.billOf(bill, service, today)))
      .filter(({ remainingAmount }) => remainingAmount > 0)
      .sort(overdueFirst);
    const totalInProgress = sumKrw(unpaidBills.map(({ paymentInProgress }) => paymentInProgress));
    const totalRemaining = sumKrw(unpaidBills.map(({ remainingAmount }) => remainingAmount));
    return {
      unpaidBills,
      totalUnpaid: krw(totalRemaining - totalInProgress),
      totalInProgress,
      asOfMs,
      maskedLine: maskPhoneNumber(customer.phoneNumber),
      lineStatus: customer.lineStatus,
    };
  }

  private billOf(bill: DemoBill, service: CustomerBill['service'], today: SeoulDay): CustomerBill {
    const { serial, amountDue, remainingAmount, paymentInProgress } = bill;
    const latestDue = addDays(this.firstDay, bill.dueInDays);
    const paymentDueDate = monthsEarlier(latestDue, bill.monthsEarlier);
    // A month is billed when it is over: at the start of the demo the current one is not.
    const [latestMonth = ''] = [monthBefore(latestDue), monthBefore(this.firstDay)].sort();
    const billingMonth = monthsEarlier(`${latestMonth}-01`, bill.monthsEarlier).slice(0, 7);
    return {
      billNo: `${billingMonth.replace('-', '')}-${serial}`,
      service,
      billingMonth,
      paymentDueDate,
      amountDue,
      remainingAmount,
      overdue: remainingAmount > paymentInProgress && paymentDueDate < today,
      paymentInProgress,
    };
  }
}

function overdueFirst(one: CustomerBill, other: CustomerBill): number {
  if (one.overdue !== other.overdue) return one.overdue ? -1 : 1;
  return compare(one.paymentDueDate, other.paymentDueDate) || compare(one.billNo, other.billNo);
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
