import { base32, otpauthUri, totpAt, totpStepOf } from '../../../services/desk/totp';

/** RFC 6238, appendix B: the SHA-1 secret and its codes, of which six digits are the last six of eight. */
const secret = Buffer.from('12345678901234567890');
const known: readonly [number, string][] = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
];

describe('codes of an authenticator app', () => {
  it.each(known)('are those of RFC 6238 at %i s', (seconds, code) => {
    expect(totpAt(secret, seconds * 1_000)).toBe(code);
    expect(totpStepOf(secret, code, seconds * 1_000, -1)).toBe(Math.floor(seconds / 30));
  });

  it('may be one step off either way, and no further', () => {
    const nowMs = 1_000_000 * 30_000;
    const accepted = [-2, -1, 0, 1, 2].filter(
      (off) => totpStepOf(secret, totpAt(secret, nowMs + off * 30_000), nowMs, -1) !== undefined,
    );
    expect(accepted).toEqual([-1, 0, 1]);
  });

  it('count once', () => {
    const nowMs = 1_000_000 * 30_000;
    const step = totpStepOf(secret, totpAt(secret, nowMs), nowMs, -1);
    expect(step).toBe(1_000_000);
    expect(totpStepOf(secret, totpAt(secret, nowMs), nowMs, 1_000_000)).toBeUndefined();
    expect(totpStepOf(secret, totpAt(secret, nowMs - 30_000), nowMs, 1_000_000)).toBeUndefined();
  });

  it('may be typed in groups and in full-width digits', () => {
    expect(totpStepOf(secret, '287 082', 59_000, -1)).toBe(1);
    expect(totpStepOf(secret, '２８７０８２', 59_000, -1)).toBe(1);
  });

  it.each(['', '28708', '2870822', '28708a', '<script>'])('are not %p', (typed) => {
    expect(totpStepOf(secret, typed, 59_000, -1)).toBeUndefined();
  });

  it('come from a secret that apps can read', () => {
    // RFC 4648, section 10.
    expect(base32(Buffer.from('foobar'))).toBe('MZXW6YTBOI');
    expect(base32(secret)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
    const uri = new URL(otpauthUri(secret, '요금길잡이', 'kim@desk'));
    expect(uri.searchParams.get('secret')).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
    expect(uri.searchParams.get('issuer')).toBe('요금길잡이');
  });
});
