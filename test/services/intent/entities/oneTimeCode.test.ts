import fc from 'fast-check';
import { findOneTimeCodes, parseOneTimeCode } from '../../../../services/intent/entities/oneTimeCode';
import { sized } from '../../../size';

/** How one digit may be read out, all of one manner. */
const manners: Record<string, readonly string[]> = {
  figures: [...'0123456789'],
  wide: [...'０１２３４５６７８９'],
  sino: ['공', '일', '이', '삼', '사', '오', '육', '칠', '팔', '구'],
  sinoWithYeong: ['영', '일', '이', '삼', '사', '오', '륙', '칠', '팔', '구'],
  native: ['영', '하나', '둘', '셋', '넷', '다섯', '여섯', '일곱', '여덟', '아홉'],
  english: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
  englishWithOh: ['oh', 'One', 'Two', 'THREE', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
};
const read = (code: string, words: readonly string[]) => [...code].map((digit) => words[Number(digit)] ?? '');

describe('a code that is read out', () => {
  it.each([
    ['공일이삼사오', '012345'],
    ['공 일 이 삼 사 오', '012345'],
    ['영일이, 삼사오입니다', '012345'],
    ['하나둘셋넷다섯여섯', '123456'],
    ['하나 둘 셋 넷 다섯 여섯이요', '123456'],
    ['일곱여덟아홉영영하나예요', '789001'],
    ['빵일이삼사오요', '012345'],
    ['공하나둘삼사오요', '012345'],
    ['12삼사오육', '123456'],
    ['일이삼에 사오육', '123456'],
    ['일이삼 다음에 사오육이에요', '123456'],
    ['one two three four five six', '123456'],
    ['One, two, three, four, five, six.', '123456'],
    ['oh one two three four five', '012345'],
    ['zero-one-two three-four-five', '012345'],
    ['double five one two three four', '551234'],
    ['my code is one two three four five six', '123456'],
    ['일이삼사오육칠팔', '12345678'],
    ['하나 둘 셋 넷 다섯 여섯 일곱 여덟', '12345678'],
    ['１２３－４５６', '123456'],
    ['123 - 456', '123456'],
    ['123/456', '123456'],
    ['네, 인증번호는 일이삼사오육이에요', '123456'],
  ])('"%s" is %s', (text, code) => {
    expect(parseOneTimeCode(text)).toBe(code);
  });

  it.each([
    '하나둘셋',
    '일이삼사오',
    '일이삼사오육칠',
    'one two three',
    'one hundred twenty three four five six',
    'no one told me to do six',
    'someone two three four five six',
    '십이삼사오육',
    '이만 오천',
    '하나도 안 왔어요',
    '육칠팔 같은데요',
    '오늘 일이 많아서 이만 사오 일 뒤에',
  ])('"%s" is none', (text) => {
    expect(parseOneTimeCode(text)).toBeUndefined();
  });

  it('is read in every manner, with whatever stands between and behind', () => {
    const digits = (length: number) =>
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length });
    const codes = fc.oneof(digits(6), digits(8)).map((list) => list.join(''));
    fc.assert(
      fc.property(
        codes,
        fc.constantFrom(...Object.values(manners)),
        fc.constantFrom(' ', '-', ', ', '. ', ' - '),
        fc.constantFrom('', '.', '입니다', '이에요'),
        (code, words, between, ending) => {
          expect(parseOneTimeCode(read(code, words).join(between) + ending)).toBe(code);
        },
      ),
      { numRuns: sized(2_000, 100_000) },
    );
  });

  it('may mix manners from digit to digit', () => {
    const all = Object.values(manners);
    const pick = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom(...all)), {
      minLength: 6,
      maxLength: 6,
    });
    fc.assert(
      fc.property(pick, (picked) => {
        const text = picked.map(([digit, words]) => words[digit]).join(' ');
        expect(parseOneTimeCode(text)).toBe(picked.map(([digit]) => digit).join(''));
      }),
      { numRuns: sized(2_000, 100_000) },
    );
  });

  it('is found whole, with its place', () => {
    expect(findOneTimeCodes(' 하나둘셋넷다섯여섯이요 ')).toEqual([
      { type: 'code', text: '하나둘셋넷다섯여섯이요', start: 1, end: 12, value: '123456' },
    ]);
  });

  it('takes no time to be missed in a long message', () => {
    const startedAt = performance.now();
    for (const text of ['일'.repeat(100_000), 'one '.repeat(50_000), '1 '.repeat(100)])
      expect(parseOneTimeCode(text)).toBeUndefined();
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
