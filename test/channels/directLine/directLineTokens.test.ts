import { createHmac } from 'node:crypto';
import { DirectLineTokens } from '../../../channels/directLine/directLineTokens';
import { ConfigurationError } from '../../../services/errors';

const key = Buffer.alloc(32, 1);
const subject = { user: 'dl_kim', conv: 'c-1' };
const nowMs = Date.UTC(2026, 10, 23);

/** A JWT made by hand, to hold what no honest issuer would write. */
function handmade(header: object, claims: object, hash = 'sha256', signingKey: Uint8Array = key): string {
  const part = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url');
  const signed = `${part(header)}.${part(claims)}`;
  return `${signed}.${createHmac(hash, signingKey).update(signed).digest('base64url')}`;
}

describe('Direct Line tokens', () => {
  const tokens = new DirectLineTokens(key, { now: () => nowMs });
  const exp = nowMs / 1_000 + 60;
  const claims = { ...subject, kind: 'conversation', exp };

  it('carry the user in the claim that Web Chat reads', async () => {
    const { token, expiresInSeconds } = await tokens.issue('conversation', subject);

    expect(expiresInSeconds).toBe(1_800);
    expect(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())).toEqual({
      ...subject,
      kind: 'conversation',
      iat: nowMs / 1_000,
      exp: nowMs / 1_000 + 1_800,
    });
  });

  it('are recognised by another instance with the same key: after a restart, on another node', async () => {
    const { token } = await tokens.issue('stream', { ...subject, origins: ['https://a.example'] });
    const other = new DirectLineTokens(key, { now: () => nowMs + 59_000 });

    expect(await other.check('stream', token)).toMatchObject({
      status: 'valid',
      claims: { ...subject, origins: ['https://a.example'] },
    });
  });

  it.each([
    ['another key', handmade({ alg: 'HS256' }, claims, 'sha256', Buffer.alloc(32, 2))],
    ['alg none', `${handmade({ alg: 'none' }, claims).split('.').slice(0, 2).join('.')}.`],
    ['alg none with a signature', handmade({ alg: 'none' }, claims)],
    ['another algorithm', handmade({ alg: 'HS512' }, claims, 'sha512')],
    ['a critical header', handmade({ alg: 'HS256', crit: ['x'], x: 1 }, claims)],
    ['no user', handmade({ alg: 'HS256' }, { ...claims, user: undefined })],
    ['a user that is a number', handmade({ alg: 'HS256' }, { ...claims, user: 5 })],
    ['no end', handmade({ alg: 'HS256' }, { ...claims, exp: undefined })],
    ['another kind', handmade({ alg: 'HS256' }, { ...claims, kind: 'stream' })],
    ['a start in the future', handmade({ alg: 'HS256' }, { ...claims, nbf: exp })],
    ['no dots', 'abc'],
    ['nothing', ''],
  ])('are not recognised with %s', async (_name, token) => {
    expect(await tokens.check('conversation', token)).toEqual({ status: 'invalid' });
  });

  it('are recognised when made by hand as they should be: the refusals above are for their reasons', async () => {
    const token = handmade({ alg: 'HS256', jku: 'https://evil.example', kid: '../../key' }, claims);

    expect(await tokens.check('conversation', token)).toMatchObject({ status: 'valid' });
  });

  it('expire to the second, also when they were checked before', async () => {
    let now = nowMs;
    const moving = new DirectLineTokens(key, { now: () => now });
    const { token } = await moving.issue('stream', subject);
    now = nowMs + 59_999;
    const last = await moving.check('stream', token);
    now = nowMs + 60_000;

    expect(last.status).toBe('valid');
    expect(await moving.check('stream', token)).toEqual({ status: 'expired' });
    expect(await moving.check('stream', token)).toEqual({ status: 'expired' });
  });

  it('cannot be made with a key shorter than the hash', () => {
    expect(() => new DirectLineTokens(Buffer.alloc(31), { now: () => nowMs })).toThrow(ConfigurationError);
  });
});
