import path from 'node:path';
import fc from 'fast-check';
import { DemoBillingGateway } from '../../../services/billing/demoBillingGateway';
import { loadDemoLedger } from '../../../services/billing/demoLedger';
import { sumKrw } from '../../../services/billing/krw';
import { addDays, monthBefore, seoulDayAt } from '../../../services/billing/seoulCalendar';
import { BillingUnavailableError, StepUpRequired } from '../../../services/errors';
import { Proof } from '../../../services/identity/proof';
import {
  aBinding,
  hourMs,
  IdentityDesk,
  lineIdOf,
  MovableClock,
  minuteMs,
  secondMs,
} from '../identity/identityDesk';

const seed = Number(process.env.TEST_SEED ?? 20261122);
const ledger = loadDemoLedger(path.resolve(__dirname, '../../../data'));

/** A ledger customer's statement, seen by somebody who has just verified that line. */
async function statementOf(phoneNumber: string, startAtMs?: number, askedAfterMs = 0) {
  const lineId = ledger.customers.find((customer) => customer.phoneNumber === phoneNumber)?.lineId ?? '';
  const desk = new IdentityDesk({
    lines: {
      findByPhoneNumber: async () => ({ lineId, billingAccountIds: [], status: 'active' }),
      phoneNumberOf: async () => phoneNumber,
      maskedNumberOf: async () => undefined,
      holderDigestOf: async () => undefined,
    },
  });
  if (startAtMs !== undefined) desk.clock.move(startAtMs - desk.clock.now());
  const gateway = new DemoBillingGateway(ledger, desk.clock);
  desk.clock.move(askedAfterMs);
  const proof = await desk.verify(aBinding(), phoneNumber);
  return { statement: await gateway.unpaidBills(proof), desk, gateway, proof };
}

describe('the demo customers', () => {
  it.each([
    ['01000001001', 77_300, 0, ['35000 overdue', '42300']],
    ['01000001002', 0, 0, []],
    ['01000001003', 31_000, 0, ['31000 overdue']],
    ['01000001004', 0, 52_800, ['52800']],
    ['01000001005', 154_000, 0, ['49500 overdue', '52000 overdue', '52500 overdue']],
    ['01000001006', 88_000, 0, ['55000 overdue', '33000']],
    ['01000001007', 48_000, 0, ['48000 overdue']],
  ])('%s owes %i won, with %i won on its way', async (phoneNumber, totalUnpaid, totalInProgress, bills) => {
    const { statement } = await statementOf(phoneNumber);
    expect(statement).toMatchObject({ totalUnpaid, totalInProgress });
    expect(
      statement.unpaidBills.map((bill) => `${bill.remainingAmount}${bill.overdue ? ' overdue' : ''}`),
    ).toEqual(bills);
    expect(statement.maskedLine).toBe(`010-****-${phoneNumber.slice(-4)}`);
  });

  it('shows how much of a partly paid bill is left', async () => {
    const { statement } = await statementOf('01000001003');
    expect(statement.unpaidBills).toMatchObject([{ amountDue: 66_000, remainingAmount: 31_000 }]);
  });

  it('marks a bill that is paid but not booked as in progress, not as overdue, also after its due date', async () => {
    const { statement } = await statementOf('01000001004', undefined, 10 * 24 * hourMs);
    expect(statement.unpaidBills).toMatchObject([
      { remainingAmount: 52_800, paymentInProgress: 52_800, overdue: false },
    ]);
    expect(statement.totalUnpaid).toBe(0);
  });

  it('adds up three billing accounts and leaves out the one with nothing to pay', async () => {
    const { statement } = await statementOf('01000001006');
    expect(statement.unpaidBills.map(({ service, remainingAmount }) => [service, remainingAmount])).toEqual([
      ['mobile', 55_000],
      ['internet', 33_000],
    ]);
  });

  it('says that a line is suspended', async () => {
    expect((await statementOf('01000001005')).statement.lineStatus).toBe('suspended');
    expect((await statementOf('01000001001')).statement.lineStatus).toBe('active');
  });

  it(`reads the same on whatever day the demo starts (seed ${seed})`, async () => {
    const start = fc.integer({
      min: Date.parse('2024-01-01T00:00:00Z'),
      max: Date.parse('2032-12-31T23:59:59Z'),
    });
    const phone = fc.constantFrom(...ledger.customers.map(({ phoneNumber }) => phoneNumber));
    const usual = new Map(
      await Promise.all(
        ledger.customers.map(
          async ({ phoneNumber }) => [phoneNumber, (await statementOf(phoneNumber)).statement] as const,
        ),
      ),
    );
    await fc.assert(
      fc.asyncProperty(start, phone, async (startAtMs, phoneNumber) => {
        const { statement } = await statementOf(phoneNumber, startAtMs);
        const facts = (of: typeof statement) =>
          of.unpaidBills.map((bill) => [bill.remainingAmount, bill.overdue]);
        expect(facts(statement)).toEqual(facts(usual.get(phoneNumber) ?? statement));
        const today = seoulDayAt(startAtMs);
        for (const bill of statement.unpaidBills) {
          // The month is over when its bill is there, and it is one or two months before the due day's.
          expect(bill.billingMonth < today.slice(0, 7)).toBe(true);
          const before = monthBefore(bill.paymentDueDate);
          expect([before, monthBefore(`${before}-01`)]).toContain(bill.billingMonth);
          expect(bill.billNo.slice(0, 6)).toBe(bill.billingMonth.replace('-', ''));
          if (bill.paymentInProgress === 0) expect(bill.overdue).toBe(bill.paymentDueDate < today);
        }
        const perService = statement.unpaidBills.map(
          ({ service, billingMonth }) => `${service} ${billingMonth}`,
        );
        expect(new Set(perService).size).toBe(perService.length);
        const remaining = sumKrw(statement.unpaidBills.map(({ remainingAmount }) => remainingAmount));
        expect(statement.totalUnpaid).toBe(remaining - statement.totalInProgress);
      }),
      { seed, numRuns: 1_000 },
    );
  });

  it('turns a bill overdue at midnight in Seoul after its due day', async () => {
    const start = Date.parse('2026-11-22T00:00:00+09:00');
    const dueIn9Days = async (askedAfterMs: number) =>
      (await statementOf('01000001001', start, askedAfterMs)).statement.unpaidBills.find(
        (bill) => bill.remainingAmount === 42_300,
      );
    expect(await dueIn9Days(10 * 24 * hourMs - secondMs)).toMatchObject({
      paymentDueDate: addDays('2026-11-22', 9),
      overdue: false,
    });
    expect(await dueIn9Days(10 * 24 * hourMs)).toMatchObject({ overdue: true });
  });
});

