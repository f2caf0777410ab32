import type { Proof } from '../identity/proof';
import type { Krw } from './krw';
import type { SeoulDay } from './seoulCalendar';

/** What a bill is for; 'other' when the carrier's system does not say it in a known way. */
export type BilledService = 'mobile' | 'internet' | 'tv' | 'other';

/** A bill as TM Forum's TMF678 names its parts. Amounts in whole won, dates as Asia/Seoul calendar days. */
export interface CustomerBill {
  readonly billNo: string;
  readonly service: BilledService;
  /** Month of use, 'YYYY-MM'. */
  readonly billingMonth: string;
  /** 'YYYY-MM-DD' in Asia/Seoul. */
  readonly paymentDueDate: string;
  readonly amountDue: Krw;
  readonly remainingAmount: Krw;
  /** The due date is past (Asia/Seoul calendar) and something remains that is not on its way either. */
  readonly overdue: boolean;
  /** Money that has been paid but is not booked yet; 0 when none. */
  readonly paymentInProgress: Krw;
}

/** What every answer of the billing system carries. */
export interface BillingAnswer {
  /** When the carrier's system was asked, epoch ms. */
  readonly asOfMs: number;
  /** Masked line, '010-****-1001'. */
  readonly maskedLine: string;
  /**
   * How many records of another owner came along and were dropped; absent when none did. Somebody must look
   * into that: whoever shows the answer writes it down in the audit log.
   */
  readonly wrongOwnerDropped?: number;
}

export interface BillingStatement extends BillingAnswer {
  /** Bills with `remainingAmount` > 0, overdue ones first, then by due date. Empty = nothing owed. */
  readonly unpaidBills: readonly CustomerBill[];
  /**
   * What still has to be paid: all `remainingAmount` less `totalInProgress`, never below 0. Who paid
   * yesterday reads 0 here and finds the bill listed as "in progress", and so does not pay twice.
   */
  readonly totalUnpaid: Krw;
  /** Sum of `paymentInProgress` over all bills, settled soon. */
  readonly totalInProgress: Krw;
  readonly lineStatus: 'active' | 'suspended';
}

/** A payment as the customer made it; no number of the account or card it came from. */
export interface Payment {
  /** The day it was made, Asia/Seoul. */
  readonly paidOn: SeoulDay;
  readonly amount: Krw;
  /**
   * 'inProgress': received and on its way to the books. 'settled': booked. 'failed': it did not go through.
   * 'unclear': the carrier's system says something else, or has kept it in progress for too long.
   */
  readonly state: 'inProgress' | 'settled' | 'failed' | 'unclear';
}

export interface PaymentHistory extends BillingAnswer {
  /** Of the last 60 days, the newest first. */
  readonly payments: readonly Payment[];
  /** The statement of the same moment, so that both are told from one truth. */
  readonly statement: BillingStatement;
}

export interface BillItem {
  /** The carrier's own words, cleaned and without phone numbers, at most 60 characters. */
  readonly name: string;
  /** Tax included; below 0 for a discount. */
  readonly amount: Krw;
  readonly kind: 'charge' | 'credit' | 'penalty';
}

/** A bill as it is named beside its items. */
export type BillHeading = Pick<CustomerBill, 'billNo' | 'service' | 'billingMonth' | 'amountDue'>;

export interface BillItems extends BillingAnswer {
  readonly bill: BillHeading;
  /** In the carrier's order; may be empty. */
  readonly items: readonly BillItem[];
  /** Sum of the items. It may differ from the bill's amount, say by a balance carried forward. */
  readonly itemsTotal: Krw;
  /** The customer's other bills on which something remains, in the order of the statement. */
  readonly otherUnpaidBills: readonly BillHeading[];
}

export type BillItemsResult =
  | { readonly status: 'found'; readonly billItems: BillItems }
  /** None of this customer's bills has that number: a stale button, or a forged one. */
  | { readonly status: 'notFound'; readonly wrongOwnerDropped?: number }
  /** No bill was named, and none is unpaid. */
  | { readonly status: 'nothingUnpaid'; readonly answer: BillingAnswer };

/** What a billing account is paid from. */
export interface PaymentAccount {
  readonly service: BilledService;
  /** 'none': no automatic payment is set up, or none that the carrier's system tells. */
  readonly kind: 'bank' | 'card' | 'none';
  /** Name of the bank or card; '' when it is not told. */
  readonly institution: string;
  /** Last four digits and nothing before them; '' when they are not told. */
  readonly lastFour: string;
}

export interface PaymentAccounts extends BillingAnswer {
  /** One for each billing account. */
  readonly accounts: readonly PaymentAccount[];
}

/**
 * The carrier's billing system. Wire shapes stop behind it. What may be read follows from the proof alone: no
 * account, line or bill that a customer names widens it.
 */
export interface BillingGateway {
  /**
   * What the verified customer owes on all their billing accounts.
   * @throws StepUpRequired when the proof is below acr1, too old or another's
   * @throws BillingUnavailableError on timeout, error status or unexpected body
   */
  unpaidBills(proof: Proof): Promise<BillingStatement>;
  /**
   * What the customer has paid lately, and how far it has come.
   * @throws StepUpRequired when the proof is below acr1, too old or another's
   * @throws BillingUnavailableError as above
   */
  payments(proof: Proof): Promise<PaymentHistory>;
  /**
   * The line items of one of the customer's own bills, paid or not.
   * @param billNo hostile input: it is looked for among the customer's bills, never asked for by itself;
   * undefined = the first unpaid bill
   * @throws StepUpRequired when the proof is below acr2, too old or another's
   * @throws BillingUnavailableError as above
   */
  billItems(proof: Proof, billNo: string | undefined): Promise<BillItemsResult>;
  /**
   * What the bills are paid from, masked.
   * @throws StepUpRequired when the proof is below acr2, too old or another's
   * @throws BillingUnavailableError as above
   */
  paymentAccount(proof: Proof): Promise<PaymentAccounts>;
}
