import type { StandingGrant } from '../identity/standingGrant';
import type { BillingStatement } from './billingGateway';
import type { SeoulDay } from './seoulCalendar';

/** All that may be known of bills without the customer there: no amount, no line, no name. */
export interface DueStatus {
  /** Something is still to be paid that is not on its way. */
  readonly anythingDue: boolean;
  /** Due dates of what is still to be paid, as the ledger says them, earliest first, each once. */
  readonly dueDates: readonly SeoulDay[];
  /** No payment is on its way to the books. */
  readonly settled: boolean;
}

/** The narrow door of the billing system: see docs/decisions/0009-reminders.md. */
export interface DueStatusGateway {
  /**
   * Whether anything is due on the granted line, and when.
   * @throws StepUpRequired when the grant was not made by `StandingGrants` or has expired
   * @throws BillingUnavailableError on timeout, error status or unexpected body
   */
  dueStatus(grant: StandingGrant): Promise<DueStatus>;
  /** Whether the billing system answers at all; asks about nobody. */
  isAnswering(): Promise<boolean>;
}

/** What of a statement may leave by the narrow door. */
export function dueStatusOf({ unpaidBills, totalInProgress }: BillingStatement): DueStatus {
  const due = unpaidBills.filter(
    ({ remainingAmount, paymentInProgress }) => remainingAmount > paymentInProgress,
  );
  const dueDates = [...new Set(due.map(({ paymentDueDate }) => paymentDueDate))].sort();
  return { anythingDue: due.length > 0, dueDates, settled: totalInProgress === 0 };
}
