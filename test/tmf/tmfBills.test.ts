import fc from 'fast-check';
import { krw, minusKrw } from '../../services/billing/krw';
import { serviceOf, tmfBill } from '../../services/billing/tmf/tmfBills';
import { billItem, paymentAccountOf } from '../../services/billing/tmf/tmfDetails';
import { tmfPayment, withPaymentsInProgress } from '../../services/billing/tmf/tmfPayments';
import {
  billingRate,
  customerBill,
  instantOf,
  payment,
  seoulDayOf,
} from '../../services/billing/tmf/tmfShapes';
import { won } from './tmfLedger';

const seed = Number(process.env.TEST_SEED ?? 20261122);
const nowMs = Date.parse('2026-11-22T10:00:00+09:00');
const unissued = ['new', 'onHold', 'validated'];

const wire = {
  id: 'CB-1',
  billNo: '202610-7781',
  category: 'normal',
  state: 'sent',
  billDate: '2026-11-05T00:00:00+09:00',
  lastUpdate: '2026-11-10T00:00:00+09:00',
  paymentDueDate: '2026-11-25T23:59:59+09:00',
  billingPeriod: { startDateTime: '2026-10-01T00:00:00+09:00' },
  amountDue: won(66_000),
  remainingAmount: won(66_000),
  billingAccount: { id: 'BA-1' },
};

const read = (parts: object = {}) => tmfBill(customerBill.parse({ ...wire, ...parts }), 'mobile', unissued);
const remaining = (parts: object) => read(parts)?.facts.remainingAmount;

describe('a bill of TMF678', () => {
  it.each([
    ['sent', 66_000],
    ['partiallyPaid', 66_000],
    ['settled', 66_000],
    ['미납', 66_000],
    ['partiallySettled', 66_000],
    [undefined, 66_000],
    ['new', undefined],
    ['onHold', undefined],
    ['validated', undefined],
  ])('in state %s counts by its amount, unless the customer has not got it yet', (state, amount) => {
    expect(remaining({ state })).toBe(amount);
  });

  it.each([
    ['credit note', undefined],
    ['creditNote', undefined],
    ['duplicate', undefined],
    ['trial customer', undefined],
    ['last', 66_000],
    ['interim', 66_000],
  ])('of category %s', (category, amount) => {
    expect(remaining({ category })).toBe(amount);
  });

  it('that is a credit note below zero is no debt, and is nobody’s mistake', () => {
    expect(
      read({ category: 'credit note', amountDue: won(-5_000), remainingAmount: won(-5_000) }),
    ).toBeUndefined();
  });

  it('that says nothing of what remains is worked out from its payments', () => {
    const appliedPayment = [
      { appliedAmount: won(30_000) },
      { appliedAmount: won(5_000), payment: { id: 'P' } },
    ];
    expect(remaining({ remainingAmount: undefined, appliedPayment })).toBe(31_000);
    expect(remaining({ remainingAmount: undefined, state: 'settled' })).toBe(0);
    expect(
      read({ amountDue: undefined, remainingAmount: won(31_000), appliedPayment })?.facts.amountDue,
    ).toBe(66_000);
  });

  it('that was overpaid leaves nothing to pay', () => {
    const overpaid = { appliedPayment: [{ appliedAmount: won(70_000) }], remainingAmount: won(-4_000) };
    expect(remaining(overpaid)).toBe(0);
  });

  it.each([
    ['2026-10-24T15:00:00Z', '2026-10-25'],
    ['2026-10-25T00:00:00Z', '2026-10-25'],
    ['2026-10-25T23:59:59+09:00', '2026-10-25'],
    ['2026-10-25T23:59:59+0900', '2026-10-25'],
    ['2026-10-25T15:30:00.123Z', '2026-10-26'],
    ['2026-10-25T23:59:59', '2026-10-25'],
    ['2026-10-25', '2026-10-25'],
  ])('due at %s is due on %s in Korea', (paymentDueDate, day) => {
    expect(read({ paymentDueDate })?.facts.paymentDueDate).toBe(day);
  });

  it.each(['2026-02-30', '25.10.2026', '2026-10-25T25:00:00Z', '', '1e99', 'now'])(
    'has no day at %p',
    (text) => {
      expect(seoulDayOf(text)).toBeUndefined();
    },
  );

  it('takes its month from the period, and from its date when there is none', () => {
    expect(read({ billingPeriod: { startDateTime: '2026-09-30T15:00:00Z' } })?.facts.billingMonth).toBe(
      '2026-10',
    );
    expect(read({ billingPeriod: undefined })?.facts.billingMonth).toBe('2026-10');
  });

  it.each([
    ['모바일 요금', 'mobile'],
    ['초고속인터넷', 'internet'],
    ['지니 TV', 'tv'],
    ['Internet TV', 'tv'],
    ['BA-100200', 'other'],
  ])('of the account %p is for %s', (name, service) => {
    expect(serviceOf(undefined, name)).toBe(service);
  });

  it(`never shows an amount that is no whole number of won (seed ${seed})`, () => {
    const value = fc.oneof(fc.double({ noNaN: false }), fc.integer(), fc.string(), fc.constant(null));
    fc.assert(
      fc.property(value, value, (due, left) => {
        const parsed = customerBill.safeParse({
          ...wire,
          amountDue: won(0),
          remainingAmount: { unit: 'KRW', value: left },
        });
        if (!parsed.success) return;
        expect(Number.isSafeInteger(left)).toBe(true);
        const other = customerBill.safeParse({ ...wire, amountDue: { unit: due, value: left } });
        expect(other.success).toBe(due === 'KRW');
      }),
      { seed, numRuns: 500 },
    );
  });
});

