import { loadConfig } from '../../bot/config';
import { ConfigurationError } from '../../services/errors';

const tmf = { BILLING_PROVIDER: 'tmf678', TMF_BASE_URL: 'https://api.carrier.example' };

describe('settings of a carrier’s billing system', () => {
  it('need the base address alone', () => {
    expect(loadConfig(tmf)).toMatchObject({
      billingProvider: 'tmf678',
      tmf: {
        billUrl: 'https://api.carrier.example/tmf-api/customerBillManagement/v4/',
        accountUrl: 'https://api.carrier.example/tmf-api/accountManagement/v4/',
        productUrl: 'https://api.carrier.example/tmf-api/productInventory/v4/',
        paymentUrl: 'https://api.carrier.example/tmf-api/payment/v4/',
        paymentMethodUrl: undefined,
        credentials: { kind: 'none' },
        simChangeUnknown: 'refuse',
        accountScope: 'customer',
      },
    });
  });

  it('take paths, addresses and none', () => {
    const { tmf: options } = loadConfig({
      ...tmf,
      TMF_BASE_URL: 'https://api.carrier.example/gw',
      TMF_VERSION: 'v5',
      TMF_ACCOUNT_URL: 'https://accounts.carrier.example/v4',
      TMF_PAYMENT_URL: 'none',
      TMF_UNISSUED_STATES: 'draft, hidden',
    });
    expect(options).toMatchObject({
      billUrl: 'https://api.carrier.example/gw/tmf-api/customerBillManagement/v5/',
      accountUrl: 'https://accounts.carrier.example/v4/',
      paymentUrl: undefined,
      unissuedStates: ['draft', 'hidden'],
    });
  });

  it('take a token, or client credentials', () => {
    expect(loadConfig({ ...tmf, TMF_TOKEN: 'abc' }).tmf?.credentials).toEqual({
      kind: 'token',
      token: 'abc',
    });
    const oauth = {
      TMF_TOKEN_URL: 'https://id.carrier.example/token',
      TMF_CLIENT_ID: 'guide',
      TMF_CLIENT_SECRET: 's3cret',
    };
    expect(loadConfig({ ...tmf, ...oauth }).tmf?.credentials).toMatchObject({
      kind: 'oauth2',
      clientId: 'guide',
    });
  });

  it.each([
    ['no base address', { BILLING_PROVIDER: 'tmf678' }, 'TMF_BASE_URL'],
    ['clear text', { ...tmf, TMF_BASE_URL: 'http://api.carrier.example' }, 'TMF_BASE_URL'],
    ['a password in the address', { ...tmf, TMF_BASE_URL: 'https://a:b@carrier.example' }, 'TMF_BASE_URL'],
    ['clear text for one API', { ...tmf, TMF_PAYMENT_URL: 'http://pay.example/' }, 'TMF_PAYMENT_URL'],
    ['half of the client credentials', { ...tmf, TMF_CLIENT_ID: 'guide' }, 'TMF_CLIENT_SECRET'],
    [
      'two kinds of credentials',
      {
        ...tmf,
        TMF_TOKEN: 'abc',
        TMF_TOKEN_URL: 'https://id.example',
        TMF_CLIENT_ID: 'a',
        TMF_CLIENT_SECRET: 'b',
      },
      'TMF_TOKEN',
    ],
    ['an unknown version', { ...tmf, TMF_VERSION: 'v3' }, 'TMF_VERSION'],
    ['a word that is neither', { ...tmf, TMF_SIM_CHANGE_UNKNOWN: 'maybe' }, 'TMF_SIM_CHANGE_UNKNOWN'],
  ])('are refused with %s', (_, env, name) => {
    expect(() => loadConfig(env)).toThrow(ConfigurationError);
    expect(() => loadConfig(env)).toThrow(name);
  });

  it('take http on this machine', () => {
    expect(loadConfig({ ...tmf, TMF_BASE_URL: 'http://127.0.0.1:9000' }).tmf?.billUrl).toContain(
      '127.0.0.1:9000',
    );
  });
});
