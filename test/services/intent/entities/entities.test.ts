import { detectLanguage } from '../../../../services/intent/detectLanguage';
import { findAmounts } from '../../../../services/intent/entities/amount';
import { parseConfirmation } from '../../../../services/intent/entities/confirmation';
import { findEntities } from '../../../../services/intent/entities/findEntities';
import { parseOneTimeCode } from '../../../../services/intent/entities/oneTimeCode';
import { parsePhoneNumber } from '../../../../services/intent/entities/phoneNumber';
import type { Language } from '../../../../services/intent/intent';

describe('phone number', () => {
  it.each([
    '010-0000-1001',
    '01000001001',
    '010 0000 1001',
    '010.0000.1001',
    '０１０－００００－１００１',
    '+82 10-0000-1001',
    '+821000001001',
    '+82 (0)10 0000 1001',
    '82-10-0000-1001',
    '공일공 0000 1001',
    '공일공에 공공공공에 일공공일',
    '공일공공공공공일공공일이요',
    '제 번호는 010-0000-1001이에요',
    '01000001001입니다',
    'my number is 010-0000-1001.',
    '010-0000-1001 맞아요 010-0000-1001',
  ])('is read from %s', (text) => {
    expect(parsePhoneNumber(text)).toBe('01000001001');
  });

  it('of an older prefix has ten or eleven digits', () => {
    expect(parsePhoneNumber('011-123-4567')).toBe('0111234567');
    expect(parsePhoneNumber('016-1234-5678')).toBe('01612345678');
  });

  it.each([
    '',
    '010-0000-100',
    '010-0000-10011',
    '02-123-4567',
    '1588-0010',
    '114',
    '123456',
    '010-0000-1001 아니면 010-0000-1002',
    '900305-1234567',
    '오늘 일이 많아서 이만',
  ])('is not guessed from "%s"', (text) => {
    expect(parsePhoneNumber(text)).toBeUndefined();
  });
});

describe('amount', () => {
  it.each<[string, number]>([
    ['3만5천원', 35_000],
    ['3만 5천 원', 35_000],
    ['삼만오천원', 35_000],
    ['삼만 오천원', 35_000],
    ['35,000원', 35_000],
    ['35000원', 35_000],
    ['３５，０００원', 35_000],
    ['₩35,000', 35_000],
    ['KRW 35,000', 35_000],
    ['35,000 KRW', 35_000],
    ['35000 won', 35_000],
    ['thirty five thousand won', 35_000],
    ['35 thousand won', 35_000],
    ['3.5만원', 35_000],
    ['만원', 10_000],
    ['천오백원', 1_500],
    ['십오만사천원', 154_000],
    ['1억 2천만원', 120_000_000],
    ['3만5천', 35_000],
    ['이만 원', 20_000],
  ])('%s is %d won', (text, won) => {
    const sentence = `저 ${text} 내야 해요`;

    expect(findAmounts(text)).toMatchObject([{ value: won, start: 0, end: text.length, text }]);
    if (/[가-힣]/.test(text)) expect(findAmounts(sentence)).toMatchObject([{ value: won, text }]);
  });

  it.each([
    '2건',
    '저는 이만 갈게요',
    '10월 25일',
    '천천히 해 주세요',
    '만약에',
    '3만 명',
    "I won't pay",
    '원래 그래요',
  ])('is not seen in "%s"', (text) => {
    expect(findAmounts(text)).toEqual([]);
  });
});

describe('one-time code', () => {
  it.each([
    '012345',
    '012 345',
    '012-345',
    ' 012345 ',
    '０１２３４５',
    '0 1 2 3 4 5',
    '공일이삼사오',
    '공일이삼사오요',
    '영일이 삼사오입니다',
    '012345요',
    '012345이에요',
    '인증번호는 012345입니다',
    '인증번호 012345',
    'my code is 012345',
  ])('is read from "%s"', (text) => {
    expect(parseOneTimeCode(text)).toBe('012345');
  });

  it('of eight digits is one too', () => {
    expect(parseOneTimeCode('1234 5678')).toBe('12345678');
  });

  it('keeps a last spoken 이 that is a digit', () => {
    expect(parseOneTimeCode('공일이삼사이요')).toBe('012342');
  });

  it.each([
    '',
    '12345',
    '1234567',
    '123456789',
    '123456원',
    '코드',
    '안 와요',
    '900305-1234567',
    '12345a',
    '010-0000-1001',
  ])('is not guessed from "%s"', (text) => {
    expect(parseOneTimeCode(text)).toBeUndefined();
  });
});

describe('confirmation', () => {
  it.each([
    '네',
    '넵',
    '넹',
    '예',
    '응',
    'ㅇㅇ',
    'ㅇㅋ',
    '어',
    '맞아요',
    '네 맞아요',
    '네, 보내주세요',
    '그래요!',
    '좋아요 ㅎㅎ',
    'OK',
    'Yes please',
    'yep',
    'sure',
    'go ahead',
  ])('%s is yes', (text) => {
    expect(parseConfirmation(text)).toBe('yes');
  });

  it.each([
    '아니',
    '아니요',
    '아뇨',
    'ㄴㄴ',
    '됐어요',
    '아니요 괜찮아요',
    '어 아니요',
    '안 할래요',
    '나중에 할게요',
    'no',
    'No, thanks',
    'nope',
    'not now',
  ])('%s is no', (text) => {
    expect(parseConfirmation(text)).toBe('no');
  });

  it.each([
    '',
    '네이버',
    '네 아니요',
    '아니 앱 말고',
    '예금',
    '노트북',
    '어디서 내요',
    '응급',
    'nothing',
    '네 근데 얼마예요',
    '네'.repeat(200),
  ])('"%s" is neither', (text) => {
    expect(parseConfirmation(text)).toBeUndefined();
  });
});

describe('entities of a message', () => {
  it('do not overlap: a phone number is no code, an amount is no code', () => {
    const types = (text: string) => findEntities(text).map(({ type }) => type);

    expect(types('01000001001')).toEqual(['phoneNumber']);
    expect(types('123456')).toEqual(['code']);
    expect(types('123456원')).toEqual(['amount']);
    expect(types('인증번호 123456 왔어요')).toEqual(['code']);
    expect(types('900305-1234567')).toEqual([]);
    expect(types('네')).toEqual(['confirmation']);
    expect(types('미납요금 알려줘')).toEqual([]);
  });
});

describe('language', () => {
  it.each<[string, Language, Language]>([
    ['미납요금 알려줘', 'en', 'ko'],
    ['my KT app에서 bill 어디서 봐요', 'en', 'ko'],
    ['How much do I owe?', 'ko', 'en'],
    ['my KT bill is 미납 now, what do I do', 'ko', 'en'],
    ['010-0000-1001', 'en', 'en'],
    ['010-0000-1001', 'ko', 'ko'],
    ['KT', 'ko', 'ko'],
    ['😀', 'en', 'en'],
    ['ㅎㅇ', 'en', 'ko'],
    ['', 'ko', 'ko'],
  ])('%j, after %s, is %s', (text, fallback, language) => {
    expect(detectLanguage(text, fallback)).toBe(language);
  });
});