describe('payments on their way', () => {
  const bill = (parts: object = {}) => {
    const made = read(parts);
    if (made === undefined) throw new Error('no bill');
    return made;
  };
  const paid = (parts: object = {}) => {
    const made = tmfPayment(
      payment.parse({
        id: 'PM-1',
        status: 'captured',
        paymentDate: '2026-11-21T12:00:00+09:00',
        totalAmount: won(66_000),
        account: { id: 'BA-1' },
        ...parts,
      }),
      nowMs,
    );
    if (made === undefined) throw new Error('no payment');
    return made;
  };
  const forBill = { paymentItem: [{ item: { id: 'CB-1' }, totalAmount: won(66_000) }] };
  const onItsWay = (bills: ReturnType<typeof bill>[], ...payments: ReturnType<typeof paid>[]) =>
    withPaymentsInProgress(bills, payments, nowMs).map(({ paymentInProgress }) => paymentInProgress);

  it.each([
    ['pendingAuthorization', 66_000],
    ['authorized', 66_000],
    ['captured', 66_000],
    ['failed', 0],
    ['canceled', 0],
    ['denied', 0],
    ['somethingElse', 0],
    ['constructor', 0],
  ])('in state %s take %i won off', (status, amount) => {
    expect(onItsWay([bill()], paid({ status, ...forBill }))).toEqual([amount]);
  });

  it('count for a week and no longer: who was told "on its way" would not pay', () => {
    expect(onItsWay([bill()], paid({ paymentDate: '2026-11-15T10:00:00+09:00', ...forBill }))).toEqual([
      66_000,
    ]);
    expect(onItsWay([bill()], paid({ paymentDate: '2026-11-15T09:59:59+09:00', ...forBill }))).toEqual([0]);
    expect(paid({ paymentDate: '2026-11-01T10:00:00+09:00' }).state).toBe('unclear');
    expect(paid({ paymentDate: '2026-12-24T10:00:00+09:00' }).state).toBe('unclear');
  });

  it('that are booked already are not taken off again', () => {
    const booked = bill({
      remainingAmount: won(31_000),
      appliedPayment: [{ appliedAmount: won(35_000), payment: { id: 'PM-1' } }],
    });
    expect(onItsWay([booked], paid(forBill))).toEqual([0]);
  });

  it('that are done count only while the bill has not been touched since', () => {
    const done = paid({ status: 'done', ...forBill });
    expect(onItsWay([bill({ lastUpdate: '2026-11-20T00:00:00+09:00' })], done)).toEqual([66_000]);
    expect(onItsWay([bill({ lastUpdate: '2026-11-22T00:00:00+09:00' })], done)).toEqual([0]);
    expect(onItsWay([bill({ lastUpdate: undefined })], done)).toEqual([0]);
    expect(onItsWay([bill()], paid({ status: 'done' }))).toEqual([0]);
  });

  it('that name no bill go to the oldest first, and never beyond what remains', () => {
    const older = bill({
      id: 'CB-0',
      billNo: '202609-1',
      paymentDueDate: '2026-10-25',
      remainingAmount: won(20_000),
    });
    expect(onItsWay([bill(), older], paid({ totalAmount: won(50_000) }))).toEqual([30_000, 20_000]);
    expect(onItsWay([bill(), older], paid({ totalAmount: won(90_000) }), paid({ id: 'PM-2' }))).toEqual([
      66_000, 20_000,
    ]);
  });

  it('of another account change nothing', () => {
    expect(onItsWay([bill()], paid({ account: { id: 'BA-2' }, ...forBill }))).toEqual([0]);
  });

  it(`never take off more than remains, whatever comes (seed ${seed})`, () => {
    const amount = fc.integer({ min: 1, max: 200_000 });
    const one = fc.record({
      amount,
      status: fc.constantFrom('captured', 'done', 'failed'),
      names: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 6 }), amount, (list, left) => {
        const bills = [bill({ remainingAmount: won(left), amountDue: won(left) })];
        const payments = list.map(({ amount: sum, status, names }, index) =>
          paid({
            id: `PM-${index}`,
            status,
            totalAmount: won(sum),
            ...(names ? { paymentItem: [{ item: { id: 'CB-1' } }] } : {}),
          }),
        );
        const [inProgress = krw(0)] = withPaymentsInProgress(bills, payments, nowMs).map(
          (b) => b.paymentInProgress,
        );
        expect(minusKrw(krw(left), inProgress)).toBeGreaterThanOrEqual(0);
        expect(inProgress).toBeGreaterThanOrEqual(0);
      }),
      { seed, numRuns: 300 },
    );
  });
});

