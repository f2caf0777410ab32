import type { DemoBill, DemoCustomer, DemoLedger } from '../../services/billing/demoLedger';
import { addDays, monthBefore, monthsEarlier, seoulDayAt } from '../../services/billing/seoulCalendar';

export type Json = { readonly [key: string]: unknown };

/** Everything a carrier's system holds, by resource. */
export interface TmfData {
  readonly product: readonly Json[];
  readonly billingAccount: readonly Json[];
  readonly customerBill: readonly Json[];
  readonly appliedCustomerBillingRate: readonly Json[];
  readonly payment: readonly Json[];
  readonly paymentMethod: readonly Json[];
}

export type Version = 'v4' | 'v5';

const hourMs = 3_600_000;
const accountNames = { mobile: '모바일 요금', internet: '인터넷 요금', tv: 'TV 요금' };
const paymentStates = { inProgress: 'captured', settled: 'done', failed: 'failed' };

export const won = (value: number) => ({ unit: 'KRW', value });

/** The people and bills of the demo as a carrier's TM Forum system would serve them at a moment, epoch ms. */
export function tmfDataOf(ledger: DemoLedger, nowMs: number, version: Version): TmfData {
  const parts = ledger.customers.map((customer, index) =>
    new CustomerData(customer, `CU-${index + 1}`, nowMs, version).data(),
  );
  const all = (resource: keyof TmfData) => parts.flatMap((part) => part[resource]);
  return {
    product: all('product'),
    billingAccount: all('billingAccount'),
    customerBill: all('customerBill'),
    appliedCustomerBillingRate: all('appliedCustomerBillingRate'),
    payment: all('payment'),
    paymentMethod: all('paymentMethod'),
  };
}

class CustomerData {
  private readonly today: string;

  constructor(
    private readonly customer: DemoCustomer,
    private readonly customerId: string,
    private readonly nowMs: number,
    private readonly version: Version,
  ) {
    this.today = seoulDayAt(nowMs);
  }

  data(): TmfData {
    const { billingAccounts } = this.customer;
    const bills = billingAccounts.flatMap((account) => account.bills.map((bill) => ({ account, bill })));
    return {
      product: [this.product()],
      billingAccount: billingAccounts.map((account) => this.account(account)),
      customerBill: bills.map(({ account, bill }) => this.bill(account, bill)),
      appliedCustomerBillingRate: bills.flatMap(({ account, bill }) => this.rates(account, bill)),
      payment: bills.flatMap(({ account, bill }) => this.payments(account, bill)),
      paymentMethod: billingAccounts.flatMap((account) => this.paymentMethods(account)),
    };
  }

  private product(): Json {
    const { lineId, phoneNumber, lineStatus, simChangedHoursAgo, billingAccounts } = this.customer;
    const changedAt = this.nowMs - (simChangedHoursAgo ?? 24 * 400) * hourMs;
    return {
      id: lineId,
      '@type': 'Product',
      name: '휴대폰 회선',
      status: lineStatus,
      billingAccount: { id: billingAccounts[0]?.billingAccountId ?? '', '@referredType': 'BillingAccount' },
      relatedParty: [this.customerV4()],
      productCharacteristic: [
        { name: 'msisdn', valueType: 'string', value: phoneNumber },
        { name: 'simChangedAt', valueType: 'dateTime', value: new Date(changedAt).toISOString() },
        { name: 'holderDigest', valueType: 'string', value: `digest-of-${this.customerId}` },
      ],
    };
  }

  private account({ billingAccountId, service }: DemoCustomer['billingAccounts'][number]): Json {
    return {
      id: billingAccountId,
      '@type': 'BillingAccount',
      name: accountNames[service],
      relatedParty: [{ ...this.customerV4(), name: this.customerId }],
      ...(this.methodId(billingAccountId) === undefined
        ? {}
        : { defaultPaymentMethod: { id: this.methodId(billingAccountId) } }),
    };
  }

