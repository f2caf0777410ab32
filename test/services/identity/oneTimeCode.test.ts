import { ConfigurationError } from '../../../services/errors';
import { type CodeFacts, OneTimeCodes } from '../../../services/identity/oneTimeCode';
import { sized } from '../../size';
import { aBinding, repeatableRandomness } from './identityDesk';

const codes = new OneTimeCodes(Buffer.alloc(32, 1));
const facts: CodeFacts = {
  nonce: 'AAAAAAAAAAAAAAAAAAAAAA',
  binding: aBinding(),
  target: 'line-1',
  purpose: 'acr1',
  digits: 6,
};
const nonces = (seed: string) => {
  const randomness = repeatableRandomness(seed);
  return () => randomness.bytes(16).toString('base64url');
};

describe('one-time codes', () => {
  it('use every digit at every place equally often', () => {
    const nonce = nonces('chi square');
    const counts = Array.from({ length: 6 }, () => new Array<number>(10).fill(0));
    const drawn = sized(100_000, 100_000);
    for (let code = 0; code < drawn; code += 1) {
      [...codes.codeOf({ ...facts, nonce: nonce() })].forEach((digit, place) => {
        const row = counts[place];
        if (row !== undefined) row[Number(digit)] = (row[Number(digit)] ?? 0) + 1;
      });
    }
    for (const row of counts) {
      const chiSquare = row.reduce((sum, count) => sum + (count - drawn / 10) ** 2 / (drawn / 10), 0);
      // 9 degrees of freedom, p = 0.0001.
      expect(chiSquare).toBeLessThan(33.7);
    }
  });

  it('always have the asked number of digits, leading zeros included', () => {
    const nonce = nonces('zeros');
    const drawn = Array.from({ length: 1_000 }, () => codes.codeOf({ ...facts, nonce: nonce() }));
    for (const code of drawn) expect(code).toMatch(/^\d{6}$/);
    expect(drawn.some((code) => code.startsWith('0'))).toBe(true);
    expect(codes.codeOf({ ...facts, digits: 8 })).toMatch(/^\d{8}$/);
  });

  it.each<[string, Partial<CodeFacts>]>([
    ['nonce', { nonce: 'BBBBBBBBBBBBBBBBBBBBBB' }],
    ['channel', { binding: aBinding({ channelId: 'kakao' }) }],
    ['conversation', { binding: aBinding({ conversationId: 'conversation-2' }) }],
    ['user', { binding: aBinding({ userId: 'dl_user-2' }) }],
    ['line', { target: 'line-2' }],
    ['purpose', { purpose: 'acr2' }],
    ['length', { digits: 7 }],
  ])('differ when the %s differs', (_, change) => {
    expect(codes.codeOf({ ...facts, ...change })).not.toBe(codes.codeOf(facts));
  });

  it('stay what they are: nodes of two versions check one another’s codes', () => {
    // printf '["otp/v1",…]' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0101…01: first eight bytes mod 10^6
    expect(codes.codeOf(facts)).toBe('064545');
    expect(codes.codeOf({ ...facts, digits: 12 })).toBe('485760280712');
  });

  it('keep neighbouring parts apart', () => {
    const shifted = aBinding({ channelId: 'directline"', conversationId: 'conversation-1' });
    const other = aBinding({ channelId: 'directline', conversationId: '"conversation-1' });
    expect(codes.codeOf({ ...facts, binding: shifted })).not.toBe(codes.codeOf({ ...facts, binding: other }));
  });

  it('need the key', () => {
    expect(new OneTimeCodes(Buffer.alloc(32, 2)).codeOf(facts)).not.toBe(codes.codeOf(facts));
    for (const length of [0, 31, 33]) {
      const wrong = () => new OneTimeCodes(Buffer.alloc(length));
      expect(wrong).toThrow(ConfigurationError);
      expect(wrong).toThrow('the identity key must be 32 bytes long');
    }
  });

  it('match themselves and nothing else', () => {
    const code = codes.codeOf(facts);
    expect(codes.matches(facts, code)).toBe(true);
    for (const typed of ['', code.slice(1), `${code}0`, ` ${code}`, '٣'.repeat(6), '9'.repeat(100_000)]) {
      expect(codes.matches(facts, typed)).toBe(false);
    }
  });

  it('are compared by their first 32 characters: no code is longer', () => {
    const code = codes.codeOf({ ...facts, digits: 32 });
    expect(codes.matches({ ...facts, digits: 32 }, `${code}0`)).toBe(true);
    expect(codes.matches({ ...facts, digits: 32 }, code.slice(0, 31))).toBe(false);
  });
});

describe('a digest', () => {
  it('tells numbers, addresses and customers apart, and one kind from another', () => {
    const digests = [
      codes.numberDigest('01012345678'),
      codes.numberDigest('01012345679'),
      codes.addressDigest('01012345678'),
      codes.addressDigest('203.0.113.7'),
      codes.sendId(aBinding(), '01012345678'),
      codes.sendId(aBinding(), '01012345679'),
      codes.sendId(aBinding({ channelId: 'kakao' }), '01012345678'),
      codes.sendId(aBinding({ conversationId: 'conversation-2' }), '01012345678'),
      codes.sendId(aBinding({ userId: 'dl_user-2' }), '01012345678'),
    ];
    expect(new Set(digests.map((digest) => digest.slice(0, 20))).size).toBe(digests.length);
    expect(digests.map(({ length }) => length)).toEqual([43, 43, 43, 43, 24, 24, 24, 24, 24]);
    for (const digest of digests) expect(digest).toMatch(/^[\w-]+$/);
  });

  it('stays what it is: limits and sessions of yesterday count today', () => {
    expect(codes.numberDigest('01012345678')).toBe('vngQJ03BKy59TKfLtT04wxiwP7LCq2bgCuhv6Leo4JY');
    expect(codes.addressDigest('203.0.113.7')).toBe('xC6SOxJuXrfFbTBhxg8BC0oINVx05p1J-vNqld4WIUw');
    expect(codes.sendId(aBinding(), 'n')).toBe('GnNrtnCFz9vH1jpNBV0aZJZa');
  });
});
