import { messageTypeOf, smsBytes } from '../../../channels/sms/smsLength';
import { en } from '../../../strings/en';
import { ko } from '../../../strings/ko';

/** Every character that two bytes of EUC-KR stand for. */
const twoBytes = new Set(
  Array.from({ length: 0x7e * 0xff }, (_, at) => {
    const bytes = Uint8Array.of(0x81 + Math.floor(at / 0xff), at % 0xff);
    return new TextDecoder('euc-kr').decode(bytes);
  }),
);
const bytesOf = (text: string) =>
  [...text].reduce((sum, character) => sum + (twoBytes.has(character) ? 2 : 1), 0);

describe('the length of a text message', () => {
  it.each(['', 'abc', '가나다', '요금 35,000원', '[요금길잡이] @a.kr #123456\n'])(
    'of %j is what carriers count',
    (text) => {
      expect(smsBytes(text)).toBe(bytesOf(text));
    },
  );

  it('counts two bytes for a syllable that only CP949 has', () => {
    expect(smsBytes('뷁')).toBe(2);
  });

  it('is short up to 90 bytes', () => {
    expect(messageTypeOf('가'.repeat(45))).toBe('SMS');
    expect(messageTypeOf(`${'가'.repeat(45)}.`)).toBe('LMS');
  });

  it.each([
    ['123456', 'bill.example.kr'],
    ['12345678', 'bill.kt.com'],
    ['12345678', undefined],
  ])('keeps the code %s for %s in one short message', (code, host) => {
    for (const strings of [ko, en]) expect(messageTypeOf(strings.stepUp.sms(code, host))).toBe('SMS');
  });
});
