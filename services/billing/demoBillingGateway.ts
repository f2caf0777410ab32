import type { Clock } from '../clock';
import { BillingUnavailableError } from '../errors';
import { type Proof, requireLevel } from '../identity/proof';
import { requireGrant, type StandingGrant } from '../identity/standingGrant';
import { maskPhoneNumber } from '../redaction/maskPhoneNumber';
import type {
  BillItemsResult,
  BillingAnswer,
  BillingGateway,
  BillingStatement,
  Payment,
  PaymentAccounts,
  PaymentHistory,
} from './billingGateway';
import { type BillFacts, headingOf, statementOf } from './billingStatement';
import type { DemoBill, DemoCustomer, DemoLedger } from './demoLedger';
import { type DueStatus, type DueStatusGateway, dueStatusOf } from './dueStatus';
import { sumKrw } from './krw';
import { addDays, monthBefore, monthsEarlier, type SeoulDay, seoulDayAt } from './seoulCalendar';

/** A bill of the ledger beside what the customer sees of it. */
interface DatedBill {
  readonly bill: DemoBill;
  readonly facts: BillFacts;
}

/**
 * The billing system of the demo: the ledger in `data/`, with its dates counted from the day on which this
 * object was made.
 */
export class DemoBillingGateway implements BillingGateway, DueStatusGateway {
  private readonly firstDay: SeoulDay;

  constructor(
    private readonly ledger: DemoLedger,
    private readonly clock: Clock,
  ) {
    this.firstDay = seoulDayAt(clock.now());
  }

  async unpaidBills(proof: Proof): Promise<BillingStatement> {
    const { customer, answer } = this.ask(proof, 'acr1');
    return this.statement(customer, answer);
  }

  async payments(proof: Proof): Promise<PaymentHistory> {
    const { customer, answer } = this.ask(proof, 'acr1');
    const today = seoulDayAt(answer.asOfMs);
    const payments = this.billsOf(customer)
      .flatMap(({ bill }) => bill.payments ?? [])
      .map(
        ({ daysAgo, amount, state }): Payment => ({
          paidOn: addDays(state === 'inProgress' ? today : this.firstDay, -daysAgo),
          amount,
          state,
        }),
      )
      .sort((one, other) => (one.paidOn < other.paidOn ? 1 : -1));
    return { ...answer, payments, statement: this.statement(customer, answer) };
  }

  async billItems(proof: Proof, billNo: string | undefined): Promise<BillItemsResult> {
    const { customer, answer } = this.ask(proof, 'acr2');
    const { unpaidBills } = this.statement(customer, answer);
    const wanted = billNo ?? unpaidBills[0]?.billNo;
    if (wanted === undefined) return { status: 'nothingUnpaid', answer };
    const found = this.billsOf(customer).find(({ facts }) => facts.billNo === wanted);
    if (found === undefined) return { status: 'notFound' };
    const items = found.bill.items ?? [];
    return {
      status: 'found',
      billItems: {
        ...answer,
        bill: headingOf(found.facts),
        items,
        itemsTotal: sumKrw(items.map(({ amount }) => amount)),
        otherUnpaidBills: unpaidBills.filter((bill) => bill.billNo !== wanted).map(headingOf),
      },
    };
  }

  async paymentAccount(proof: Proof): Promise<PaymentAccounts> {
    const { customer, answer } = this.ask(proof, 'acr2');
    const accounts = customer.billingAccounts.map(({ service, paymentAccount }) => ({
      service,
      ...(paymentAccount ?? { kind: 'none' as const, institution: '', lastFour: '' }),
    }));
    return { ...answer, accounts };
  }

  async dueStatus(grant: StandingGrant): Promise<DueStatus> {
    const asOfMs = this.clock.now();
    const { customer, answer } = this.customerOf(requireGrant(grant, asOfMs).lineId, asOfMs);
    return dueStatusOf(this.statement(customer, answer));
  }

  async isAnswering(): Promise<boolean> {
    return true;
  }

  private ask(proof: Proof, acr: 'acr1' | 'acr2'): { customer: DemoCustomer; answer: BillingAnswer } {
    const asOfMs = this.clock.now();
    return this.customerOf(requireLevel(proof, acr, asOfMs).lineId, asOfMs);
  }

  private customerOf(lineId: string, asOfMs: number): { customer: DemoCustomer; answer: BillingAnswer } {
    const customer = this.ledger.customers.find((candidate) => candidate.lineId === lineId);
    if (customer === undefined) throw new BillingUnavailableError('the demo ledger has no such line');
    return { customer, answer: { asOfMs, maskedLine: maskPhoneNumber(customer.phoneNumber) } };
  }

  private statement(customer: DemoCustomer, answer: BillingAnswer): BillingStatement {
    const bills = this.billsOf(customer).map(({ facts }) => facts);
    return statementOf(bills, seoulDayAt(answer.asOfMs), { ...answer, lineStatus: customer.lineStatus });
  }

  private billsOf({ billingAccounts }: DemoCustomer): DatedBill[] {
    return billingAccounts.flatMap(({ service, bills }) =>
      bills.map((bill) => ({ bill, facts: this.factsOf(bill, service) })),
    );
  }

  private factsOf(bill: DemoBill, service: BillFacts['service']): BillFacts {
    const { serial, amountDue, remainingAmount, paymentInProgress } = bill;
    const latestDue = addDays(this.firstDay, bill.dueInDays);
    const paymentDueDate = monthsEarlier(latestDue, bill.monthsEarlier);
    // A month is billed when it is over: at the start of the demo the current one is not.
    const [latestMonth = ''] = [monthBefore(latestDue), monthBefore(this.firstDay)].sort();
    const billingMonth = monthsEarlier(`${latestMonth}-01`, bill.monthsEarlier).slice(0, 7);
    const billNo = `${billingMonth.replace('-', '')}-${serial}`;
    return { billNo, service, billingMonth, paymentDueDate, amountDue, remainingAmount, paymentInProgress };
  }
}
