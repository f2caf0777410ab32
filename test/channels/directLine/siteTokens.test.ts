import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { SiteTokens } from '../../../channels/directLine/siteTokens';
import { countingServer } from '../../bot/connector/connectorFixture';
import { allowedOrigin, claimsOf, DirectLineHost } from './directLineHost';

const issuer = 'https://www.site.example';
const audience = 'bill-guide';
const line = 'line-8cf7e504fe0e';

interface Site {
  readonly url: string;
  readonly requests: readonly string[];
  token(changes?: JWTPayload, header?: object, sign?: 'own' | 'foreign'): Promise<string>;
  close(): Promise<void>;
}

/** A site that signs tokens and publishes its key. @param broken answers with no key set */
async function aSite(
  host: { clock: { now(): number } },
  alg: 'RS256' | 'ES256',
  broken = false,
): Promise<Site> {
  const own = await generateKeyPair(alg, { extractable: true });
  const foreign = await generateKeyPair(alg);
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'key-1', alg, use: 'sig' };
  const server = await countingServer(() => (broken ? 'down for maintenance' : { keys: [jwk] }));
  let made = 0;
  return {
    url: `${server.url}/keys`,
    requests: server.count.requests,
    token: (changes = {}, header = {}, sign = 'own') => {
      made += 1;
      const iat = Math.floor(host.clock.now() / 1_000);
      const payload = { iss: issuer, aud: audience, iat, jti: `token-${made}-of-the-site`, line, ...changes };
      return new SignJWT(payload)
        .setProtectedHeader({ alg, kid: 'key-1', ...header })
        .sign(sign === 'own' ? own.privateKey : foreign.privateKey);
    },
    close: server.close,
  };
}

const clockNow = { clock: { now: () => Date.UTC(2026, 10, 23, 1) } };

