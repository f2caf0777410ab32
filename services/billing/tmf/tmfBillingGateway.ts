import { z } from 'zod';
import type { Clock } from '../../clock';
import { BillingUnavailableError } from '../../errors';
import type { Proof } from '../../identity/proof';
import { requireLevel } from '../../identity/proof';
import { requireGrant, type StandingGrant } from '../../identity/standingGrant';
import { maskPhoneNumber } from '../../redaction/maskPhoneNumber';
import { RefusedByBackEnd } from '../../resilience/callPolicy';
import type {
  BillItemsResult,
  BillingAnswer,
  BillingGateway,
  BillingStatement,
  PaymentAccounts,
  PaymentHistory,
} from '../billingGateway';
import { headingOf, statementOf } from '../billingStatement';
import { type DueStatus, type DueStatusGateway, dueStatusOf } from '../dueStatus';
import { sumKrw } from '../krw';
import { seoulDayAt } from '../seoulCalendar';
import { accountsOf, type TmfAccount } from './tmfAccounts';
import type { OnTmfAlarm } from './tmfAlarm';
import { type TmfBill, tmfBill } from './tmfBills';
import type { TmfClient } from './tmfClient';
import { billItem, paymentAccountOf } from './tmfDetails';
import type { TmfLine, TmfLines } from './tmfLines';
import { type TmfOptions, tmfUrl } from './tmfOptions';
import { paymentsToTell, type TmfPayment, tmfPayment, withPaymentsInProgress } from './tmfPayments';
import { billingRate, customerBill, payment, paymentMethod, recordId } from './tmfShapes';

export interface TmfBillingParts {
  readonly client: TmfClient;
  readonly lines: TmfLines;
  readonly options: TmfOptions;
  readonly clock: Clock;
  readonly onAlarm: OnTmfAlarm;
}

/** One answer in the making: whose it is, until when it may take, and what came along that is another's. */
interface Question {
  readonly line: TmfLine;
  readonly accounts: readonly TmfAccount[];
  readonly deadline: AbortSignal;
  readonly nowMs: number;
  readonly owners: { dropped: number };
}

/** Payments that are told: two billing months. */
const paymentsToldMs = 60 * 86_400_000;

const nobodysAccount = 'is-billing-there';

const billOwner = z.object({ billingAccount: z.object({ id: z.string() }) });
const paymentOwner = z.object({ account: z.object({ id: z.string() }) });
const rateOwner = z.object({ bill: z.object({ id: z.string() }) });

/**
 * A carrier's billing system behind TM Forum's APIs: bills (TMF678 v4 or v5), accounts (TMF666), lines (TMF637),
 * payments (TMF676) and payment methods (TMF670). An answer is whole and checked, or it is none: it takes at most
 * the call policy's budget (4 s), and every record is compared with the proof's own accounts.
 */
export class TmfBillingGateway implements BillingGateway, DueStatusGateway {
  constructor(private readonly parts: TmfBillingParts) {}

  async unpaidBills(proof: Proof): Promise<BillingStatement> {
    const { lineId } = requireLevel(proof, 'acr1', this.parts.clock.now());
    return this.answer(lineId, async (question) => {
      const [bills, payments] = await Promise.all([this.bills(question), this.paymentsOf(question)]);
      return this.statement(question, bills, payments);
    });
  }

  async dueStatus(grant: StandingGrant): Promise<DueStatus> {
    const { lineId } = requireGrant(grant, this.parts.clock.now());
    return this.answer(lineId, async (question) => {
      const [bills, payments] = await Promise.all([this.bills(question), this.paymentsOf(question)]);
      return dueStatusOf(this.statement(question, bills, payments));
    });
  }

  async isAnswering(): Promise<boolean> {
    const { client, options } = this.parts;
    // The bills of an account that nobody has: the answer, an empty list, is about no one.
    const url = tmfUrl(options.billUrl, 'customerBill', { 'billingAccount.id': nobodysAccount });
    return client.list(url, recordId, client.deadline()).then(
      () => true,
      // Some say 404 of an account that nobody has: that is an answer too.
      (error: unknown) => error instanceof RefusedByBackEnd && error.status === 404,
    );
  }

  async payments(proof: Proof): Promise<PaymentHistory> {
    const { lineId } = requireLevel(proof, 'acr1', this.parts.clock.now());
    return this.answer(lineId, async (question) => {
      const [bills, payments] = await Promise.all([this.bills(question), this.paymentsOf(question)]);
      const statement = this.statement(question, bills, payments);
      const told = paymentsToTell(payments, question.nowMs - paymentsToldMs);
      return { ...answerOf(question), payments: told, statement };
    });
  }

  async billItems(proof: Proof, billNo: string | undefined): Promise<BillItemsResult> {
    const { lineId } = requireLevel(proof, 'acr2', this.parts.clock.now());
    return this.answer(lineId, async (question) => {
      const bills = await this.bills(question);
      const { unpaidBills } = this.statement(question, bills, []);
      const wanted = billNo ?? unpaidBills[0]?.billNo;
      if (wanted === undefined) return { status: 'nothingUnpaid', answer: answerOf(question) };
      const bill = bills.find(({ facts }) => facts.billNo === wanted);
      if (bill === undefined) return { status: 'notFound', ...droppedOf(question) };
      const url = tmfUrl(this.parts.options.billUrl, 'appliedCustomerBillingRate', { 'bill.id': bill.id });
      const found = await this.parts.client.list(url, recordId, question.deadline);
      const own = this.ownOnly(question, 'appliedCustomerBillingRate', found, (item) => {
        return rateOwner.parse(item).bill.id === bill.id;
      });
      const items = own.map((item) => billItem(billingRate.parse(item)));
      const itemsTotal = sumKrw(items.map(({ amount }) => amount));
      const otherUnpaidBills = unpaidBills.filter((other) => other.billNo !== wanted).map(headingOf);
      return {
        status: 'found',
        billItems: {
          ...answerOf(question),
          bill: headingOf(bill.facts),
          items,
          itemsTotal,
          otherUnpaidBills,
        },
      };
    });
  }

