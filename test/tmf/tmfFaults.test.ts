import { BillingUnavailableError } from '../../services/errors';
import { secondMs } from '../services/identity/identityDesk';
import { openTmfCarrier, shortLimits, type TmfCarrier } from './tmfFixture';
import { won } from './tmfLedger';
import type { TmfServer } from './tmfServer';

let carrier: TmfCarrier;
afterEach(() => carrier.close());

const balance = (of: TmfCarrier, phoneNumber = '01000001001') =>
  of.billing.unpaidBills(of.proof(phoneNumber));
const mine = { billingAccount: { id: 'account-5070d918' } };
const aWireBill = {
  id: 'CB-X',
  billNo: '202610-0001',
  state: 'sent',
  paymentDueDate: '2026-11-25T23:59:59+09:00',
  billingPeriod: { startDateTime: '2026-10-01T00:00:00+09:00' },
  amountDue: won(10_000),
  remainingAmount: won(10_000),
  ...mine,
};

type Wrong = NonNullable<TmfServer['misbehaviour']>;
const amounts = (parts: object): Wrong => ({ kind: 'records', records: [{ ...aWireBill, ...parts }] });

const faults: [string, Wrong][] = [
  ['hangs', { kind: 'hang' }],
  ['answers 500', { kind: 'status', status: 500 }],
  ['answers 404 to a list', { kind: 'status', status: 404 }],
  ['answers 429', { kind: 'status', status: 429 }],
  ['sends HTML', { kind: 'html' }],
  ['sends half JSON', { kind: 'halfJson' }],
  ['breaks off', { kind: 'cutOff' }],
  ['sends an object for a list', { kind: 'object' }],
  ['sends 3 MiB', { kind: 'oversize' }],
  ['never stops paging', { kind: 'endless' }],
  ['repeats one page instead of the promised rest', { kind: 'samePage' }],
  ['redirects elsewhere', { kind: 'redirect', to: 'http://169.254.169.254/latest' }],
  ['redirects to itself', { kind: 'redirect', to: '/tmf-api/customerBillManagement/v4/customerBill' }],
  ['sends a negative amount', amounts({ amountDue: won(-10_000), remainingAmount: won(-10_000) })],
  ['says less than nothing remains, unexplained', amounts({ remainingAmount: won(-10_000) })],
  ['sends 10^18 won', amounts({ remainingAmount: won(1e18) })],
  ['sends fractions of won', amounts({ remainingAmount: won(10_000.5) })],
  ['sends dollars', amounts({ remainingAmount: { unit: 'USD', value: 10_000 } })],
  ['sends an amount as text', amounts({ remainingAmount: { unit: 'KRW', value: '10000' } })],
  ['sends an amount without a currency', amounts({ remainingAmount: { value: 10_000 } })],
  ['sends no amount', amounts({ remainingAmount: undefined, amountDue: undefined })],
  ['sends an unpaid bill without a due date', amounts({ paymentDueDate: undefined })],
  ['sends 30 February', amounts({ paymentDueDate: '2026-02-30T00:00:00+09:00' })],
  ['sends a bill without an owner', amounts({ billingAccount: undefined })],
  ['sends only somebody else’s bills', amounts({ billingAccount: { id: 'account-efacc38d' } })],
  ['sends a bill without any number', amounts({ id: undefined, billNo: undefined })],
];

