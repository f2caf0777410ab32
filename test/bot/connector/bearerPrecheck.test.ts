import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { channelIssuer, precheckBearer } from '../../../bot/connector/bearerPrecheck';
import { ConnectorAdapter } from '../../../bot/connector/connectorAdapter';
import {
  anActivity,
  anApp,
  aSigningKey,
  countingServer,
  part,
  type RunningBot,
  runningBot,
  signedToken,
} from './connectorFixture';

const serviceUrl = 'http://127.0.0.1:9/';
const nowSeconds = Math.floor(Date.now() / 1_000);
const header = { alg: 'RS256', typ: 'JWT', kid: 'good-key' };
const claims = {
  iss: channelIssuer,
  aud: anApp.id,
  serviceurl: serviceUrl,
  nbf: nowSeconds - 60,
  exp: nowSeconds + 3_600,
};
const key = aSigningKey('good-key');
const attackersKey = aSigningKey('good-key');

/** Every way to forge a token that needs no key to be told from a real one. */
function forgedTokens(attackerUrl: string): string[] {
  const pem = key.publicKey.export({ format: 'pem', type: 'spki' });
  const hmac = (alg: string, digest: string) => {
    const input = `${part({ ...header, alg })}.${part(claims)}`;
    return `${input}.${createHmac(digest, pem).update(input).digest('base64url')}`;
  };
  const headers: object[] = [
    ...['none', 'None', 'NONE', 'nOnE', '', 'HS256', 'ES256', 'PS256', 'EdDSA', 'rs256', 'RS1'].map(
      (alg) => ({ ...header, alg }),
    ),
    { typ: 'JWT', kid: 'good-key' },
    { alg: 'RS256' },
    ...[
      '../../etc/passwd',
      '/dev/null',
      'a/b',
      'a|b',
      '',
      'x'.repeat(200),
      `${attackerUrl}/key`,
      "' OR 1=1",
      '한글',
      '.',
    ].map((kid) => ({ ...header, kid })),
    ...['jku', 'x5u'].map((name) => ({ ...header, [name]: `${attackerUrl}/keys` })),
    { ...header, jwk: attackersKey.jwk },
    { ...header, x5c: ['MIIB'] },
    { ...header, crit: ['exp'] },
    { ...header, b64: false },
    { ...header, kid: 5 },
    { ...header, alg: ['RS256'] },
  ];
  const payloads: object[] = [
    ...[
      'https://evil.example',
      `${channelIssuer}/`,
      `${channelIssuer}.evil.example`,
      attackerUrl,
      'http://api.botframework.com',
      '',
      'https://sts.windows.net/11111111-1111-1111-1111-111111111111/',
    ].map((iss) => ({ ...claims, iss })),
    ...['another-app', '', `${anApp.id} `, anApp.id.toUpperCase()].map((aud) => ({ ...claims, aud })),
    { ...claims, aud: [anApp.id] },
    { ...claims, aud: undefined },
    { ...claims, iss: undefined },
    { ...claims, iss: [channelIssuer] },
    { ...claims, exp: undefined },
    { ...claims, exp: 'never' },
    { ...claims, nbf: 'now' },
    { ...claims, nbf: nowSeconds + 301 + 5 },
    { ...claims, tid: '11111111-1111-1111-1111-111111111111' },
    { ...claims, tid: { includes: 1 } },
    { ...claims, appid: 'another-app', ver: '1.0' },
    { ...claims, azp: 'another-app', ver: '2.0' },
    {
      ...claims,
      iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
      appid: 'AnonymousSkill',
    },
    ...['https://evil.example/', '', serviceUrl.toUpperCase(), undefined].map((serviceurl) => ({
      ...claims,
      serviceurl,
    })),
    ...Array.from({ length: 60 }, (_, n) => ({ ...claims, exp: nowSeconds - 301 - n * 997 })),
    ...Array.from({ length: 60 }, (_, n) => ({ ...claims, aud: `app-${n}`, exp: nowSeconds + n })),
  ];
  const valid = signedToken(header, claims, key.privateKey);
  const broken = [
    ...Array.from({ length: 40 }, (_, n) => valid.slice(0, n * 3)),
    ...Array.from({ length: 40 }, (_, n) => `${part(header).slice(0, n + 1)}.${part(claims)}.sig`),
    ...[
      'a.b.c',
      '..',
      '...',
      'null',
      `${valid}.x`,
      `${part(header)}.${part(claims)}.`,
      `${part('{"alg":"RS256","alg":"none","kid":"k"}')}.${part(claims)}.s`,
    ],
    ...['[]', 'null', '5', '"x"', '{', ''].flatMap((json) => [
      `${part(json)}.${part(claims)}.s`,
      `${part(header)}.${part(json)}.s`,
    ]),
    ...Array.from(
      { length: 4 },
      (_, n) => `${part(header)}.${part({ ...claims, pad: 'x'.repeat(12_300 + n) })}.s`,
    ),
  ];
  const wrongHead = headers.flatMap((head) => [
    signedToken(head, claims, attackersKey.privateKey),
    `${part(head)}.${part(claims)}.`,
  ]);
  const wrongClaims = payloads.flatMap((body) => [
    signedToken(header, body, key.privateKey),
    signedToken(header, body, attackersKey.privateKey),
  ]);
  return [...wrongHead, ...wrongClaims, ...broken, hmac('HS256', 'sha256'), hmac('HS512', 'sha512')];
}