  async paymentAccount(proof: Proof): Promise<PaymentAccounts> {
    const { lineId } = requireLevel(proof, 'acr2', this.parts.clock.now());
    return this.answer(lineId, async (question) => {
      const accounts = await Promise.all(
        question.accounts.map(async ({ service, paymentMethodId }) =>
          paymentAccountOf(await this.paymentMethod(paymentMethodId, question.deadline), service),
        ),
      );
      return { ...answerOf(question), accounts };
    });
  }

  private async answer<T>(lineId: string, ask: (question: Question) => Promise<T>): Promise<T> {
    const { client, lines, options, clock, onAlarm } = this.parts;
    const nowMs = clock.now();
    const deadline = client.deadline();
    const owners = { dropped: 0 };
    try {
      const line = await lines.byId(lineId, deadline);
      if (line === undefined) throw new Error('the inventory has no such line');
      const { accounts, wrongOwner } = await accountsOf(line, client, options, deadline);
      if (wrongOwner > 0) onAlarm({ kind: 'wrongOwner', resource: 'billingAccount', count: wrongOwner });
      owners.dropped = wrongOwner;
      return await ask({ line, accounts, deadline, nowMs, owners });
    } catch (cause) {
      throw new BillingUnavailableError('the billing system gave no usable answer', {
        cause,
        wrongOwnerDropped: owners.dropped,
      });
    }
  }

  private async bills(question: Question): Promise<TmfBill[]> {
    const { billUrl, unissuedStates } = this.parts.options;
    const serviceOf = new Map(question.accounts.map(({ id, service }) => [id, service]));
    const found = await this.ofAllAccounts(question, 'customerBill', {
      // No filter by state: carriers spell states differently, and a bill must not be missed.
      url: (id) => tmfUrl(billUrl, 'customerBill', { 'billingAccount.id': id }),
      ownerOf: (item) => billOwner.parse(item).billingAccount.id,
    });
    return found
      .map((item) => customerBill.parse(item))
      .map((wire) => tmfBill(wire, serviceOf.get(wire.billingAccount?.id ?? '') ?? 'other', unissuedStates))
      .filter((bill) => bill !== undefined);
  }

  private async paymentsOf(question: Question): Promise<TmfPayment[]> {
    const { paymentUrl } = this.parts.options;
    if (paymentUrl === undefined) return [];
    const found = await this.ofAllAccounts(question, 'payment', {
      url: (id) => tmfUrl(paymentUrl, 'payment', { 'account.id': id }),
      ownerOf: (item) => paymentOwner.parse(item).account.id,
    });
    return found
      .map((item) => tmfPayment(payment.parse(item), question.nowMs))
      .filter((read) => read !== undefined);
  }

  private async paymentMethod(id: string | undefined, deadline: AbortSignal) {
    const { paymentMethodUrl } = this.parts.options;
    if (id === undefined || paymentMethodUrl === undefined) return undefined;
    const url = tmfUrl(paymentMethodUrl, `paymentMethod/${encodeURIComponent(id)}`);
    const body = await this.parts.client.resource(url, deadline);
    const method = body === undefined ? undefined : paymentMethod.parse(body);
    if (method !== undefined && method.id !== id) throw new Error('another payment method was answered');
    return method;
  }

  /**
   * The customer's own records, account by account, each once: a server that ignores the question gives the same
   * to each. `ownerOf` throws for a record that does not say whose it is: it may be the one that matters.
   */
  private async ofAllAccounts(
    question: Question,
    resource: string,
    { url, ownerOf }: { url: (accountId: string) => URL; ownerOf: (item: unknown) => string },
  ): Promise<unknown[]> {
    const { client } = this.parts;
    const accounts = new Set(question.accounts.map(({ id }) => id));
    const lists = await Promise.all(
      [...accounts].map((id) => client.list(url(id), recordId, question.deadline)),
    );
    const own = lists.flatMap((list) =>
      this.ownOnly(question, resource, list, (item) => accounts.has(ownerOf(item))),
    );
    return [...new Map(own.map((item) => [recordId(item), item])).values()];
  }

  private ownOnly(
    question: Question,
    resource: string,
    found: readonly unknown[],
    isOwn: (item: unknown) => boolean,
  ): unknown[] {
    const own = found.filter(isOwn);
    const count = found.length - own.length;
    if (count === 0) return own;
    this.parts.onAlarm({ kind: 'wrongOwner', resource, count });
    question.owners.dropped += count;
    // Nothing but others' records is no answer: "nothing owed" might be the one thing that is not true.
    if (own.length === 0) throw new Error(`only records of others came: ${resource}`);
    return own;
  }

  private statement(
    question: Question,
    bills: readonly TmfBill[],
    payments: readonly TmfPayment[],
  ): BillingStatement {
    const { nowMs, line } = question;
    const facts = { ...answerOf(question), lineStatus: line.status };
    return statementOf(withPaymentsInProgress(bills, payments, nowMs), seoulDayAt(nowMs), facts);
  }
}

function answerOf(question: Question): BillingAnswer {
  const { line, nowMs } = question;
  return { asOfMs: nowMs, maskedLine: maskPhoneNumber(line.phoneNumber), ...droppedOf(question) };
}

function droppedOf({ owners }: Question): { wrongOwnerDropped?: number } {
  return owners.dropped === 0 ? {} : { wrongOwnerDropped: owners.dropped };
}
