import fc from 'fast-check';
import { detectPersonal, eraseResidentNumbers, redact } from '../../../services/redaction/redaction';
import { eraseSecondHalf, mayEndWithFirstHalf } from '../../../services/redaction/splitResidentNumber';
import { sized } from '../../size';
import { digits, disguise, residentNumber, typedResidentNumber } from './typedNumbers';

const seed = Number(process.env.TEST_SEED ?? 20261122);
const runs = { seed, numRuns: sized(2_000, 20_000) };

describe('redaction', () => {
  const phoneNumber = fc
    .record({
      prefix: fc.constantFrom('010', '+82 10', '+82-10', '8210', '(010)'),
      middle: digits(4),
      last: digits(4),
      gap: fc.constantFrom('', '-', ' ', '.', ' - ', '–'),
    })
    .map(({ prefix, middle, last, gap }) => ({ typed: `${prefix}${gap}${middle}${gap}${last}`, last }));

  it(`masks the middle of 2,000 phone numbers in any notation (seed ${seed})`, () => {
    fc.assert(
      fc.property(phoneNumber, ({ typed, last }) => {
        expect(redact(`번호는 ${typed} 입니다`)).toBe(`번호는 010-****-${last} 입니다`);
      }),
      runs,
    );
  });

  it(`leaves amounts and days alone (seed ${seed})`, () => {
    const amount = fc
      .tuple(fc.integer({ min: 0, max: 999_999_999 }), fc.constantFrom('원', ' 원', '원이에요'), fc.boolean())
      .filter(([won, , commas]) => commas || ![6, 8].includes(String(won).length))
      .map(([won, unit, commas]) => `${commas ? won.toLocaleString('en-US') : won}${unit}`);
    const day = fc
      .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    const koreanDay = day.map((ymd) => ymd.replace(/(.+)-(.+)-(.+)/, '$1년 $2월 $3일'));
    fc.assert(
      fc.property(fc.array(fc.oneof(amount, day, koreanDay), { maxLength: 4 }), (parts) => {
        const text = parts.join(', ');
        expect(redact(text)).toBe(text);
      }),
      runs,
    );
  });

  const anything = fc
    .array(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 8 }),
        fc.stringMatching(/^[\d \-.,/*@:+()원일이삼년월a-fA-F_\n]{0,16}$/),
        typedResidentNumber.map(({ typed }) => typed),
        phoneNumber.map(({ typed }) => typed),
        digits(6),
        digits(8),
        digits(16),
        fc.constantFrom(
          '010-****-1001',
          '****1234',
          '******',
          '[주민번호 삭제됨]',
          '원',
          '2026-10-25',
          '1588-0010',
          '****',
          '0123456789'.repeat(6),
          'abcd',
          'aB3+'.repeat(21),
          '==',
        ),
        fc.emailAddress(),
        fc.uuid(),
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join(''));

  it(`changes nothing the second time, and leaves nothing to detect (seed ${seed})`, () => {
    fc.assert(
      fc.property(anything, (text) => {
        const once = redact(text);
        expect(redact(once)).toBe(once);
        expect(detectPersonal(once)).toEqual([]);
        const erased = eraseResidentNumbers(text).text;
        expect(eraseResidentNumbers(erased)).toEqual({ text: erased, erased: false });
      }),
      { seed, numRuns: sized(5_000, 200_000) },
    );
  });
});

describe('erasing resident registration numbers', () => {
  it(`erases 2,000 disguised numbers and keeps the words around them (seed ${seed})`, () => {
    fc.assert(
      fc.property(
        typedResidentNumber,
        fc.constantFrom('', ' 입니다', '이에요', ')'),
        ({ typed, before }, after) => {
          const result = eraseResidentNumbers(typed + after);
          expect(result).toEqual({ text: `${before}[주민번호 삭제됨]${after}`, erased: true });
        },
      ),
      runs,
    );
  });
});

describe('a resident registration number in two messages', () => {
  it(`is known in any spelling, and the log keeps neither half (seed ${seed})`, () => {
    fc.assert(
      fc.property(residentNumber, disguise, ({ front, back }, as) => {
        expect(mayEndWithFirstHalf(redact(as(front)))).toBe(true);
        expect(redact(as(back))).toBe('******');
        expect(eraseSecondHalf(as(back))).toEqual({ text: '[주민번호 삭제됨]', erased: true });
      }),
      { seed, numRuns: sized(2_000, 50_000) },
    );
  });
});