  private bill({ billingAccountId, service }: DemoCustomer['billingAccounts'][number], bill: DemoBill): Json {
    const { month, due, billNo } = this.datesOf(bill);
    const { amountDue, remainingAmount } = bill;
    const state = remainingAmount === 0 ? 'settled' : remainingAmount < amountDue ? 'partiallyPaid' : 'sent';
    const booked = this.paymentIds(bill).filter(({ state: is }) => is === 'settled');
    return {
      id: this.billId(bill),
      href: `/customerBill/${this.billId(bill)}`,
      '@type': 'CustomerBill',
      billNo,
      category: 'normal',
      runType: 'onCycle',
      state,
      billDate: `${addDays(due, -20)}T00:00:00+09:00`,
      lastUpdate: new Date(this.nowMs - 3 * 24 * hourMs).toISOString(),
      // 23:59:59 in Seoul, written as UTC: the day must be read in Seoul.
      paymentDueDate: new Date(Date.parse(`${due}T23:59:59+09:00`)).toISOString(),
      billingPeriod: { startDateTime: `${month}-01T00:00:00+09:00` },
      amountDue: won(amountDue),
      remainingAmount: won(remainingAmount),
      appliedPayment: booked.map(({ id, amount }) => ({
        appliedAmount: won(amount),
        payment: { id, ...(this.version === 'v5' ? { '@type': 'PaymentRef' } : {}) },
      })),
      billingAccount: {
        id: billingAccountId,
        name: accountNames[service],
        ...(this.version === 'v5' ? { '@type': 'BillingAccountRef' } : {}),
      },
      relatedParty: [this.version === 'v4' ? this.customerV4() : this.customerV5()],
    };
  }

  private rates(account: DemoCustomer['billingAccounts'][number], bill: DemoBill): Json[] {
    return (bill.items ?? []).map(({ name, amount, kind }, index) => {
      const type = {
        charge: 'recurringCharge',
        credit: 'appliedBillingCredit',
        penalty: 'appliedPenaltyCharge',
      };
      return {
        id: `${this.billId(bill)}-R${index + 1}`,
        '@type': 'AppliedCustomerBillingRate',
        name,
        isBilled: true,
        [this.version === 'v4' ? 'type' : 'appliedBillingRateType']: type[kind],
        bill: { id: this.billId(bill), ...(this.version === 'v5' ? { '@type': 'CustomerBillRef' } : {}) },
        billingAccount: {
          id: account.billingAccountId,
          ...(this.version === 'v5' ? { '@type': 'BillingAccountRef' } : {}),
        },
        taxIncludedAmount: won(amount),
      };
    });
  }

  private payments({ billingAccountId }: DemoCustomer['billingAccounts'][number], bill: DemoBill): Json[] {
    return this.paymentIds(bill).map(({ id, amount, state, daysAgo }) => ({
      id,
      '@type': 'Payment',
      status: paymentStates[state],
      paymentDate: `${addDays(this.today, -daysAgo)}T12:00:00+09:00`,
      totalAmount: won(amount),
      account: { id: billingAccountId },
      paymentMethod: { id: this.methodId(billingAccountId) ?? 'giro' },
      paymentItem: [
        { item: { id: this.billId(bill), '@referredType': 'CustomerBill' }, totalAmount: won(amount) },
      ],
    }));
  }

  private paymentMethods(account: DemoCustomer['billingAccounts'][number]): Json[] {
    const { paymentAccount, billingAccountId } = account;
    const id = this.methodId(billingAccountId);
    if (paymentAccount === undefined || id === undefined) return [];
    const { kind, institution, lastFour } = paymentAccount;
    return kind === 'bank'
      ? [
          {
            id,
            '@type': 'bankAccountDebit',
            name: '계좌',
            bank: institution,
            accountNumber: `110-234-56${lastFour}`,
          },
        ]
      : [
          {
            id,
            '@type': 'bankCard',
            name: '카드',
            bank: institution,
            cardNumber: `9400-1122-3344-${lastFour}`,
          },
        ];
  }

  private datesOf(bill: DemoBill): { month: string; due: string; billNo: string } {
    const latestDue = addDays(this.today, bill.dueInDays);
    const due = monthsEarlier(latestDue, bill.monthsEarlier);
    const [latestMonth = ''] = [monthBefore(latestDue), monthBefore(this.today)].sort();
    const month = monthsEarlier(`${latestMonth}-01`, bill.monthsEarlier).slice(0, 7);
    return { month, due, billNo: `${month.replace('-', '')}-${bill.serial}` };
  }

  private paymentIds(bill: DemoBill) {
    return (bill.payments ?? []).map((one, index) => ({
      ...one,
      id: `PM-${this.billId(bill)}-${index + 1}`,
    }));
  }

  private billId({ serial }: DemoBill): string {
    return `CB-${this.customerId}-${serial}`;
  }

  private methodId(billingAccountId: string): string | undefined {
    const account = this.customer.billingAccounts.find((one) => one.billingAccountId === billingAccountId);
    return account?.paymentAccount === undefined ? undefined : `method-${billingAccountId}`;
  }

  private customerV4(): Json {
    return { id: this.customerId, role: 'customer', '@referredType': 'Individual' };
  }

  private customerV5(): Json {
    return {
      '@type': 'RelatedPartyRefOrPartyRoleRef',
      role: 'customer',
      partyOrPartyRole: { '@type': 'PartyRef', '@referredType': 'Individual', id: this.customerId },
    };
  }
}
