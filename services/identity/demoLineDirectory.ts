import type { DemoCustomer, DemoLedger } from '../billing/demoLedger';
import type { Clock } from '../clock';
import { maskPhoneNumber } from '../redaction/maskPhoneNumber';
import type { HolderDigests } from './agencyPerson';
import { demoCi } from './demoAgency';
import type { Line, LineDirectory } from './lineDirectory';

const hourMs = 3_600_000;

/** The line system of the demo: the customers of the ledger in `data/`. */
export class DemoLineDirectory implements LineDirectory {
  private readonly byNumber: ReadonlyMap<string, DemoCustomer>;
  private readonly byLine: ReadonlyMap<string, DemoCustomer>;

  constructor(
    ledger: DemoLedger,
    private readonly clock: Clock,
    private readonly holders?: HolderDigests,
  ) {
    this.byNumber = new Map(ledger.customers.map((customer) => [customer.phoneNumber, customer]));
    this.byLine = new Map(ledger.customers.map((customer) => [customer.lineId, customer]));
  }

  async findByPhoneNumber(phoneNumber: string): Promise<Line | undefined> {
    const customer = this.byNumber.get(phoneNumber);
    if (customer === undefined) return undefined;
    const { lineId, lineStatus, billingAccounts, simChangedHoursAgo } = customer;
    return {
      lineId,
      billingAccountIds: billingAccounts.map(({ billingAccountId }) => billingAccountId),
      status: lineStatus,
      // Counted from now, not from the start: a demo that runs for days must still show the refusal.
      ...(simChangedHoursAgo === undefined
        ? {}
        : { simChangedAtMs: this.clock.now() - simChangedHoursAgo * hourMs }),
    };
  }

  async phoneNumberOf(lineId: string): Promise<string | undefined> {
    return this.byLine.get(lineId)?.phoneNumber;
  }

  async maskedNumberOf(lineId: string): Promise<string | undefined> {
    const customer = this.byLine.get(lineId);
    return customer === undefined ? undefined : maskPhoneNumber(customer.phoneNumber);
  }

  async holderDigestOf(lineId: string): Promise<string | undefined> {
    const holder = this.byLine.get(lineId)?.holder;
    return holder === undefined ? undefined : this.holders?.digestOf(demoCi(holder));
  }
}
