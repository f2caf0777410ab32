import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, readEnvironment, settingNames } from '../../bot/config';
import { ConfigurationError } from '../../services/errors';

function complaintAbout(env: NodeJS.ProcessEnv): string {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return '';
}

describe('settings', () => {
  it('start a demo on this machine when nothing is set', () => {
    expect(loadConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 3978,
      publicUrl: 'http://127.0.0.1:3978',
      store: { kind: 'sqlite', path: './var/assistant.db' },
      billingProvider: 'demo',
      sms: { provider: 'demo' },
      microsoftApp: { id: '', type: 'MultiTenant' },
      directLineSecret: undefined,
      widgetOrigins: [],
      tokenLimitPerMinute: 120,
      turnQueueLimit: 2_000,
      logLevel: 'info',
    });
  });

  it('take empty values as unset', () => {
    const empty = Object.fromEntries(settingNames.map((name) => [name, ' ']));
    expect(loadConfig(empty)).toEqual(loadConfig({}));
  });

  it('read lists and addresses', () => {
    const config = loadConfig({
      WIDGET_ORIGINS: 'https://a.example, https://b.example:8443/',
      PUBLIC_URL: 'https://c.example/',
    });
    expect(config.widgetOrigins).toEqual(['https://a.example', 'https://b.example:8443']);
    expect(config.publicUrl).toBe('https://c.example');
    expect(loadConfig({ HOST: '::1' }).publicUrl).toBe('http://[::1]:3978');
  });

  it.each([
    ['PORT', 'abc'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '3978.5'],
    ['PUBLIC_URL', 'bill.example.kr'],
    ['PUBLIC_URL', 'https://bill.example.kr/path'],
    ['STORE_URL', 'mysql://localhost'],
    ['STORE_URL', 'sqlite:'],
    ['STORE_URL', 'postgres://localhost'],
    ['STORE_URL', 'postgres://localhost:port/bills'],
    ['BILLING_PROVIDER', 'tmf678'],
    ['BILLING_PROVIDER', 'excel'],
    ['TMF_BASE_URL', 'ftp://x'],
    ['SMS_PROVIDER', 'solapi'],
    ['SMS_PROVIDER', 'pigeon'],
    ['MicrosoftAppId', 'an id with spaces'],
    ['MicrosoftAppType', 'MultiTennant'],
    ['MicrosoftAppPassword', 'a-password-without-an-id'],
    ['MicrosoftAppTenantId', 'a b'],
    ['DIRECT_LINE_SECRET', 'short'],
    ['WIDGET_ORIGINS', '*'],
    ['WIDGET_ORIGINS', 'https://a.example/path'],
    ['KAKAO_SKILL_SECRET', 'has spaces in it'],
    ['TOKEN_LIMIT_PER_MINUTE', '0'],
    ['TURN_QUEUE_LIMIT', 'many'],
    ['LOG_LEVEL', 'loud'],
  ])('%s=%s is refused in one sentence that names it', (name, value) => {
    const complaint = complaintAbout({ [name]: value });
    expect(complaint.split('\n')).toHaveLength(1);
    expect(complaint).toMatch(new RegExp(`^${name} .*\\.$`));
  });

  it('name every wrong variable at once', () => {
    const complaint = complaintAbout({ PORT: 'x', LOG_LEVEL: 'x', SMS_PROVIDER: 'x', HOST: '0.0.0.0' });
    expect(
      complaint
        .split('\n')
        .map((line) => line.split(' ')[0])
        .sort(),
    ).toEqual(['HOST', 'LOG_LEVEL', 'PORT', 'SMS_PROVIDER']);
  });

  it('take a PostgreSQL address, and never repeat a wrong one, which may hold a password', () => {
    const url = 'postgres://bill:hunter2@db/bills';
    expect(loadConfig({ STORE_URL: url }).store).toEqual({ kind: 'postgres', url });
    expect(complaintAbout({ STORE_URL: 'postgres://bill:hunter2@db' })).not.toContain('hunter2');
  });

  it.each(['DIRECT_LINE_SECRET', 'KAKAO_SKILL_SECRET', 'MicrosoftAppPassword', 'MicrosoftAppId'])(
    'never repeat a wrong %s',
    (name) => {
      const complaint = complaintAbout({ [name]: 'h u n t e r 2', MicrosoftAppType: 'x' });
      expect(complaint).not.toContain('h u n t e r 2');
    },
  );

  it.each(['0.0.0.0', '192.168.0.10', 'bill.example.kr', '::', '128.0.0.1', '127.0.0.1.example.kr'])(
    'F25: HOST %s is refused without an app id, and with demo providers',
    (host) => {
      expect(complaintAbout({ HOST: host })).toMatch(
        /^HOST .*MicrosoftAppId.*BILLING_PROVIDER.*SMS_PROVIDER/,
      );
      expect(complaintAbout({ HOST: host, MicrosoftAppId: 'an-id' })).toMatch(
        /^HOST .*BILLING_PROVIDER is demo/,
      );
    },
  );

  it.each(['127.0.0.1', '127.9.9.9', 'localhost', 'LOCALHOST', '::1'])('HOST %s is this machine', (host) => {
    expect(loadConfig({ HOST: host }).host).toBe(host);
  });

  it.each([
    [{ MicrosoftAppType: 'SingleTenant', MicrosoftAppId: 'i' }, 'MicrosoftAppTenantId'],
    [
      { MicrosoftAppType: 'SingleTenant', MicrosoftAppId: 'i', MicrosoftAppTenantId: 't' },
      'MicrosoftAppPassword',
    ],
    [
      {
        MicrosoftAppType: 'UserAssignedMSI',
        MicrosoftAppId: 'i',
        MicrosoftAppTenantId: 't',
        MicrosoftAppPassword: 'p',
      },
      'without',
    ],
    [{ MicrosoftAppType: 'UserAssignedMSI', MicrosoftAppTenantId: 't' }, 'MicrosoftAppId'],
  ])('%j do not fit together', (env, word) => {
    expect(complaintAbout(env)).toContain(word);
  });
});

