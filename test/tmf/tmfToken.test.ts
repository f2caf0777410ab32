import { minuteMs } from '../services/identity/identityDesk';
import { openTmfCarrier, shortLimits, type TmfCarrier } from './tmfFixture';
import { TmfServer } from './tmfServer';

const nobody = { product: [], billingAccount: [], customerBill: [], appliedCustomerBillingRate: [] };

/** A token server beside the carrier. */
async function open(tokens: { access_token: string; expires_in?: number }[]) {
  const tokenServer = new TmfServer({ ...nobody, payment: [], paymentMethod: [] });
  tokenServer.tokens.push(...tokens);
  const tokenUrl = `${await tokenServer.listen()}token`;
  const carrier = await openTmfCarrier({
    limits: shortLimits,
    options: { credentials: { kind: 'oauth2', tokenUrl, clientId: 'bill guide', clientSecret: 'p:ss/w+rd' } },
  });
  return { carrier, tokenServer };
}

let carrier: TmfCarrier;
let tokenServer: TmfServer;
afterEach(async () => {
  await carrier.close();
  await tokenServer.close();
});

const balance = () => carrier.billing.unpaidBills(carrier.proof('01000001001'));

describe('OAuth 2.0 client credentials', () => {
  it('fetch one token for all requests, and a new one before it runs out', async () => {
    ({ carrier, tokenServer } = await open([
      { access_token: 'first', expires_in: 600 },
      { access_token: 'second', expires_in: 600 },
    ]));
    carrier.server.token = 'first';
    await balance();
    carrier.clock.move(minuteMs);
    await balance();
    expect(tokenServer.asked('token')).toBe(1);
    carrier.clock.move(9 * minuteMs);
    carrier.server.token = 'second';
    expect((await balance()).totalUnpaid).toBe(77_300);
    expect(tokenServer.asked('token')).toBe(2);
  });

  it('encode id and secret as RFC 6749 §2.3.1 says', async () => {
    ({ carrier, tokenServer } = await open([{ access_token: 'first', expires_in: 600 }]));
    await balance();
    const [, pair = ''] = tokenServer.requests[0]?.authorization?.split(' ') ?? [];
    expect(Buffer.from(pair, 'base64').toString()).toBe('bill+guide:p%3Ass%2Fw%2Brd');
  });

  it('ask for another token when one is withdrawn early', async () => {
    ({ carrier, tokenServer } = await open([
      { access_token: 'first', expires_in: 600 },
      { access_token: 'second', expires_in: 600 },
    ]));
    carrier.server.token = 'first';
    await balance();
    carrier.server.token = 'second';
    expect((await balance()).totalUnpaid).toBe(77_300);
  });

  it('that are refused leave no answer', async () => {
    ({ carrier, tokenServer } = await open([]));
    await expect(balance()).rejects.toMatchObject({ code: 'BillingUnavailable' });
    expect(carrier.server.requests).toEqual([]);
  });
});