describe('a billing system that misbehaves', () => {
  it.each(faults)('F40: %s: no answer, no half of one, and in time', async (_, misbehaviour) => {
    carrier = await openTmfCarrier({ limits: shortLimits });
    carrier.server.misbehaviour = misbehaviour;
    const startedAt = performance.now();
    await expect(balance(carrier)).rejects.toBeInstanceOf(BillingUnavailableError);
    expect(performance.now() - startedAt).toBeLessThan(1.5 * secondMs);
    const elsewhere = carrier.server.requests.filter(({ resource }) => resource.startsWith('/'));
    expect(elsewhere).toEqual([]);
  });

  it('F40: refuses the connection: the customer hears so at once', async () => {
    carrier = await openTmfCarrier({ limits: shortLimits });
    const proof = carrier.proof('01000001001');
    const gone = carrier;
    await gone.server.close();
    await expect(gone.billing.unpaidBills(proof)).rejects.toBeInstanceOf(BillingUnavailableError);
    carrier = await openTmfCarrier();
  });

  it('F40: hangs for 30 s: in earnest the answer comes within 4.5 s', async () => {
    carrier = await openTmfCarrier();
    carrier.server.misbehaviour = { kind: 'hang' };
    const startedAt = performance.now();
    await expect(balance(carrier)).rejects.toBeInstanceOf(BillingUnavailableError);
    const tookMs = performance.now() - startedAt;
    expect(tookMs).toBeGreaterThan(3.5 * secondMs);
    expect(tookMs).toBeLessThan(4.5 * secondMs);
  });

  it.each(['product', 'billingAccount', 'payment'] as const)(
    'F40: a failing %s API leaves no half statement',
    async (on) => {
      carrier = await openTmfCarrier({ limits: shortLimits });
      carrier.server.misbehaviour = { kind: 'status', status: 500, on };
      await expect(balance(carrier)).rejects.toBeInstanceOf(BillingUnavailableError);
    },
  );

  it('F40: no body of theirs is in the error', async () => {
    carrier = await openTmfCarrier({ limits: shortLimits });
    for (const misbehaviour of faults.map(([, one]) => one).slice(0, 8)) {
      carrier.server.misbehaviour = misbehaviour;
      const error: Error = await balance(carrier).then(
        () => new Error('it answered'),
        (failure) => failure,
      );
      expect(error).toBeInstanceOf(BillingUnavailableError);
      expect(`${error.message} ${Object(error.cause).message} ${Object(error.cause).stack}`).not.toMatch(
        /ORA-|점검|internal detail|CB-1/,
      );
    }
  });

  it('asks again after a passing failure, by GET alone', async () => {
    carrier = await openTmfCarrier({ limits: shortLimits });
    carrier.server.misbehaviour = { kind: 'status', status: 503, times: 2 };
    expect((await balance(carrier)).totalUnpaid).toBe(77_300);
    expect(carrier.server.requests.every(({ method }) => method === 'GET')).toBe(true);
    expect(carrier.server.asked('customerBill')).toBe(3);
  });

  it('opens the circuit after failures in a row, asks nobody meanwhile, and closes it when the system is back', async () => {
    carrier = await openTmfCarrier({ limits: { ...shortLimits, breakAfter: 3, openMs: 60_000 } });
    carrier.server.misbehaviour = { kind: 'status', status: 500 };
    await expect(balance(carrier)).rejects.toBeInstanceOf(BillingUnavailableError);
    expect(carrier.alarms).toContainEqual({ kind: 'circuit', resource: 'customerBill', state: 'open' });
    const asked = carrier.server.asked('customerBill');
    await expect(balance(carrier)).rejects.toBeInstanceOf(BillingUnavailableError);
    expect(carrier.server.asked('customerBill')).toBe(asked);

    carrier.server.misbehaviour = undefined;
    const realNow = Date.now;
    jest.spyOn(Date, 'now').mockImplementation(() => realNow() + 60_001);
    expect((await balance(carrier)).totalUnpaid).toBe(77_300);
    jest.restoreAllMocks();
    expect(carrier.alarms).toContainEqual({ kind: 'circuit', resource: 'customerBill', state: 'closed' });
  });

  it('does not let billing’s circuit stop a line look-up', async () => {
    carrier = await openTmfCarrier({ limits: { ...shortLimits, breakAfter: 1, openMs: 60_000 } });
    carrier.server.misbehaviour = { kind: 'status', status: 500 };
    await expect(balance(carrier)).rejects.toBeInstanceOf(BillingUnavailableError);
    const line = await carrier.lines.byPhoneNumber('01000001001', carrier.lines.deadline());
    expect(line?.status).toBe('active');
  });

  it('drops what is another’s, raises the alarm and counts it, and still answers from the own bills', async () => {
    carrier = await openTmfCarrier();
    carrier.server.misbehaviour = { kind: 'unfiltered' };
    const statement = await balance(carrier);
    expect(statement.totalUnpaid).toBe(77_300);
    const foreign = carrier.server.data.customerBill.length - 2;
    expect(statement.wrongOwnerDropped).toBe(foreign);
    expect(carrier.alarms).toEqual([{ kind: 'wrongOwner', resource: 'customerBill', count: foreign }]);
  });

  it.each(['payment', 'billingAccount'] as const)('re-checks the owner of every %s, too', async (on) => {
    carrier = await openTmfCarrier();
    carrier.server.misbehaviour = { kind: 'unfiltered', on };
    const history = await carrier.billing.payments(carrier.proof('01000001003'));
    expect(history.payments).toMatchObject([{ amount: 35_000 }]);
    expect(history.statement.totalUnpaid).toBe(31_000);
    expect(carrier.alarms).toMatchObject([{ kind: 'wrongOwner', resource: on }]);
  });

  it('drops line items of another bill', async () => {
    carrier = await openTmfCarrier();
    carrier.server.misbehaviour = { kind: 'unfiltered', on: 'appliedCustomerBillingRate' };
    const result = await carrier.billing.billItems(carrier.proof('01000001003', 'acr2'), undefined);
    expect(result).toMatchObject({
      status: 'found',
      billItems: { itemsTotal: 66_000, items: { length: 3 } },
    });
  });

  it('reads all pages without counts, at any page length, each bill once', async () => {
    for (const pageSize of [1, 2, 100]) {
      for (const countHeaders of [true, false]) {
        carrier = await openTmfCarrier();
        Object.assign(carrier.server, { pageSize, countHeaders });
        expect((await balance(carrier, '01000001005')).totalUnpaid).toBe(154_000);
        await carrier.close();
      }
    }
    carrier = await openTmfCarrier();
  });

  it('alarms when the carrier refuses our credentials', async () => {
    carrier = await openTmfCarrier({ options: { credentials: { kind: 'token', token: 'old' } } });
    carrier.server.token = 'new';
    await expect(balance(carrier)).rejects.toBeInstanceOf(BillingUnavailableError);
    expect(carrier.alarms).toEqual([{ kind: 'accessRefused', status: 401 }]);
  });
});