describe.each(['RS256', 'ES256'] as const)('a token that a site signed with %s', (alg) => {
  let site: Site;
  let host: DirectLineHost;
  const ask = (siteToken: unknown, origin = allowedOrigin) =>
    host.call('POST', '/api/token', { origin, json: { siteToken } });

  beforeEach(async () => {
    site = await aSite(clockNow, alg);
    host = await DirectLineHost.start({ siteTokens: { jwksUrl: site.url, issuer, audience } });
  });
  afterEach(async () => {
    await host.end();
    await site.close();
  });

  it('starts a chat at the line, which every message of it then names to the assistant', async () => {
    const answer = await ask(await site.token());
    expect(answer).toMatchObject({ status: 200, body: { lineKnown: true } });
    expect(claimsOf(answer.body.token)).toMatchObject({ line, user: answer.body.userId });
    const { token } = answer.body;
    const started = await host.call('POST', '/conversations', { token, json: { user: {} } });
    expect(claimsOf(started.body.token)).toMatchObject({ line });
    expect(new URL(started.body.streamUrl).searchParams.get('t')).not.toBeNull();
    expect(claimsOf(new URL(started.body.streamUrl).searchParams.get('t') ?? '')).not.toHaveProperty('line');
    const submit = jest.spyOn(host.intake, 'submit');
    await host.say(started.body, '안녕하세요');
    expect(submit.mock.lastCall?.[0]).toMatchObject({ knownLine: line });
    const refreshed = await host.call('POST', '/tokens/refresh', { token });
    expect(claimsOf(refreshed.body.token)).toMatchObject({ line });
  });

  it.each<[string, JWTPayload, object, 'own' | 'foreign']>([
    ['signed by somebody else', {}, {}, 'foreign'],
    ['with a key that the site does not publish', {}, { kid: 'key-2' }, 'own'],
    ['five minutes old', { iat: clockNow.clock.now() / 1_000 - 301 }, {}, 'own'],
    ['from the future', { iat: clockNow.clock.now() / 1_000 + 60 }, {}, 'own'],
    ['that has expired', { exp: clockNow.clock.now() / 1_000 - 60 }, {}, 'own'],
    ['for another audience', { aud: 'another' }, {}, 'own'],
    ['of another issuer', { iss: 'https://evil.example' }, {}, 'own'],
    ['without an id', { jti: undefined }, {}, 'own'],
    ['without a time', { iat: undefined }, {}, 'own'],
    ['without a line', { line: undefined }, {}, 'own'],
    ['with a phone number for a line', { line: '01000001001' }, {}, 'own'],
    ['with a path for a line', { line: '../../line-1' }, {}, 'own'],
  ])('%s gets 401', async (_, changes, header, sign) => {
    expect((await ask(await site.token(changes, header, sign))).status).toBe(401);
  });

  it('works once when it comes ten times at once', async () => {
    const token = await site.token();
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('works once, also after a restart', async () => {
    const token = await site.token();
    expect((await ask(token)).status).toBe(200);
    expect((await ask(token)).status).toBe(401);
    await host.shut();
    await host.open();
    // The first call may still meet the connection that has just been closed.
    await ask('anything').catch(() => undefined);
    expect((await ask(token)).status).toBe(401);
  });
});

describe('a site token', () => {
  it.each([
    ['with alg none', async () => new UnsecuredJWT({ iss: issuer, aud: audience, line }).encode()],
    ['that is no token', async () => 'not.a.token'],
    ['of enormous length', async () => 'x'.repeat(100_000)],
    ['for another audience', (site: Site) => site.token({ aud: 'another' })],
    ['of another issuer', (site: Site) => site.token({ iss: 'https://evil.example' })],
    [
      'signed with a secret',
      async () =>
        new SignJWT({ iss: issuer, aud: audience, line, jti: 'a-long-enough-id' })
          .setProtectedHeader({ alg: 'HS256' })
          .setIssuedAt()
          .sign(new Uint8Array(32)),
    ],
  ])('%s is refused before anybody is asked for keys', async (_, make) => {
    const site = await aSite(clockNow, 'ES256');
    const tokens = new SiteTokens({ jwksUrl: site.url, issuer, audience }, clockNow.clock);
    expect(await tokens.check(await make(site))).toEqual({ status: 'refused' });
    expect(site.requests).toEqual([]);
    await site.close();
  });

  it('causes no request to an address that its header names', async () => {
    const site = await aSite(clockNow, 'ES256');
    const attacker = await aSite(clockNow, 'ES256');
    const tokens = new SiteTokens({ jwksUrl: site.url, issuer, audience }, clockNow.clock);
    for (const header of [{ jku: attacker.url }, { x5u: attacker.url }, { kid: attacker.url }])
      expect(await tokens.check(await attacker.token({}, header))).toEqual({ status: 'refused' });
    expect(attacker.requests).toEqual([]);
    expect(site.requests.length).toBeLessThanOrEqual(2);
    await site.close();
    await attacker.close();
  });

  it('whose site does not answer starts the normal chat, and the site is left alone for a while', async () => {
    const site = await aSite(clockNow, 'ES256', true);
    const host = await DirectLineHost.start({ siteTokens: { jwksUrl: site.url, issuer, audience } });
    for (let n = 0; n < 5; n += 1) {
      const answer = await host.call('POST', '/api/token', { json: { siteToken: await site.token() } });
      expect(answer).toMatchObject({ status: 200, body: { lineKnown: false } });
      expect(claimsOf(answer.body.token)).not.toHaveProperty('line');
    }
    expect(site.requests).toHaveLength(1);
    host.advance(6_000);
    await host.call('POST', '/api/token', { json: { siteToken: await site.token() } });
    expect(site.requests).toHaveLength(2);
    host.advance(-86_400_000);
    await host.call('POST', '/api/token', { json: { siteToken: await site.token() } });
    expect(site.requests).toHaveLength(3);
    await host.end();
    await site.close();
  });

  it('means nothing where no site is set up, and a wrong body is named', async () => {
    const host = await DirectLineHost.start();
    const ask = (json: unknown) => host.call('POST', '/api/token', { json });
    expect(await ask({ siteToken: 'any' })).toMatchObject({ status: 200, body: { lineKnown: false } });
    expect((await ask({})).body).not.toHaveProperty('lineKnown');
    expect((await ask({ siteToken: 5 })).status).toBe(400);
    await host.end();
  });
});
