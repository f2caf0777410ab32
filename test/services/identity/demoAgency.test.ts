import { loadDemoLedger } from '../../../services/billing/demoLedger';
import { DemoAgency } from '../../../services/identity/demoAgency';
import { dataDir } from '../../assistant';

const ledger = loadDemoLedger(dataDir);
const lineId = ledger.customers[0]?.lineId ?? '';

describe('the demo identity agency', () => {
  it('keeps the first outcome that is played', async () => {
    const agency = new DemoAgency(ledger);
    agency.play('one', lineId, 'givenUp');
    agency.play('one', lineId, 'holder');
    expect(await agency.result('one')).toEqual({ status: 'failed' });
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
    for (let played = 0; played <= 10_000; played += 1) agency.play(`v${played}`, lineId, 'givenUp');
    expect(await agency.result('v0')).toEqual({ status: 'pending' });
    expect(await agency.result('v1')).toEqual({ status: 'failed' });
    expect(await agency.result('v10000')).toEqual({ status: 'failed' });
  });
});
