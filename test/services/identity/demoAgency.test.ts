import path from 'node:path';
import { loadDemoLedger } from '../../../services/billing/demoLedger';
import { HolderDigests } from '../../../services/identity/agencyPerson';
import { DemoAgency, type DemoOutcome } from '../../../services/identity/demoAgency';

const ledger = loadDemoLedger(path.resolve(__dirname, '../../../data'));
const digests = new HolderDigests(Buffer.alloc(32, 3));
const lineId = ledger.customers[0]?.lineId ?? '';

describe('the demo identity agency', () => {
  it('keeps the first outcome that is played', async () => {
    const agency = new DemoAgency(ledger);
    agency.play('one', lineId, 'givenUp');
    agency.play('one', lineId, 'holder');
    expect(await agency.result('one')).toEqual({ status: 'failed' });
  });

  it('starts with a page of its own, and waits until somebody plays', async () => {
    const agency = new DemoAgency(ledger);
    expect(agency.start()).toEqual({ kind: 'demo' });
    expect(await agency.result('one')).toEqual({ status: 'pending' });
  });

  it.each<[DemoOutcome, boolean, boolean]>([
    ['holder', true, false],
    ['somebodyElse', false, false],
    ['child', true, true],
  ])('shows %s', async (outcome, isHolder, isChild) => {
    const agency = new DemoAgency(ledger);
    agency.play('one', lineId, outcome);
    const result = await agency.result('one');
    if (result.status !== 'verified') throw new Error(result.status);
    const holder = digests.digestOf(`demo:${ledger.customers[0]?.holder}`);
    expect(result.person.isHolder(digests, holder)).toBe(isHolder);
    expect(result.person.isHolder(digests, digests.digestOf('demo:person-of-another-line'))).toBe(!isHolder);
    expect(result.person.isUnder14(Date.parse('2026-11-22T12:00:00+09:00'))).toBe(isChild);
  });

  it('verifies nobody for a line without a holder', async () => {
    const customers = ledger.customers.map(({ holder: _, ...customer }) => customer);
    const agency = new DemoAgency({ ...ledger, customers });
    agency.play('one', lineId, 'holder');
    agency.play('two', 'line-of-nobody', 'holder');
    expect(await agency.result('one')).toEqual({ status: 'failed' });
    expect(await agency.result('two')).toEqual({ status: 'failed' });
  });

  it('forgets the oldest of more than ten thousand', async () => {
    const agency = new DemoAgency(ledger);
    for (let played = 0; played < 10_000; played += 1) agency.play(`v${played}`, lineId, 'givenUp');
    expect(await agency.result('v0')).toEqual({ status: 'failed' });
    agency.play('v10000', lineId, 'givenUp');
    expect(await agency.result('v0')).toEqual({ status: 'pending' });
    expect(await agency.result('v1')).toEqual({ status: 'failed' });
    expect(await agency.result('v10000')).toEqual({ status: 'failed' });
  });
});
