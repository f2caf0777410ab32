import fc from 'fast-check';
import { maskPhoneNumber } from '../../../services/redaction/maskPhoneNumber';
import {
  detectPersonal,
  eraseResidentNumbers,
  redact,
  redactJson,
} from '../../../services/redaction/redaction';
import type { JsonValue } from '../../../services/turn/turnStore';
import { sized } from '../../size';
import { digits, typedResidentNumber } from './typedNumbers';

const seed = Number(process.env.TEST_SEED ?? 20261122);
const runs = { seed, numRuns: sized(2_000, 20_000) };

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
    ['token=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'token=[token]'],
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
    '12345',
    '50000 원',
    '10월 25일 이사 오면',
    '010-****-1001',
    '미납요금 알려줘',
  ])('leaves %s as it is', (text) => {
    expect(redact(text)).toBe(text);
    expect(detectPersonal(text)).toEqual([]);
  });

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

  it('names what it found, once each', () => {
    expect(detectPersonal('010-1234-5678, 010-8765-4321, 900101-1234567, a@b.kr')).toEqual([
      'phoneNumber',
      'residentNumber',
      'email',
    ]);
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
    ['12345', '****'],
    ['', '****'],
  ])('%s is shown as %s', (number, masked) => {
    expect(maskPhoneNumber(number)).toBe(masked);
  });
});
