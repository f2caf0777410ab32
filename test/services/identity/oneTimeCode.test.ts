import { ConfigurationError } from '../../../services/errors';
import { type CodeFacts, OneTimeCodes } from '../../../services/identity/oneTimeCode';
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
    const drawn = 100_000;
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
  ])('differ when the %s differs', (_, change) => {
    expect(codes.codeOf({ ...facts, ...change })).not.toBe(codes.codeOf(facts));
  });

  it('keep neighbouring parts apart', () => {
    const shifted = aBinding({ channelId: 'directline"', conversationId: 'conversation-1' });
    const other = aBinding({ channelId: 'directline', conversationId: '"conversation-1' });
    expect(codes.codeOf({ ...facts, binding: shifted })).not.toBe(codes.codeOf({ ...facts, binding: other }));
  });

  it('need the key', () => {
    expect(new OneTimeCodes(Buffer.alloc(32, 2)).codeOf(facts)).not.toBe(codes.codeOf(facts));
    expect(() => new OneTimeCodes(Buffer.alloc(31))).toThrow(ConfigurationError);
  });

  it('match themselves and nothing else', () => {
    const code = codes.codeOf(facts);
    expect(codes.matches(facts, code)).toBe(true);
    for (const typed of ['', code.slice(1), `${code}0`, ` ${code}`, '٣'.repeat(6), '9'.repeat(100_000)]) {
      expect(codes.matches(facts, typed)).toBe(false);
    }
  });
});
