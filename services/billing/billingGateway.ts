import type { Proof } from '../identity/proof';
import type { Krw } from './krw';

/** A bill as TM Forum's TMF678 names its parts. Amounts in whole won, dates as Asia/Seoul calendar days. */
export interface CustomerBill {
  readonly billNo: string;
  /** What the bill is for: 'mobile', 'internet', 'tv'. */
  readonly service: 'mobile' | 'internet' | 'tv';
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

export interface BillingStatement {
  /** Bills with `remainingAmount` > 0, overdue ones first, then by due date. Empty = nothing owed. */
  readonly unpaidBills: readonly CustomerBill[];
  /**
   * What still has to be paid: all `remainingAmount` less `totalInProgress`, never below 0. Who paid
   * yesterday reads 0 here and finds the bill listed as "in progress", and so does not pay twice.
   */
  readonly totalUnpaid: Krw;
  /** Sum of `paymentInProgress` over all bills, settled soon. */
  readonly totalInProgress: Krw;
  /** When the carrier's system was asked, epoch ms. */
  readonly asOfMs: number;
  /** Masked line, '010-****-1001'. */
  readonly maskedLine: string;
  readonly lineStatus: 'active' | 'suspended';
}

/** The carrier's billing system. Wire shapes stop behind it. */
export interface BillingGateway {
  /**
   * What the verified customer owes on all their billing accounts.
   * @throws StepUpRequired when the proof is below acr1, too old or another's
   * @throws BillingUnavailableError on timeout, error status or unexpected body
   */
  unpaidBills(proof: Proof): Promise<BillingStatement>;
}