describe('F23: forged bearer tokens', () => {
  let bot: RunningBot;
  let keyServer: Awaited<ReturnType<typeof countingServer>>;
  let attacker: Awaited<ReturnType<typeof countingServer>>;

  beforeAll(async () => {
    keyServer = await countingServer((path) =>
      path === '/keys' ? { keys: [key.jwk] } : { issuer: channelIssuer, jwks_uri: `${keyServer.url}/keys` },
    );
    attacker = await countingServer(() => ({ keys: [attackersKey.jwk] }));
    const adapter = new ConnectorAdapter(anApp, {
      channel: `${keyServer.url}/openid`,
      emulator: `${keyServer.url}/emulator`,
    });
    bot = await runningBot(anApp, { adapter });
  });
  afterAll(async () => {
    await Promise.all([bot.close(), keyServer.close(), attacker.close()]);
  });

  it('are refused by the hundred, without a single outgoing connection', async () => {
    const tokens = forgedTokens(attacker.url);
    expect(new Set(tokens).size).toBeGreaterThanOrEqual(350);
    const schemes = ['Bearer', 'bearer', 'Basic'];
    const headers = [
      undefined,
      'Bearer',
      'Bearer ',
      ...tokens.map((token) => `Bearer ${token}`),
      ...tokens.slice(0, 160).map((token, n) => `${schemes[n % 3]}  ${token}`),
    ];
    expect(headers.length).toBeGreaterThanOrEqual(500);
    const statuses = new Map<number, number>();
    for (const authorization of headers) {
      const answer = await bot.post(
        anActivity({ serviceUrl }),
        authorization === undefined ? {} : { authorization },
      );
      expect(await answer.text()).toMatch(/^\{"error":\{"code":"Unauthorized","message":"[\w .]+"\}\}$/);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    }
    expect([...statuses]).toEqual([[401, headers.length]]);
    expect(bot.intake.turns).toEqual([]);
    expect(attacker.count.connections).toBe(0);
    expect(keyServer.count.connections).toBe(0);
  });

  it('signed with another key under a known name are refused after asking the real key server alone', async () => {
    const quiet = jest.spyOn(console, 'error').mockImplementation(() => {});
    const forged = signedToken(header, claims, attackersKey.privateKey);
    const answer = await bot.post(anActivity({ serviceUrl }), { authorization: `Bearer ${forged}` });
    quiet.mockRestore();
    expect(answer.status).toBe(401);
    expect(bot.intake.turns).toEqual([]);
    expect(keyServer.count.requests).toEqual(['GET /openid', 'GET /keys']);
    expect(attacker.count.connections).toBe(0);
  });

  it('leave the real one welcome', async () => {
    const token = signedToken(header, claims, key.privateKey);
    const answer = await bot.post(anActivity({ serviceUrl }), { authorization: `Bearer ${token}` });
    expect(answer.status).toBe(200);
    expect(bot.intake.turns).toHaveLength(1);
  });

  it('are told from real ones before the body is looked at', async () => {
    expect((await bot.post({})).status).toBe(401);
    const token = signedToken(header, claims, key.privateKey);
    expect((await bot.post({}, { authorization: `Bearer ${token}` })).status).toBe(400);
  });
});

describe('F24: a key server that cannot be asked', () => {
  const authorization = `Bearer ${signedToken(header, claims, key.privateKey)}`;
  const open: { close(): Promise<void> }[] = [];

  afterEach(async () => {
    await Promise.all(open.splice(0).map((server) => server.close()));
  });

  async function botAsking(keyServer: string, keyTimeoutMs?: number): Promise<RunningBot> {
    const adapter = new ConnectorAdapter(
      anApp,
      { channel: `${keyServer}/openid`, emulator: `${keyServer}/emulator` },
      keyTimeoutMs,
    );
    const bot = await runningBot(anApp, { adapter });
    open.push(bot);
    return bot;
  }

  it('lets nobody in, and says nothing of where it is', async () => {
    const gone = await countingServer();
    await gone.close();
    const bot = await botAsking(gone.url);
    const answer = await bot.post(anActivity({ serviceUrl }), { authorization });
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toMatch(/127\.0\.0\.1|ECONN/);
    expect(bot.intake.turns).toEqual([]);
  });

  it('lets nobody in while it does not answer', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', () => resolve()));
    const closed = () =>
      new Promise<void>((resolve) => {
        silent.close(() => resolve());
        silent.closeAllConnections();
      });
    open.push({ close: closed });
    const { port } = silent.address() as AddressInfo;
    const bot = await botAsking(`http://127.0.0.1:${port}`, 100);
    const answer = await bot.post(anActivity({ serviceUrl }), { authorization });
    expect(answer.status).toBe(503);
    expect(bot.intake.turns).toEqual([]);
  });
});

describe('bearer precheck', () => {
  const tenantId = '22222222-2222-2222-2222-222222222222';
  const check = (payload: object, app = anApp) =>
    precheckBearer(`Bearer ${signedToken(header, payload, key.privateKey)}`, app, nowSeconds * 1_000);

  it('allows five minutes for clocks that differ', () => {
    expect(check({ ...claims, exp: nowSeconds - 299, nbf: nowSeconds + 299 }).status).toBe('plausible');
    expect(check({ ...claims, exp: nowSeconds - 301 })).toEqual({ status: 'refused', reason: 'time' });
    expect(check({ ...claims, nbf: nowSeconds + 301 })).toEqual({ status: 'refused', reason: 'time' });
  });

  it("takes a tenant's own issuer only when the registration belongs to that tenant", () => {
    const payload = {
      ...claims,
      iss: `https://login.microsoftonline.com/${tenantId}/v2.0`,
      tid: tenantId,
      ver: '2.0',
      azp: anApp.id,
    };
    expect(check(payload)).toEqual({ status: 'refused', reason: 'issuer' });
    expect(check(payload, { ...anApp, type: 'SingleTenant', tenantId }).status).toBe('plausible');
  });
});
