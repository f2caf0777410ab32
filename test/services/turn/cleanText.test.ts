import * as fc from 'fast-check';
import { cleanText } from '../../../services/turn/cleanText';
import { parseInboundActivity } from '../../../services/turn/inboundActivity';

describe('what a customer typed', () => {
  it.each([
    ['decomposed Hangul', '미납요금'.normalize('NFD'), '미납요금'],
    ['zero-width marks', '미\u200b납\ufeff 0\u200d1\u20600\ufe0f1', '미납 0101'],
    ['Hangul fillers', '\u3164미\u115f납\uffa0', '미납'],
    ['direction overrides', 'a\u202e\u2066b', 'ab'],
    ['control characters', 'a\0b\u001b[2Jc\u0085\u009b', 'ab[2Jc'],
    ['line ends', 'a\r\nb\rc\u2028d\te', 'a\nb\nc\nd\te'],
    ['a lone surrogate', 'a\ud83d b\ude00', 'a\ufffd b\ufffd'],
    ['a family of emoji', '👨‍👩‍👧 ❤️', '👨‍👩‍👧 ❤️'],
  ])('is cleaned of %s', (_, typed, clean) => {
    expect(cleanText(typed)).toBe(clean);
  });

  it('is cut at 4,000 units, never inside a character', () => {
    expect(cleanText('가'.normalize('NFD').repeat(5_000))).toBe('가'.repeat(4_000));
    expect(cleanText(`a${'😀'.repeat(3_000)}`)).toBe(`a${'😀'.repeat(1_999)}`);
  });

  it('stays the same when cleaned again', () => {
    const odd = fc.constantFrom(
      '\u200d',
      '\ufe0f',
      '👩',
      '❤',
      '\u0301',
      '\u1112',
      '\u1161',
      '\r',
      '\n',
      '\ud83d',
      '\ude00',
      '1',
      'a',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(odd, { maxLength: 30 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 40 }), (typed, limit) => {
        const once = cleanText(typed, limit);
        expect(cleanText(once, limit)).toBe(once);
        expect(once.length).toBeLessThanOrEqual(limit);
        expect(once).not.toMatch(/\p{Surrogate}/u);
      }),
      { numRuns: 3_000 },
    );
  });

  it('F18: costs less than 50 ms of CPU, however odd', () => {
    const worst = [
      'x'.repeat(1_000_000),
      '😀'.repeat(10_000),
      `${'a'.repeat(50_000)}!`,
      '1'.repeat(50_000),
      'a\u0301\u0316'.repeat(90_000),
      '\u0316\u0301'.repeat(100_000),
      '\u200d'.repeat(200_000),
    ];
    for (const text of worst) {
      const before = process.cpuUsage();
      const activity = parseInboundActivity(
        { type: 'message', text },
        { conversationId: 'c1', userId: 'u1' },
      );
      expect(process.cpuUsage(before).user / 1_000).toBeLessThan(50);
      expect(activity.text?.length).toBeLessThanOrEqual(4_000);
    }
  });
});