describe('details', () => {
  const rate = (parts: object) => billItem(billingRate.parse({ id: 'R-1', name: '월 이용료', ...parts }));

  it.each([
    [{ type: 'appliedBillingCredit' }, 'credit'],
    [{ appliedBillingRateType: 'appliedPenaltyCharge' }, 'penalty'],
    [{ type: 'recurringCharge' }, 'charge'],
    [{}, 'charge'],
  ])('%p is a %s', (type, kind) => {
    expect(rate({ taxIncludedAmount: won(1_000), ...type }).kind).toBe(kind);
  });

  it('add the tax where it stands apart, and refuse an item without one', () => {
    const appliedTax = [{ taxAmount: won(100) }];
    expect(rate({ taxExcludedAmount: won(1_000), appliedTax }).amount).toBe(1_100);
    expect(() => rate({ taxExcludedAmount: won(1_000) })).toThrow('no amount with tax');
    expect(() => rate({})).toThrow('no amount with tax');
  });

  it('T22: show no other person’s number and no control characters in the carrier’s words', () => {
    const { name } = rate({
      name: `\u202e통화료\n010-1234-5678 ${'가'.repeat(80)}`,
      taxIncludedAmount: won(1),
    });
    expect(name).not.toMatch(/1234|\n|\u202e/);
    expect([...name].length).toBeLessThanOrEqual(60);
  });

  it.each([
    [{ '@type': 'bankCard', cardNumber: '9400-1122-3344-5566', bank: '다라카드' }, 'card', '5566'],
    [{ '@type': 'tokenizedCard', lastFourDigits: '5566', issuer: '다라카드' }, 'card', '5566'],
    [{ '@type': 'bankAccountDebit', accountNumber: '110-234-565566', bank: '다라카드' }, 'bank', '5566'],
    [{ '@type': 'bankAccountDebit', accountNumber: '12345', bank: '다라카드' }, 'bank', ''],
  ])('%p is shown as a %s ending in %p', (parts, kind, lastFour) => {
    expect(paymentAccountOf({ id: 'M', ...parts }, 'mobile')).toEqual({
      service: 'mobile',
      kind,
      institution: '다라카드',
      lastFour,
    });
  });

  it('are unknown for a method that is neither', () => {
    expect(paymentAccountOf({ id: 'M', '@type': 'voucher' }, 'mobile').kind).toBe('none');
  });

  it('know an instant by its offset', () => {
    expect(instantOf('2026-11-22T01:00:00Z')).toBe(nowMs);
    expect(instantOf('2026-11-22T10:00')).toBe(nowMs);
  });
});
