import fc from 'fast-check';
import { localeOf } from '../../strings';
import { en } from '../../strings/en';
import { ko } from '../../strings/ko';
import { spokenKorean } from '../../strings/koreanNumber';

const seoul = (text: string) => Date.parse(`${text}+09:00`);

describe('spoken won', () => {
  it.each([
    [0, '영'],
    [100, '백'],
    [10_000, '만'],
    [11_111, '만천백십일'],
    [35_000, '삼만오천'],
    [77_300, '칠만칠천삼백'],
    [154_000, '십오만사천'],
    [100_010_000, '일억만'],
    [1_000_000, '백만'],
  ])('%d is said %s', (amount, said) => {
    expect(spokenKorean(amount)).toBe(said);
  });

  it('says different amounts differently', () => {
    const amount = fc.integer({ min: 1, max: 99_999_999 });
    fc.assert(fc.property(amount, amount, (a, b) => a === b || spokenKorean(a) !== spokenKorean(b)));
  });
});

describe('times in words', () => {
  const sundayNight = seoul('2026-11-22T21:30:00');

  it('says tomorrow for the next Seoul day, however few hours away', () => {
    expect(ko.opensAt(sundayNight, seoul('2026-11-23T09:00:00'))).toBe('내일 오전 9시');
    expect(en.opensAt(sundayNight, seoul('2026-11-23T09:00:00'))).toBe('tomorrow 9 am');
  });

  it('says today, the weekday, or the date', () => {
    expect(ko.opensAt(seoul('2026-11-23T07:00:00'), seoul('2026-11-23T09:00:00'))).toBe('오늘 오전 9시');
    expect(ko.opensAt(seoul('2026-11-20T18:00:00'), seoul('2026-11-23T09:00:00'))).toBe('월요일 오전 9시');
    expect(ko.opensAt(seoul('2026-11-20T18:00:00'), seoul('2026-12-03T09:00:00'))).toBe('12월 3일 오전 9시');
  });

  it('names noon and midnight as Koreans do', () => {
    expect(ko.clockTime(seoul('2026-11-22T12:00:00'))).toBe('오후 12시');
    expect(ko.clockTime(seoul('2026-11-22T00:05:00'))).toBe('오전 12시 5분');
    expect(en.clockTime(seoul('2026-11-22T18:30:00'))).toBe('6:30 pm');
  });
});

describe('languages', () => {
  it('asks different questions for different topics, so that a button means one thing', () => {
    for (const s of [ko, en]) {
      const words = Object.values(s.topics).flatMap(({ label, text }) =>
        label === text ? [text] : [label, text],
      );
      expect(new Set(words).size).toBe(words.length);
    }
  });

  it('has no Hangul in English and no untranslated sentence in Korean', () => {
    const english = leaves(en).filter((text) => /[가-힣]/.test(text));
    expect(english).toEqual([]);
    const korean = leaves(ko).filter((text) => /[a-z]{4,} [a-z]{2,}/.test(text));
    expect(korean).toEqual([]);
  });

  it('promises no number of digits but the one that was sent: codes get longer under attack', () => {
    expect([...leaves(ko), ...leaves(en)].filter((text) => /\d ?(자리|digit)|six/i.test(text))).toEqual([]);
    expect(ko.stepUp.sent(8, 3) + ko.stepUp.sentAgain(8, 3)).not.toContain('6');
    expect(en.stepUp.sent(8, 3) + en.stepUp.sentAgain(8, 3)).not.toContain('6');
  });

  it('keeps sentences short: 60 characters in Korean, 25 words in English', () => {
    const sentences = (text: string) => text.split(/(?<=[.?!])\s+/);
    expect(
      leaves(ko)
        .flatMap(sentences)
        .filter((sentence) => sentence.length > 60),
    ).toEqual([]);
    expect(
      leaves(en)
        .flatMap(sentences)
        .filter((sentence) => sentence.split(' ').length > 25),
    ).toEqual([]);
  });

  it('knows a language by its tag', () => {
    expect([localeOf('ko-KR'), localeOf('EN-us'), localeOf('fr'), localeOf(undefined)]).toEqual([
      'ko',
      'en',
      undefined,
      undefined,
    ]);
  });
});

/** Every fixed sentence of a language; those made by functions are tested where they are used. */
function leaves(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [];
}