describe('the demo billing gateway', () => {
  it('asks for a new proof once the old one is ten minutes old or five minutes idle', async () => {
    const { desk, gateway, proof } = await statementOf('01000001001');
    desk.clock.move(5 * minuteMs);
    expect((await gateway.unpaidBills(proof)).asOfMs).toBe(desk.clock.now());
    desk.clock.move(1);
    await expect(gateway.unpaidBills(proof)).rejects.toMatchObject({
      code: 'StepUpRequired',
      reason: 'idle',
    });
    desk.clock.move(5 * minuteMs);
    await expect(gateway.unpaidBills(proof)).rejects.toMatchObject({ reason: 'tooOld' });
  });

  it('refuses a proof that only looks like one, whoever it names', async () => {
    const { gateway, proof } = await statementOf('01000001001');
    const forged = new Proof({ ...proof.facts, lineId: ledger.customers[5]?.lineId ?? '' });
    await expect(gateway.unpaidBills(forged)).rejects.toBeInstanceOf(StepUpRequired);
  });

  it('fails rather than showing an empty bill for a line it does not know', async () => {
    const desk = new IdentityDesk();
    const proof = await desk.verify(aBinding(), '01055556666');
    expect(proof.facts.lineId).toBe(lineIdOf('01055556666'));
    const gateway = new DemoBillingGateway(ledger, desk.clock);
    await expect(gateway.unpaidBills(proof)).rejects.toBeInstanceOf(BillingUnavailableError);
  });

  it('counts dates from its own start', async () => {
    const clock = new MovableClock(Date.parse('2027-02-20T09:00:00+09:00'));
    const { statement } = await statementOf('01000001003', clock.now());
    expect(statement.unpaidBills).toMatchObject([
      { paymentDueDate: '2027-02-08', billingMonth: '2027-01', billNo: '202701-7781' },
    ]);
  });
});
