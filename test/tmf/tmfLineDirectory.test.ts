import { TmfLineDirectory } from '../../services/identity/tmfLineDirectory';
import { hourMs } from '../services/identity/identityDesk';
import { lineOf, openTmfCarrier, shortLimits, type TmfCarrier } from './tmfFixture';
import type { Json } from './tmfLedger';

let carrier: TmfCarrier;
afterEach(() => carrier.close());

const directory = (of: TmfCarrier) => new TmfLineDirectory(of.lines, of.options, of.clock);

/** Changes the product of 1001. */
function change(parts: Json, characteristics: Json[] = []): void {
  const { data } = carrier.server;
  const product = data.product.map((one) => {
    if (one.id !== lineOf('01000001001')) return one;
    const old = Array.isArray(one.productCharacteristic) ? one.productCharacteristic : [];
    const names = characteristics.map(({ name }) => name);
    const kept = old.filter(({ name }) => !names.includes(name));
    const changed = characteristics.filter(({ value }) => value !== undefined);
    return { ...one, productCharacteristic: [...kept, ...changed], ...parts };
  });
  carrier.server.data = { ...data, product };
}

describe('lines of TMF637', () => {
  it('are found by number, and lead back to it', async () => {
    carrier = await openTmfCarrier();
    const lines = directory(carrier);
    expect(await lines.findByPhoneNumber('01000001001')).toMatchObject({
      lineId: lineOf('01000001001'),
      status: 'active',
      billingAccountIds: ['account-5070d918'],
    });
    expect(await lines.phoneNumberOf(lineOf('01000001001'))).toBe('01000001001');
    expect(await lines.maskedNumberOf(lineOf('01000001001'))).toBe('010-****-1001');
    expect(await lines.holderDigestOf(lineOf('01000001001'))).toBe('digest-of-CU-1');
    expect((await lines.findByPhoneNumber('01000001005'))?.status).toBe('suspended');
  });

  it.each(['01099998888', '', '0212345678', "'; drop", '010-0000-1001'])(
    'T12: %p is asked for with one request, as a known number is',
    async (phoneNumber) => {
      carrier = await openTmfCarrier();
      expect(await directory(carrier).findByPhoneNumber(phoneNumber)).toBeUndefined();
      expect(carrier.server.asked('product')).toBe(1);
    },
  );

  it('T12: an unknown line id is asked for with one request', async () => {
    carrier = await openTmfCarrier();
    const lines = directory(carrier);
    for (const lineId of ['', 'line-x', '../billingAccount/BA-1', '?a=b']) {
      const before = carrier.server.requests.length;
      expect(await lines.phoneNumberOf(lineId)).toBeUndefined();
      expect(carrier.server.requests.length - before).toBe(1);
    }
  });

  it('T13: tell the last SIM change', async () => {
    carrier = await openTmfCarrier();
    const line = await directory(carrier).findByPhoneNumber('01000001007');
    expect(line?.simChangedAtMs).toBe(carrier.clock.now() - hourMs);
  });

  it.each([undefined, '', 'long ago', 17, null])(
    'T13: count a SIM change that reads %p as one of this moment, unless the carrier allows it',
    async (value) => {
      carrier = await openTmfCarrier();
      change({}, [{ name: 'simChangedAt', value }]);
      const line = await directory(carrier).findByPhoneNumber('01000001001');
      expect(line?.simChangedAtMs).toBe(carrier.clock.now());
      const allowing = { ...carrier.options, simChangeUnknown: 'allow' as const };
      const lenient = new TmfLineDirectory(carrier.lines, allowing, carrier.clock);
      expect((await lenient.findByPhoneNumber('01000001001'))?.simChangedAtMs).toBeUndefined();
    },
  );

  it.each([
    ['active', 'active'],
    ['suspended', 'suspended'],
    ['pendingActive', 'suspended'],
    ['정지', 'suspended'],
    [undefined, 'suspended'],
  ])('in state %s count as %s: only a clear word lets a code out', async (status, counted) => {
    carrier = await openTmfCarrier();
    change({ status });
    expect((await directory(carrier).findByPhoneNumber('01000001001'))?.status).toBe(counted);
  });

  it.each(['terminated', 'cancelled', 'aborted ', 'pendingTerminate'])(
    'that are %s are no lines',
    async (status) => {
      carrier = await openTmfCarrier();
      change({ status });
      expect(await directory(carrier).findByPhoneNumber('01000001001')).toBeUndefined();
    },
  );

  it('are refused when the id tells the number: ids end up in records', async () => {
    carrier = await openTmfCarrier();
    change({ id: 'line-01000001001' });
    expect(await directory(carrier).phoneNumberOf('line-01000001001')).toBeUndefined();
    expect(carrier.alarms).toEqual([{ kind: 'tellingProductId' }]);
  });

  it('have no billing account where the carrier names none, and no mask where there is no line', async () => {
    carrier = await openTmfCarrier();
    change({ billingAccount: undefined });
    expect((await directory(carrier).findByPhoneNumber('01000001001'))?.billingAccountIds).toEqual([]);
    expect(await directory(carrier).maskedNumberOf('line-x')).toBeUndefined();
  });

  it('T11: do not fail for a number alone because somebody has it, twice or under an id that tells it', async () => {
    carrier = await openTmfCarrier();
    const { data } = carrier.server;
    const twin = data.product.filter(({ id }) => id === lineOf('01000001001'));
    carrier.server.data = {
      ...data,
      product: [...data.product, ...twin.map((one) => ({ ...one, id: 'twin' }))],
    };
    expect(await directory(carrier).findByPhoneNumber('01000001001')).toBeUndefined();
    expect(carrier.alarms).toEqual([{ kind: 'ambiguousNumber' }]);
    carrier.server.data = data;
    change({ id: 'line-01000001001' });
    expect(await directory(carrier).findByPhoneNumber('01000001001')).toBeUndefined();
    expect(carrier.alarms).toContainEqual({ kind: 'tellingProductId' });
  });

  it('are found in E.164 where the carrier writes them so', async () => {
    carrier = await openTmfCarrier({ options: { phoneFormat: 'e164' } });
    change({}, [{ name: 'msisdn', value: '+821000001001' }]);
    expect((await directory(carrier).findByPhoneNumber('01000001001'))?.lineId).toBe(lineOf('01000001001'));
  });

  it.each([
    { kind: 'unfiltered' as const },
    { kind: 'hang' as const },
    { kind: 'status' as const, status: 500 },
    { kind: 'html' as const },
  ])('T26: that cannot be asked (%p) are an error, not "unknown"', async (misbehaviour) => {
    carrier = await openTmfCarrier({ limits: shortLimits });
    carrier.server.misbehaviour = { ...misbehaviour, on: 'product' };
    await expect(directory(carrier).findByPhoneNumber('01099998888')).rejects.toMatchObject({
      code: 'LineSystemUnavailable',
    });
  });

  it('open the account that pays for the line alone, in scope "line"', async () => {
    carrier = await openTmfCarrier({ options: { accountScope: 'line' } });
    const statement = await carrier.billing.unpaidBills(carrier.proof('01000001006'));
    expect(statement.totalUnpaid).toBe(55_000);
    await carrier.close();
    carrier = await openTmfCarrier();
    expect((await carrier.billing.unpaidBills(carrier.proof('01000001006'))).totalUnpaid).toBe(88_000);
  });
});
