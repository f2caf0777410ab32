import * as fc from 'fast-check';
import { isEverydayText } from '../../../services/redaction/everydayText';
import { redact } from '../../../services/redaction/redaction';
import { sized } from '../../size';

/** Pieces that become personal in company: figures in every dress, digits in words, pauses, and letters around them. */
const pieces = [
  ...'0123456789공영령일이삼사오육륙칠팔구한둘셋넷빵oO０１⑴❶ㅡ-.,·_/|~ @',
  ...[
    '하나',
    '다섯',
    '여섯',
    '일곱',
    '여덟',
    '여덜',
    '아홉',
    '두울',
    '세엣',
    '네엣',
    '제로',
    '랑',
    '이랑',
    '하고',
    '에',
  ],
  ...[
    'zero',
    'one',
    'two',
    'three',
    'four',
    'five',
    'six',
    'seven',
    'eight',
    'nine',
    'oh',
    'double ',
    'triple-',
  ],
  ...[
    '그리고',
    '다음은',
    'and ',
    'Bearer ',
    'bearer ',
    'eyJhbGciOi',
    'a.b',
    'kim@kt',
    '.com',
    '원',
    'won',
    '요금',
    '번호는',
  ],
];
const anyText = fc.array(fc.constantFrom(...pieces), { maxLength: 24 }).map((parts) => parts.join(''));

describe('an everyday text', () => {
  it.each([
    '요금이 연체되면 어떻게 돼요?',
    '이사 오면 어떻게 해요',
    'How do I pay my bill?',
    '',
    '아니요 괜찮아요 (감사!)',
  ])('is "%s"', (text) => {
    expect(isEverydayText(text)).toBe(true);
  });

  it.each([
    ['a figure', '3시에 갈게요'],
    ['an address', 'me@kt'],
    ['four digits in words', '공일공 일'],
    ['English ones with a doubled one', 'one two double three four'],
    ['a token', 'Bearer abcdefghij'],
    ['a token of three parts', 'eyJabcdef.abc.def'],
    ['what has to be folded first', '요금ㅡ요'],
    ['what is long', '가'.repeat(81)],
  ])('is nothing with %s', (_, text) => {
    expect(isEverydayText(text)).toBe(false);
  });

  it('is left alone by every detector', () => {
    const seed = 20261123;
    let everyday = 0;
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: 'grapheme', maxLength: 90 })), (text) => {
        if (!isEverydayText(text)) return;
        everyday += 1;
        // Beside a figure nothing is everyday: this is the long way through all detectors.
        expect(redact(`${text}\n7`)).toBe(`${text}\n7`);
      }),
      { seed, numRuns: sized(20_000, 2_000_000) },
    );
    expect(everyday).toBeGreaterThan(sized(20_000, 2_000_000) / 50);
  });
});
