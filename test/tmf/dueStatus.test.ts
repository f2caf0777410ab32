import { describeDueStatusGateway } from '../contracts/dueStatusContract';
import { demoCarrier, openTmfCarrier, shortLimits } from './tmfFixture';
import type { Misbehaviour } from './tmfServer';

describeDueStatusGateway('demo ledger', async () => demoCarrier());
describeDueStatusGateway('TMF678 v4', () => openTmfCarrier());
describeDueStatusGateway('TMF678 v5', () => openTmfCarrier({ version: 'v5' }));

describe.each(['v4', 'v5'] as const)('whether a carrier of TMF678 %s answers', (version) => {
  it.each<[Misbehaviour, boolean]>([
    [{ kind: 'status', status: 404 }, true],
    [{ kind: 'status', status: 500 }, false],
    [{ kind: 'status', status: 503 }, false],
    [{ kind: 'status', status: 403 }, false],
    [{ kind: 'hang' }, false],
    [{ kind: 'html' }, false],
    [{ kind: 'cutOff' }, false],
  ])('%j', async (misbehaviour, answers) => {
    const carrier = await openTmfCarrier({ version, limits: shortLimits });
    carrier.server.misbehaviour = misbehaviour;
    expect(await carrier.billing.isAnswering()).toBe(answers);
    const [asked] = carrier.server.requests;
    expect(asked?.query.get('billingAccount.id')).toBe('is-billing-there');
    await carrier.close();
  });
});
