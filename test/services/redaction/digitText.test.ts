import { digitText } from '../../../services/redaction/digitText';

describe('a text as somebody reads it who looks for numbers', () => {
  it.each([
    ['공영령일이삼사오육륙칠팔구', '0001234566789'],
    ['０１２３ ٤٥٦٧ 𝟖𝟗', '0123 4567 89'],
    ['①⑨❶❾➀➈➊➒⓵⓽', '1919191919'],
    ['⓪⓿🄋🄌', '0000'],
    ['⑴⑼⒈⒐🄀🄁🄂', '1919001'],
    ['１\n１\r１\u2028１\u2029１', '1\n1\n1\n1\n1'],
    ['１\t１\u00a0１\u3000１\u2009１', '1 1 1 1 1'],
    ['１\u200b１\u00ad１\ufe0f１\u0301１\u20e3１\u0007１\u115f１', '11111111'],
    ['１－１–１—１−１˗１⁃１ー１─１━１ㅡ１ᅳ１', '1-1-1-1-1-1-1-1-1-1-1-1'],
    ['１·１•１․１‧１∙１⋅１・１ㆍ１。１･１', '1.1.1.1.1.1.1.1.1.1.1'],
    ['１／１：１＋１（１）＠Ａ', '1/1:1+1(1)@A'],
  ])('%j reads as %j', (text, read) => {
    expect(digitText(text).text).toBe(read);
  });

  it.each([
    ['what stands for two characters', '㎏１', '㎏1'],
    ['what is beyond nine', '❿➉➓⑽⒑１', '❿➉➓⑽⒑1'],
    ['other scripts', '請１ñ１', '請1ñ1'],
    ['the last Hangul syllable and the first', '가１힣', '가1힣'],
    ['what no character is', '\uffff１２', '\uffff12'],
    ['delete, which nobody sees', '１\u007f１', '11'],
  ])('keeps %s', (_, text, read) => {
    expect(digitText(text).text).toBe(read);
  });

  it('has one place for a face', () => {
    expect(digitText('１👉１').text).toBe('1\ufffd1');
  });

  it.each([
    ['공일공-1234-오육칠팔', '010-1234-5678'],
    ['010일이삼사5678', '01012345678'],
    ['02일이삼사5678', '0212345678'],
    ['공 일, 공.일-이 삼', '0 1, 0.1-2 3'],
    ['공일공일이삼사오육칠팔 말고 공일공팔칠육오사삼이일', '01012345678 말고 01087654321'],
    ['구공공일공일이에요', '900101이에요'],
    ['번호는 일이삼사오육이고', '번호는 123456이고'],
  ])('reads digits aloud: %j', (text, read) => {
    expect(digitText(text).text).toBe(read);
  });

  it.each(['02일이삼567', '25일 이사 오면', '일이삼사오', '공일2공일3공일4', '사오 12345678'])(
    'leaves words and short numbers: %j',
    (text) => {
      expect(digitText(text).text).toBe(text);
    },
  );

  it.each([
    ['9OO1o1', '900101'],
    ['번호 O1O1234567', '번호 0101234567'],
    ['123oOo', '123000'],
    ['O1O-1234', 'O1O-1234'],
    ['12oOoO', '12oOoO'],
    ['a1O1O1O1', 'a1O1O1O1'],
    ['1O1O1O1b', '1O1O1O1b'],
    ['oooooo OOOOOO', 'oooooo OOOOOO'],
  ])('reads letters as zeros in long numbers alone: %j', (text, read) => {
    expect(digitText(text).text).toBe(read);
  });

  it('tells where each character stood', () => {
    const text = 'A1\u200b２👉3';
    const folded = digitText(text);
    expect(folded.text).toBe('A12\ufffd3');
    const originals = [...folded.text].map((_, at) => folded.originOf(at, at + 1));
    expect(originals).toEqual([
      { start: 0, end: 1 },
      { start: 1, end: 2 },
      { start: 3, end: 4 },
      { start: 4, end: 6 },
      { start: 6, end: 7 },
    ]);
    expect(folded.originOf(1, 5)).toEqual({ start: 1, end: 7 });
    expect(digitText('12 34').originOf(3, 5)).toEqual({ start: 3, end: 5 });
  });

  it('reads rare characters alike, however many there were', () => {
    const many = Array.from({ length: 5_000 }, (_, n) => String.fromCodePoint(0x4e00 + n)).join('');
    expect(digitText(`${many}７`).text === `${many}7`).toBe(true);
    expect(digitText('７一').text).toBe('7一');
  });
});
