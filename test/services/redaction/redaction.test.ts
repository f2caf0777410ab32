import { maskPhoneNumber } from '../../../services/redaction/maskPhoneNumber';
import {
  detectPersonal,
  eraseResidentNumbers,
  redact,
  redactJson,
} from '../../../services/redaction/redaction';
import type { JsonValue } from '../../../services/turn/turnStore';

describe('redaction', () => {
  it.each([
    ['01012341001', '010-****-1001'],
    ['제 번호는 010-0000-1001이에요', '제 번호는 010-****-1001이에요'],
    ['010 1234 5678', '010-****-5678'],
    ['010.1234.5678', '010-****-5678'],
    ['+82 10-1234-5678', '010-****-5678'],
    ['+82 (0)10 1234 5678', '010-****-5678'],
    ['+8201012345678', '010-****-5678'],
    ['+82 010 1234 5678', '010-****-5678'],
    ['821012345678', '010-****-5678'],
    ['(010)1234-5678', '010-****-5678'],
    ['011-123-4567', '011-****-4567'],
    ['02-123-4567', '02-****-4567'],
    ['031) 123-4567', '031-****-4567'],
    ['０１０－１２３４－５６７８', '010-****-5678'],
    ['공일공 일이삼사 오육칠팔', '010-****-5678'],
    ['01012345678원', '010-****-5678원'],
    ['010-1234-5678원', '010-****-5678원'],
    ['인증번호 123456', '인증번호 ******'],
    ['번호123456입니다', '번호******입니다'],
    ['123 456', '******'],
    ['12-34-56', '******'],
    ['1 2 3 4 5 6', '******'],
    ['１２３４５６', '******'],
    ['일이삼사오육', '******'],
    ['12345678', '******'],
    ['1234-5678', '******'],
    ['OTP123456', 'OTP******'],
    ['482915원', '******원'],
    ['482915 won', '****** won'],
    ['482915krw', '******krw'],
    ['482 915원', '******원'],
    ['48-29-15원', '******원'],
    ['73920146원이요', '******원이요'],
    ['뒷자리는 1234567', '뒷자리는 ******'],
    ['-1234567', '-******'],
    ['555-1234', '******'],
    [`ci=${'aB3+'.repeat(21)}aB==`, 'ci=[token]'],
    ['1234-5678-9012-3456', '****3456'],
    ['카드 1234567890123456', '카드 ****3456'],
    ['계좌 110-123-456789', '계좌 ****6789'],
    ['hong.gildong+kt@example.co.kr로', '***@***로'],
    ['01012345678@naver.com', '***@***'],
    ['Authorization: Bearer abcdef.123456-ghi', 'Authorization: Bearer [token]'],
    ['Bearer 550e8400-e29b-41d4-a716-446655440000', 'Bearer [token]'],
    ['token=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'token=[token]'],
    ['0507-1234-5678', '050-****-5678'],
    ['1234.5678.9012.3456', '****3456'],
    ['카드 1234/5678/9012/3456 입니다', '카드 ****3456 입니다'],
    ['1234, 5678, 9012, 3456', '****3456'],
    ['12345678901-2', '****9012'],
    ['1'.repeat(64), '****1111'],
    ['번호 123456 789 확인', '번호 ****** 789 확인'],
    ['번호는 12 3456789', '번호는 12 ******'],
    ['a 123456', 'a ******'],
    ['pw123456 pin123456 no123456', 'pw****** pin****** no******'],
    ['900101-1234567', '[주민번호 삭제됨]'],
    ['123456 01012345678 900101-1234567', '****** 010-****-5678 [주민번호 삭제됨]'],
  ])('%s becomes %s', (text, hidden) => {
    expect(redact(text)).toBe(hidden);
    expect(detectPersonal(hidden)).toEqual([]);
  });

  it.each([
    '2026년 10월 25일',
    '2026-10-25',
    '2026. 10. 25.',
    '2026-10',
    '2026-10-25T09:30:00.123456Z',
    '35,000원',
    '123,456원',
    '35000원',
    '1350000 원',
    '1,234,567원을 냈어요',
    '-35000원',
    '35000 won',
    '1350000krw',
    '2026-10-25 35000원',
    '총 154,000원 중 52,800원',
    '114',
    '휴대폰에서 114',
    '1588-0010',
    'tel:15880010',
    '평일 09:00~18:00, 24시간',
    '0.123456',
    '550e8400-e29b-41d4-a716-446655440000',
    'line-8cf7e504fe0e',
    `audit/3 seq412 ${'0123456789'.repeat(6)}abcd 2026-11-22T08:20:00.000Z`,
    '550e8400-e29b-41d4-a716-01012345678a',
    'fd441e28-1210-4402-951a-a1aab726fb95',
    'dl_4c2b3936-9236-4364-8315-fcd67f340c85',
    'conversation-4c2b3936-9236-4364-8315-02214567891a-1',
    'directline/01893237639cd59bf979ba804c39c906',
    'dl_44b2b0806313049348b714a121c68fa5',
    'bill-guide-025382795d1635bbd66ff8f574997274610c',
    '00-9694f558b37a9524a7908ea60f558763-2428401be7066c6a-01',
    'request_seconds_sum 0.0546661178943',
    '0.028211115',
    '123456789',
    '123456abc',
    'x123456',
    'abcd123456',
    'id7f123456a',
    'otpx123456',
    '12345',
    '50000 원',
    '10월 25일 이사 오면',
    '010-****-1001',
    '미납요금 알려줘',
  ])('leaves %s as it is', (text) => {
    expect(redact(text)).toBe(text);
    expect(detectPersonal(text)).toEqual([]);
  });

  it('names what it found, once each', () => {
    expect(detectPersonal('010-1234-5678, 010-8765-4321, 900101-1234567, a@b.kr')).toEqual([
      'phoneNumber',
      'residentNumber',
      'email',
    ]);
  });
});

describe('erasing resident numbers', () => {
  it('leaves everything else for its own time', () => {
    const others = '010-1234-5678 123456 a@b.kr';
    expect(eraseResidentNumbers(`900101-1234567 ${others}`)).toEqual({
      text: `[주민번호 삭제됨] ${others}`,
      erased: true,
    });
    expect(eraseResidentNumbers(others)).toEqual({ text: others, erased: false });
  });
});

describe('redacting JSON', () => {
  it('hides strings and keys at every depth and keeps numbers and shape', () => {
    const value: JsonValue = {
      '010-1234-5678': true,
      action: 'stepUp.check',
      code: '123456',
      list: ['010-1234-5678', { amount: 35000, due: '2026-10-25', none: null, ok: true }],
    };
    expect(redactJson(value)).toEqual({
      '010-****-5678': true,
      action: 'stepUp.check',
      code: '******',
      list: ['010-****-5678', { amount: 35000, due: '2026-10-25', none: null, ok: true }],
    });
  });

  it('cuts off what is nested too deep instead of overflowing', () => {
    let value: JsonValue = '900101-1234567';
    for (let level = 0; level < 100_000; level += 1) value = [value];
    const text = JSON.stringify(redactJson(value));
    expect(text).toBe(`${'['.repeat(32)}"[…]"${']'.repeat(32)}`);
  });

  it('cuts off objects and mixtures alike', () => {
    let value: JsonValue = 'x';
    for (let level = 0; level < 20; level += 1) value = [{ a: value }];
    expect(JSON.stringify(redactJson(value))).toBe(`${'[{"a":'.repeat(16)}"[…]"${'}]'.repeat(16)}`);
  });

  it('treats a key named __proto__ as data', () => {
    const redacted = redactJson(JSON.parse('{"__proto__":{"admin":"010-1234-5678"}}'));
    expect(JSON.stringify(redacted)).toBe('{"__proto__":{"admin":"010-****-5678"}}');
    expect(Object.getPrototypeOf(redacted)).toBe(Object.prototype);
  });
});

describe('masking a phone number', () => {
  it.each([
    ['01000001001', '010-****-1001'],
    ['010-0000-1001', '010-****-1001'],
    ['+821012345678', '010-****-5678'],
    ['0212345678', '02-****-5678'],
    ['0311234567', '031-****-4567'],
    ['0318201234', '031-****-1234'],
    ['00821012345678', '010-****-5678'],
    ['12345', '****'],
    ['', '****'],
  ])('%s is shown as %s', (number, masked) => {
    expect(maskPhoneNumber(number)).toBe(masked);
  });
});
