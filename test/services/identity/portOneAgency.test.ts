import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { IdentityAgencyUnavailableError } from '../../../services/errors';
import { HolderDigests } from '../../../services/identity/agencyPerson';
import {
  agencyCallLimits,
  PortOneAgency,
  type PortOneOptions,
} from '../../../services/identity/portOneAgency';
import { mutating } from '../../size';
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
const hurried = {
  ...agencyCallLimits,
  budgetMs: mutating ? 600 : 3_000,
  attemptMs: mutating ? 200 : 1_000,
  backoffMs: 5,
};

let server: PortOneServer;
beforeEach(async () => {
  server = await PortOneServer.open();
});
afterEach(() => server.close());

/** As in earnest, but for mutations: those run these tests hundreds of times. */
const patient = mutating ? hurried : agencyCallLimits;

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
    ['a channel of no kind', { channel: { type: '', key: portOneChannel } }],
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

  it('trusts no other kind of channel there, and a live one also where it does not name itself', async () => {
    server.verifications.set(id, aVerification(id, { channel: { type: 'DEMO', key: portOneChannel } }));
    expect((await anAgency({ allowTestChannel: true }).result(id)).status).toBe('failed');
    server.verifications.set(id, aVerification(id, { channel: { type: 'LIVE' } }));
    expect((await anAgency().result(id)).status).toBe('verified');
  });

  it('knows a person by a CI of any length that one can have, and a whole birth date', async () => {
    const person = { ci: 'x', birthDate: '1958-03-01' };
    const ask = (change: Partial<typeof person>) => {
      server.verifications.set(id, aVerification(id, { verifiedCustomer: { ...person, ...change } }));
      return anAgency().result(id);
    };
    for (const ci of ['x', 'x'.repeat(200)]) expect((await ask({ ci })).status).toBe('verified');
    for (const ci of ['', 'x'.repeat(201)])
      await expect(ask({ ci })).rejects.toThrow('the identity agency answered in an unexpected shape');
    for (const birthDate of [
      '19580301',
      '1958-03-011',
      '01958-03-01',
      '1958-3-01',
      '195a-03-01',
      '1958-xx-01',
      '1958-03-xx',
      '158-03-01',
      '1958-03-1',
    ])
      await expect(ask({ birthDate })).rejects.toThrow('unexpected shape');
  });

  it('is asked with the secret, for JSON, and for an id that cannot leave its place', async () => {
    const asked: [string, RequestInit | undefined][] = [];
    const fetching = jest.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
      asked.push([String(url), init]);
      return Response.json({ type: 'IDENTITY_VERIFICATION_NOT_FOUND' }, { status: 404 });
    });
    try {
      await anAgency({ baseUrl: 'https://portone.example/base' }).result('a/b?c');
      expect(asked).toEqual([
        [
          `https://portone.example/identity-verifications/a%2Fb%3Fc?storeId=${portOneStore}`,
          {
            headers: { Authorization: `PortOne ${portOneSecret}`, Accept: 'application/json' },
            redirect: 'error',
            signal: expect.any(AbortSignal),
          },
        ],
      ]);
    } finally {
      fetching.mockRestore();
    }
  });

  it('may answer with 256 KB, in pieces that cut letters apart, and no more', async () => {
    const verifiedCustomer = { ci: '가나다', birthDate: '1958-03-01' };
    const body = Buffer.from(JSON.stringify(aVerification(id, { verifiedCustomer })));
    const cut = body.indexOf('가') + 1;
    const askWith = async (bytes: number) => {
      const answer = Buffer.concat([body, Buffer.alloc(bytes - body.length, ' ')]);
      const pieces = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(answer.subarray(0, cut));
          controller.enqueue(answer.subarray(cut));
          controller.close();
        },
      });
      const fetching = jest.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response(pieces));
      try {
        return await anAgency().result(id);
      } finally {
        fetching.mockRestore();
      }
    };
    const result = await askWith(262_144);
    if (result.status !== 'verified') throw new Error(result.status);
    expect(result.person.isHolder(digests, digests.digestOf('가나다'))).toBe(true);
    await expect(askWith(262_145)).rejects.toThrow('unexpected shape');
  });

  it('has four seconds, of which no attempt takes half', () => {
    expect(agencyCallLimits).toEqual({
      budgetMs: 4_000,
      attemptMs: 1_900,
      retries: 2,
      backoffMs: 150,
      breakAfter: 6,
      openMs: 10_000,
    });
  });

  it.each<[string, string, Partial<PortOneOptions>]>([
    ['the wrong secret', 'the identity agency refused us with 401', { apiSecret: 'another-secret' }],
    [
      'the store of somebody else',
      'the identity agency refused us with 403',
      { storeId: 'store-of-somebody-else' },
    ],
  ])('fails closed with %s, and asks only once', async (_, message, parts) => {
    server.verifications.set(id, aVerification(id));
    const error = await failureOf(anAgency(parts));
    expect(error).toBeInstanceOf(IdentityAgencyUnavailableError);
    expect(error.message).toBe(message);
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

  it.each([
    [404, 'of something else', { type: 'NOT_FOUND' }],
    [404, 'that says nothing', null],
    [400, 'of the right name', { type: 'IDENTITY_VERIFICATION_NOT_FOUND' }],
    [499, 'below the server’s own errors', {}],
    [201, 'that is no answer', aVerification(id)],
  ])('fails closed at %d %s, at the first attempt', async (status, _, body) => {
    server.misbehaviours.push((res) => json(res, status, body));
    expect((await failureOf(anAgency())).message).toBe(`the identity agency refused us with ${status}`);
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, (res: ServerResponse) => void]>([
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
    expect((await anAgency({ limits: patient }).result(id)).status).toBe('verified');
    expect(server.requests.map(({ method }) => method)).toEqual(['GET', 'GET']);
  });

  it('gives up within its budget when there is nothing but silence', async () => {
    for (let times = 0; times < 9; times += 1) server.misbehaviours.push(() => {});
    const startedAt = performance.now();
    const error = await failureOf(anAgency({ limits: hurried }));
    expect(error).toBeInstanceOf(IdentityAgencyUnavailableError);
    expect(error.message).toBe('the identity agency did not answer');
    expect(error.cause).toBeUndefined();
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