describe('.env', () => {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'));

  it('is optional', () => {
    expect(readEnvironment(folder, { A: '1' })).toEqual({ A: '1' });
  });

  it('fills in what the environment does not say', () => {
    writeFileSync(join(folder, '.env'), '# a comment\nPORT=4000\nHOST="localhost"\n');
    expect(readEnvironment(folder, { PORT: '5000' })).toEqual({ PORT: '5000', HOST: 'localhost' });
  });

  it('that cannot be read is named', () => {
    const odd = mkdtempSync(join(tmpdir(), 'settings-'));
    expect(() => readEnvironment(join(odd, 'x\0'), {})).toThrow(/\.env/);
  });
});

describe('.env.example', () => {
  const text = readFileSync(join(__dirname, '../../.env.example'), 'utf8');
  const lines = text.split('\n').filter((line) => /^\w+=/.test(line));

  it('lists exactly the settings there are', () => {
    expect(lines.map((line) => line.split('=')[0]).sort()).toEqual([...settingNames].sort());
  });

  it('shows the defaults', () => {
    const env = Object.fromEntries(
      lines.map((line) => [line.split('=')[0], line.slice(line.indexOf('=') + 1)]),
    );
    expect(loadConfig(env)).toEqual(loadConfig({}));
  });
});

describe('the identity agency', () => {
  const portOne = {
    IDENTITY_AGENCY: 'portone',
    PORTONE_API_SECRET: 'secret-0123456789',
    PORTONE_STORE_ID: 'store-00000000-0000-4000-8000-000000000001',
    PORTONE_CHANNEL_KEY: 'channel-key-00000000-0000-4000-8000-000000000002',
    HOLDER_DIGEST_KEY: Buffer.alloc(32, 7).toString('base64url'),
  };

  it('is played on this machine unless another is set', () => {
    expect(loadConfig({}).identityAgency).toEqual({ kind: 'demo' });
    expect(loadConfig({ IDENTITY_AGENCY: 'none' }).identityAgency).toEqual({ kind: 'none' });
    expect(loadConfig(portOne).identityAgency).toEqual({
      kind: 'portone',
      apiSecret: portOne.PORTONE_API_SECRET,
      storeId: portOne.PORTONE_STORE_ID,
      channelKey: portOne.PORTONE_CHANNEL_KEY,
      baseUrl: 'https://api.portone.io',
      allowTestChannel: true,
      holderDigestKey: Buffer.alloc(32, 7),
    });
  });

  it.each(['PORTONE_API_SECRET', 'PORTONE_STORE_ID', 'PORTONE_CHANNEL_KEY', 'HOLDER_DIGEST_KEY'])(
    'stops the start without %s',
    (name) =>
      expect(complaintAbout({ ...portOne, [name]: '' })).toBe(`IDENTITY_AGENCY portone needs ${name}.`),
  );

  it.each<[string, NodeJS.ProcessEnv]>([
    ['IDENTITY_AGENCY', { IDENTITY_AGENCY: 'pass' }],
    ['IDENTITY_AGENCY', { IDENTITY_AGENCY: 'demo', HOST: '0.0.0.0' }],
    ['PORTONE_API_SECRET', { PORTONE_API_SECRET: 'secret-0123456789' }],
    ['PORTONE_BASE_URL', { ...portOne, PORTONE_BASE_URL: 'http://api.example.kr' }],
    ['PORTONE_BASE_URL', { ...portOne, PORTONE_BASE_URL: 'https://api.example.kr/path' }],
    ['HOLDER_DIGEST_KEY', { ...portOne, HOLDER_DIGEST_KEY: 'short' }],
    ['PORTONE_STORE_ID', { ...portOne, PORTONE_STORE_ID: 'x y' }],
  ])('names %s when it is wrong, and repeats no value', (name, env) => {
    const complaint = complaintAbout(env);
    expect(complaint).toContain(name);
    for (const secret of [portOne.PORTONE_API_SECRET, portOne.HOLDER_DIGEST_KEY])
      expect(complaint).not.toContain(secret);
  });
});
