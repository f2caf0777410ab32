import { redact } from '../../../services/redaction/redaction';
import { eraseSecondHalf, mayEndWithFirstHalf } from '../../../services/redaction/splitResidentNumber';

describe('a resident registration number in two messages', () => {
  it.each([
    '900101',
    '주민번호는 900101',
    '900101-',
    '900101 ',
    '９００１０１',
    '구공공일공일',
    '90 01 01',
    '900101 다시',
    '900101 뒷자리는',
    '19900101',
  ])('may begin with %j, which the log does not keep', (text) => {
    const kept = redact(text);
    expect(kept).not.toMatch(/[0-9０-９]{5}|구공공/);
    expect(mayEndWithFirstHalf(kept)).toBe(true);
  });

  it.each([
    '미납요금 알려줘',
    '35,000원',
    '900101이 제 생일이에요',
    '010-0000-1001',
    '계좌 110-123-456789',
    '',
    '*****',
  ])('does not begin with %j', (text) => {
    expect(mayEndWithFirstHalf(redact(text))).toBe(false);
  });

  it.each([
    ['1234567', '[주민번호 삭제됨]'],
    ['-1234567', '-[주민번호 삭제됨]'],
    [' 1234567 이에요', ' [주민번호 삭제됨] 이에요'],
    ['뒷자리는 1234567', '뒷자리는 [주민번호 삭제됨]'],
    ['다시 1234567', '다시 [주민번호 삭제됨]'],
    ['1 234567', '[주민번호 삭제됨]'],
    ['1-234-567', '[주민번호 삭제됨]'],
    ['１２３４５６７입니다', '[주민번호 삭제됨]입니다'],
    ['일이삼사오육칠', '[주민번호 삭제됨]'],
    ['8234567', '[주민번호 삭제됨]'],
    ['1234567,', '[주민번호 삭제됨],'],
  ])('ends with %j', (text, left) => {
    expect(eraseSecondHalf(text)).toEqual({ text: left, erased: true });
  });

  it.each([
    '123456',
    '12345678',
    '0234567',
    '9234567',
    '1234567원',
    '1234567 원',
    '1234567 KRW',
    '1234567won',
    '1234567,000',
    '요금이 1234567',
    '',
    '미납요금',
  ])('does not end with %j', (text) => {
    expect(eraseSecondHalf(text)).toEqual({ text, erased: false });
  });
});
