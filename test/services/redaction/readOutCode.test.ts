import { redact } from '../../../services/redaction/redaction';

describe('a code in words', () => {
  it.each([
    '하나둘셋넷다섯여섯',
    '하나 둘 셋 넷 다섯 여섯이요',
    '코드는 one two three four five six 입니다',
    'oh one, two, three, four, five',
    'double five one two three four',
    '공하나둘삼사오',
    '1 2 셋 넷 5 6',
  ])('is masked like one in figures: %s', (text) => {
    const masked = redact(text);
    expect(masked).toContain('******');
    expect(masked).not.toMatch(/셋|둘|three|two|4/i);
    expect(redact(masked)).toBe(masked);
  });

  it.each([
    '하나도 안 왔어요, 둘 다 확인했어요',
    'no one told me about the two bills',
    '이만 원씩 두 번 냈어요',
    '미납요금이 얼마예요?',
  ])('is not seen in "%s"', (text) => {
    expect(redact(text)).toBe(text);
  });
});

describe('an encrypted token', () => {
  it('is masked whole, also where its second part is empty', () => {
    const token = `eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..${'a1'.repeat(8)}.${'b2-_'.repeat(40)}.${'c3'.repeat(11)}`;
    expect(redact(`/identity/start?t=${token} 열기`)).not.toMatch(/a1a1|b2-_|c3c3|eyJ/);
  });
});
