import fc from 'fast-check';
import { eraseResidentNumbers } from '../../../services/redaction/redaction';
import { typedResidentNumber } from './typedNumbers';

const seed = Number(process.env.TEST_SEED ?? 20261122);
const runs = { seed, numRuns: 2_000 };

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

  it.each([
    ['900101-1234567', '[주민번호 삭제됨]'],
    ['9001011234567', '[주민번호 삭제됨]'],
    ['９００１０１－１２３４５６７', '[주민번호 삭제됨]'],
    ['𝟗𝟎𝟎𝟏𝟎𝟏-𝟏𝟐𝟑𝟒𝟓𝟔𝟕', '[주민번호 삭제됨]'],
    ['⑨⓪⓪①⓪①-①②③④⑤⑥⑦', '[주민번호 삭제됨]'],
    ['٩٠٠١٠١-١٢٣٤٥٦٧', '[주민번호 삭제됨]'],
    ['구공공일공일 다시 일이삼사오육칠', '[주민번호 삭제됨]'],
    ['900101 뒷자리는 1234567', '[주민번호 삭제됨]'],
    ['19900101-1234567', '[주민번호 삭제됨]'],
    ['90 01 01 1 234567', '[주민번호 삭제됨]'],
    ['9001 0112 34567', '[주민번호 삭제됨]'],
    ['010-1234-5678 900101-1234567', '010-1234-5678 [주민번호 삭제됨]'],
    ['900101-5234567과 850505-2234567', '[주민번호 삭제됨]과 [주민번호 삭제됨]'],
    ['123456-1234567', '[주민번호 삭제됨]'],
  ])('%s becomes %s', (typed, left) => {
    expect(eraseResidentNumbers(typed)).toEqual({ text: left, erased: true });
  });

  it.each([
    '010-1234-5678 25일에 낼게요',
    '01012345678 25일',
    '2026-10-25 35000원',
    '26.10.25 3500000원',
    '123456 1234567원',
    '계좌 110-123-456789',
    '1234-5678-9012-3456',
    '900101-9234567',
    '1767225600000',
    '10월 25일 이사 오면 요금 35,000원은요?',
    '550e8400-e29b-41d4-a716-446655440000',
  ])('leaves %s alone', (typed) => {
    expect(eraseResidentNumbers(typed)).toEqual({ text: typed, erased: false });
  });
});
