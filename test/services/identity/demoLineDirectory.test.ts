import path from 'node:path';
import { loadDemoLedger } from '../../../services/billing/demoLedger';
import { HolderDigests } from '../../../services/identity/agencyPerson';
import { DemoLineDirectory } from '../../../services/identity/demoLineDirectory';
import { aBinding, hourMs, IdentityDesk, MovableClock } from './identityDesk';

const ledger = loadDemoLedger(path.resolve(__dirname, '../../../data'));

describe('the demo line directory', () => {
  it('finds a line by its number, and the number by the line', async () => {
    const lines = new DemoLineDirectory(ledger, new MovableClock());
    const line = await lines.findByPhoneNumber('01000001006');
    const customer = ledger.customers.find(({ phoneNumber }) => phoneNumber === '01000001006');
    expect(line).toEqual({
      lineId: customer?.lineId,
      status: 'active',
      billingAccountIds: customer?.billingAccounts.map(({ billingAccountId }) => billingAccountId),
    });
    expect(line).not.toHaveProperty('simChangedAtMs');
    expect(line?.billingAccountIds).toHaveLength(3);
    expect(await lines.phoneNumberOf(line?.lineId ?? '')).toBe('01000001006');
    expect(await lines.maskedNumberOf(line?.lineId ?? '')).toBe('010-****-1006');
  });

  it.each(['01000001008', '', '__proto__', 'constructor'])('knows no line for %j', async (phoneNumber) => {
    const lines = new DemoLineDirectory(ledger, new MovableClock());
    expect(await lines.findByPhoneNumber(phoneNumber)).toBeUndefined();
    expect(await lines.phoneNumberOf(phoneNumber)).toBeUndefined();
    expect(await lines.maskedNumberOf(phoneNumber)).toBeUndefined();
  });

  it('names the holder by a keyed digest, where it has a key, and none for a line that nobody has', async () => {
    const lineId = ledger.customers[0]?.lineId ?? '';
    const keyed = new DemoLineDirectory(ledger, new MovableClock(), new HolderDigests(Buffer.alloc(32, 3)));
    expect(await keyed.holderDigestOf(lineId)).toMatch(/^[\w-]{43}$/);
    expect(await keyed.holderDigestOf('line-of-nobody')).toBeUndefined();
    expect(await new DemoLineDirectory(ledger, new MovableClock()).holderDigestOf(lineId)).toBeUndefined();
  });

  it('says for weeks that 1007 changed its SIM an hour ago', async () => {
    const clock = new MovableClock();
    const lines = new DemoLineDirectory(ledger, clock);
    clock.move(21 * 24 * hourMs);
    expect((await lines.findByPhoneNumber('01000001007'))?.simChangedAtMs).toBe(clock.now() - hourMs);
  });

  it('gets codes to every demo customer but the suspended one and the one with a new SIM', async () => {
    const clock = new MovableClock();
    const desk = new IdentityDesk({ lines: new DemoLineDirectory(ledger, clock) });
    for (const { phoneNumber } of ledger.customers) {
      await desk.send(aBinding({ conversationId: phoneNumber }), phoneNumber);
    }
    expect((await desk.messages()).map(({ phoneNumber }) => phoneNumber.slice(-4))).toEqual([
      '1001',
      '1002',
      '1003',
      '1004',
      '1006',
    ]);
  });
});
