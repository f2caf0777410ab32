import type { BillingGateway } from '../../services/billing/billingGateway';
import { minusKrw, sumKrw } from '../../services/billing/krw';
import { addDays, seoulDayAt } from '../../services/billing/seoulCalendar';
import { BillingUnavailableError, StepUpRequired } from '../../services/errors';
import { mintProof, Proof } from '../../services/identity/proof';
import { aBinding, type MovableClock, minuteMs } from '../services/identity/identityDesk';

export interface Carrier {
  readonly billing: BillingGateway;
  readonly clock: MovableClock;
  proof(phoneNumber: string, acr?: 'acr1' | 'acr2'): Proof;
  close(): Promise<void>;
}

const everybody = [1001, 1002, 1003, 1004, 1005, 1006, 1007].map((last) => `0100000${last}`);

/** What every billing gateway does for the same people and bills: those of the demo ledger. */
export function describeBillingGateway(name: string, open: () => Promise<Carrier>): void {
  describe(`billing, ${name}`, () => {
    let carrier: Carrier;
    beforeEach(async () => {
      carrier = await open();
    });
    afterEach(() => carrier.close());

    const unpaid = (phoneNumber: string) => carrier.billing.unpaidBills(carrier.proof(phoneNumber));

    it.each([
      ['01000001001', 77_300, 0, ['mobile 35000 overdue', 'mobile 42300']],
      ['01000001002', 0, 0, []],
      ['01000001003', 31_000, 0, ['mobile 31000 overdue']],
      ['01000001004', 0, 52_800, ['mobile 52800']],
      ['01000001005', 154_000, 0, ['mobile 49500 overdue', 'mobile 52000 overdue', 'mobile 52500 overdue']],
      ['01000001006', 88_000, 0, ['mobile 55000 overdue', 'internet 33000']],
      ['01000001007', 48_000, 0, ['mobile 48000 overdue']],
    ])('%s owes %i won, with %i won on its way', async (phoneNumber, owed, onItsWay, bills) => {
      const statement = await unpaid(phoneNumber);
      expect(statement).toMatchObject({ totalUnpaid: owed, totalInProgress: onItsWay });
      expect(
        statement.unpaidBills.map(
          (bill) => `${bill.service} ${bill.remainingAmount}${bill.overdue ? ' overdue' : ''}`,
        ),
      ).toEqual(bills);
      expect(statement.maskedLine).toBe(`010-****-${phoneNumber.slice(-4)}`);
      expect(statement.asOfMs).toBe(carrier.clock.now());
      expect(statement.lineStatus).toBe(phoneNumber === '01000001005' ? 'suspended' : 'active');
      expect(statement.wrongOwnerDropped).toBeUndefined();
    });

    it.each(everybody)('the total of %s is what remains less what is on its way', async (phoneNumber) => {
      const { unpaidBills, totalUnpaid, totalInProgress } = await unpaid(phoneNumber);
      const remaining = sumKrw(unpaidBills.map(({ remainingAmount }) => remainingAmount));
      expect(totalUnpaid).toBe(minusKrw(remaining, totalInProgress));
      for (const bill of unpaidBills)
        expect(bill.paymentInProgress).toBeLessThanOrEqual(bill.remainingAmount);
    });

    it('names number, month and due day of a bill as Korea counts days', async () => {
      const [bill] = (await unpaid('01000001003')).unpaidBills;
      const today = seoulDayAt(carrier.clock.now());
      expect(bill).toMatchObject({
        billNo: '202610-7781',
        billingMonth: '2026-10',
        paymentDueDate: addDays(today, -12),
        amountDue: 66_000,
      });
    });

    it.each([
      ['01000001001', []],
      ['01000001002', ['4 days ago 38500 settled']],
      ['01000001003', ['9 days ago 35000 settled']],
      ['01000001004', ['1 days ago 52800 inProgress']],
      ['01000001006', ['3 days ago 16500 settled', '6 days ago 55000 failed']],
    ])('tells what %s has paid lately', async (phoneNumber, told) => {
      const history = await carrier.billing.payments(carrier.proof(phoneNumber));
      const today = Date.parse(`${seoulDayAt(carrier.clock.now())}T00:00:00Z`);
      const said = history.payments.map(({ paidOn, amount, state }) => {
        return `${(today - Date.parse(`${paidOn}T00:00:00Z`)) / 86_400_000} days ago ${amount} ${state}`;
      });
      expect(said).toEqual(told);
      expect(history.statement).toEqual(await unpaid(phoneNumber));
    });

    it('itemises each of the customer’s bills, paid or not, down to its amount', async () => {
      const proof = carrier.proof('01000001003', 'acr2');
      const result = await carrier.billing.billItems(proof, '202610-7781');
      expect(result).toMatchObject({
        status: 'found',
        billItems: {
          bill: { billNo: '202610-7781', service: 'mobile', billingMonth: '2026-10', amountDue: 66_000 },
          items: [
            { name: '월 이용료', amount: 55_000, kind: 'charge' },
            { name: '단말기 할부금', amount: 16_500, kind: 'charge' },
            { name: '선택약정 할인', amount: -5_500, kind: 'credit' },
          ],
          itemsTotal: 66_000,
          otherUnpaidBills: [],
        },
      });
    });

    it('opens the first unpaid bill when none is named, and names the others', async () => {
      const result = await carrier.billing.billItems(carrier.proof('01000001001', 'acr2'), undefined);
      expect(result).toMatchObject({
        status: 'found',
        billItems: { bill: { amountDue: 35_000 }, otherUnpaidBills: [{ amountDue: 42_300 }] },
      });
      const none = await carrier.billing.billItems(carrier.proof('01000001002', 'acr2'), undefined);
      expect(none.status).toBe('nothingUnpaid');
    });

    it('T17: knows no bill but the customer’s own, whatever number is asked for', async () => {
      const others = await Promise.all(
        everybody
          .filter((phoneNumber) => phoneNumber !== '01000001001')
          .map((phoneNumber) => carrier.billing.billItems(carrier.proof(phoneNumber, 'acr2'), undefined)),
      );
      const numbers = others.flatMap((one) => (one.status === 'found' ? [one.billItems.bill.billNo] : []));
      expect(numbers).toHaveLength(5);
      const proof = carrier.proof('01000001001', 'acr2');
      for (const forged of [...numbers, '', '*', '../customerBill', '__proto__', 'account-efacc38d'])
        expect(await carrier.billing.billItems(proof, forged)).toEqual({ status: 'notFound' });
    });

    it('tells what the bills are paid from by institution and last four digits alone', async () => {
      const { accounts } = await carrier.billing.paymentAccount(carrier.proof('01000001006', 'acr2'));
      expect(accounts).toEqual([
        { service: 'mobile', kind: 'card', institution: '사아카드', lastFour: '6620' },
        { service: 'internet', kind: 'card', institution: '사아카드', lastFour: '6620' },
        { service: 'tv', kind: 'none', institution: '', lastFour: '' },
      ]);
      const bank = await carrier.billing.paymentAccount(carrier.proof('01000001003', 'acr2'));
      expect(bank.accounts).toEqual([
        { service: 'mobile', kind: 'bank', institution: '마바은행', lastFour: '9056' },
      ]);
    });

    it('T14: asks for acr2 before line items and payment account, and never answers below it', async () => {
      const low = carrier.proof('01000001001', 'acr1');
      for (const read of [
        () => carrier.billing.billItems(low, undefined),
        () => carrier.billing.billItems(low, '202610-4127'),
        () => carrier.billing.paymentAccount(low),
      ])
        await expect(read()).rejects.toMatchObject({ code: 'StepUpRequired', acr: 'acr2', reason: 'tooLow' });
    });

    it('T20: asks for a new proof when the old one has run out, at each level', async () => {
      const acr1 = carrier.proof('01000001001');
      const acr2 = carrier.proof('01000001001', 'acr2');
      carrier.clock.move(5 * minuteMs + 1);
      await expect(carrier.billing.unpaidBills(acr1)).rejects.toBeInstanceOf(StepUpRequired);
      await expect(carrier.billing.payments(acr1)).rejects.toBeInstanceOf(StepUpRequired);
      await expect(carrier.billing.billItems(acr2, undefined)).rejects.toBeInstanceOf(StepUpRequired);
      await expect(carrier.billing.paymentAccount(acr2)).rejects.toBeInstanceOf(StepUpRequired);
    });

    it('refuses a proof that only looks like one, whoever it names', async () => {
      const forged = new Proof(carrier.proof('01000001006', 'acr2').facts);
      for (const read of [
        () => carrier.billing.unpaidBills(forged),
        () => carrier.billing.payments(forged),
        () => carrier.billing.billItems(forged, undefined),
        () => carrier.billing.paymentAccount(forged),
      ])
        await expect(read()).rejects.toMatchObject({ reason: 'wrongBinding' });
    });

    it('fails rather than showing an empty bill for a line it does not know', async () => {
      const nowMs = carrier.clock.now();
      const facts = { binding: aBinding(), lineId: 'line-000000000000', acr: 'acr2' } as const;
      const proof = mintProof({ ...facts, authTimeMs: nowMs, lastUsedMs: nowMs });
      await expect(carrier.billing.unpaidBills(proof)).rejects.toBeInstanceOf(BillingUnavailableError);
      await expect(carrier.billing.payments(proof)).rejects.toBeInstanceOf(BillingUnavailableError);
      await expect(carrier.billing.billItems(proof, undefined)).rejects.toBeInstanceOf(
        BillingUnavailableError,
      );
      await expect(carrier.billing.paymentAccount(proof)).rejects.toBeInstanceOf(BillingUnavailableError);
    });
  });
}
