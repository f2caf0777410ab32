import { inspect } from 'node:util';
import { IdentityAgencyUnavailableError } from '../../../services/errors';
import { HolderDigests } from '../../../services/identity/agencyPerson';
import {
  agencyCallLimits,
  PortOneAgency,
  type PortOneOptions,
} from '../../../services/identity/portOneAgency';
import {
  anUnfinished,
  aVerification,
  json,
  PortOneServer,
  portOneChannel,
  portOneSecret,
  portOneStore,
} from './portOneServer';

const id = 'bill-guide-0123456789abcdef';
const digests = new HolderDigests(Buffer.alloc(32, 9));
const invented = 'Q0ktb2YtYW4taW52ZW50ZWQtcGVyc29u';
/** For what ends with a time limit only: long enough for a busy machine, short enough for a test. */
const hurried = { ...agencyCallLimits, budgetMs: 3_000, attemptMs: 1_000, backoffMs: 5 };

let server: PortOneServer;
beforeEach(async () => {
  server = await PortOneServer.open();
});
afterEach(() => server.close());

function anAgency(parts: Partial<PortOneOptions> = {}): PortOneAgency {
  return new PortOneAgency({
    apiSecret: portOneSecret,
    storeId: portOneStore,
    channelKey: portOneChannel,
    baseUrl: server.url,
    allowTestChannel: false,
    ...parts,
  });
}

async function failureOf(agency: PortOneAgency): Promise<Error> {
  try {
    await agency.result(id);
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('it did not fail');
}

describe('PortOne', () => {
  it('is asked at its published address, and an answer without a body tells nothing', async () => {
    const asked: string[] = [];
    const fetching = jest.spyOn(globalThis, 'fetch').mockImplementation(async (url) => {
      asked.push(String(url));
      return new Response(null, { status: 200 });
    });
    try {
      const agency = anAgency({ baseUrl: undefined, limits: { ...hurried, retries: 0 } });
      expect(await failureOf(agency)).toBeInstanceOf(IdentityAgencyUnavailableError);
      expect(asked).toEqual([`https://api.portone.io/identity-verifications/${id}?storeId=${portOneStore}`]);
    } finally {
      fetching.mockRestore();
    }
  });

  it('says who is there, by the published request', async () => {
    server.verifications.set(id, aVerification(id));

    const result = await anAgency().result(id);

    expect(server.requests).toEqual([
      { method: 'GET', url: `/identity-verifications/${id}?storeId=${portOneStore}` },
    ]);
    if (result.status !== 'verified') throw new Error(result.status);
    expect(result.person.isHolder(digests, digests.digestOf(invented))).toBe(true);
    expect(result.person.isHolder(digests, digests.digestOf('somebody else'))).toBe(false);
    expect(result.person.isHolder(digests, '')).toBe(false);
  });

  it('gives the browser SDK its published arguments and nothing personal', () => {
    const start = anAgency().start({
      verificationId: id,
      returnUrl: 'https://bill.example.kr/identity/return',
    });
    expect(start).toEqual({
      kind: 'portone',
      storeId: portOneStore,
      channelKey: portOneChannel,
      identityVerificationId: id,
      redirectUrl: 'https://bill.example.kr/identity/return',
    });
  });

  it('keeps the person out of every print and every store', async () => {
    server.verifications.set(id, aVerification(id));
    const result = await anAgency().result(id);
    const written = [
      inspect(result, { depth: 9, showHidden: true }),
      JSON.stringify(result),
      `${Object(result).person}`,
    ];
    for (const text of written) expect(text).not.toMatch(/Q0kt|홍길동|1958/);
  });

  it.each(['READY', 'FAILED'] as const)('tells a verification that is %s', async (status) => {
    server.verifications.set(id, anUnfinished(id, status));
    expect(await anAgency().result(id)).toEqual({ status: status === 'READY' ? 'pending' : 'failed' });
  });

  it('takes one that was never opened as pending', async () => {
    expect(await anAgency().result(id)).toEqual({ status: 'pending' });
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, Record<string, unknown>]>([
    ['another channel', { channel: { type: 'LIVE', key: 'channel-key-other' } }],
    ['no channel', { channel: undefined }],
    ['a test channel', { channel: { type: 'TEST', key: portOneChannel } }],
    ['a person without CI', { verifiedCustomer: { name: '홍길동', birthDate: '1958-03-01' } }],
    ['a person without birth date', { verifiedCustomer: { name: '홍길동', ci: invented } }],
  ])('does not trust %s', async (_, parts) => {
    server.verifications.set(id, aVerification(id, parts));
    expect(await anAgency().result(id)).toEqual({ status: 'failed' });
  });

  it('trusts a test channel where no customer can reach the server', async () => {
    const channel = { type: 'TEST', key: portOneChannel };
    server.verifications.set(id, aVerification(id, { channel }));
    expect((await anAgency({ allowTestChannel: true }).result(id)).status).toBe('verified');
  });

  it.each<[string, Partial<PortOneOptions>]>([
    ['the wrong secret (401)', { apiSecret: 'another-secret' }],
    ['the store of somebody else (403)', { storeId: 'store-of-somebody-else' }],
  ])('fails closed with %s, and asks only once', async (_, parts) => {
    server.verifications.set(id, aVerification(id));
    expect(await failureOf(anAgency(parts))).toBeInstanceOf(IdentityAgencyUnavailableError);
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, (server: PortOneServer) => void]>([
    ['an answer about another verification', (s) => s.verifications.set(id, aVerification('another'))],
    ['an unknown status', (s) => s.verifications.set(id, aVerification(id, { status: 'PERHAPS' }))],
    [
      'a CI that is no text',
      (s) => s.verifications.set(id, aVerification(id, { verifiedCustomer: { ci: 1 } })),
    ],
    ['a page of a proxy', (s) => s.misbehaviours.push((res) => res.end('<html>홍길동 Q0kt</html>'))],
    ['half an answer', (s) => s.misbehaviours.push((res) => res.end('{"status":"VERIFIED","id":"홍길'))],
    ['a 404 of something else', (s) => s.misbehaviours.push((res) => json(res, 404, { type: 'NOT_FOUND' }))],
    [
      'a redirect',
      (s) => {
        for (let times = 0; times < 3; times += 1)
          s.misbehaviours.push((res) => {
            res.writeHead(302, { Location: '/elsewhere' });
            res.end();
          });
      },
    ],
    ['a flood', (s) => s.misbehaviours.push((res) => res.end('x'.repeat(2_000_000)))],
  ])('fails closed at %s, and repeats nothing of it', async (_, misbehave) => {
    misbehave(server);
    const error = await failureOf(anAgency());
    expect(error).toBeInstanceOf(IdentityAgencyUnavailableError);
    expect(inspect(error)).not.toMatch(/홍길|Q0kt|1958/);
  });

  it.each<[string, (res: import('node:http').ServerResponse) => void]>([
    ['500', (res) => json(res, 500, { type: 'INTERNAL' })],
    [
      '503 in HTML',
      (res) => {
        res.writeHead(503);
        res.end('<html>');
      },
    ],
    ['429', (res) => json(res, 429, { type: 'TOO_MANY_REQUESTS' })],
    ['a connection that breaks', (res) => void res.destroy()],
    [
      'a body that breaks off',
      (res) => {
        res.writeHead(200, { 'Content-Length': 900 });
        res.write('{');
        setImmediate(() => res.destroy());
      },
    ],
    ['silence', () => {}],
  ])('tries again after %s', async (_, misbehaviour) => {
    server.verifications.set(id, aVerification(id));
    server.misbehaviours.push(misbehaviour);
    expect((await anAgency().result(id)).status).toBe('verified');
    expect(server.requests.map(({ method }) => method)).toEqual(['GET', 'GET']);
  });

  it('gives up within its budget when there is nothing but silence', async () => {
    for (let times = 0; times < 9; times += 1) server.misbehaviours.push(() => {});
    const startedAt = performance.now();
    expect(await failureOf(anAgency({ limits: hurried }))).toBeInstanceOf(IdentityAgencyUnavailableError);
    expect(performance.now() - startedAt).toBeLessThan(hurried.budgetMs + 2_000);
  });

  it('stops at once when the turn is given up', async () => {
    server.misbehaviours.push(() => {});
    const abort = new AbortController();
    const result = anAgency({ limits: { ...hurried, budgetMs: 60_000, attemptMs: 60_000 } }).result(
      id,
      abort.signal,
    );
    abort.abort();
    await expect(result).rejects.toBeInstanceOf(IdentityAgencyUnavailableError);
  });
});
