import fc from 'fast-check';

export const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
export const birthDate = fc
  .record({
    year: fc.integer({ min: 0, max: 99 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 31 }),
  })
  .map(({ year, month, day }) => [year, month, day].map((part) => String(part).padStart(2, '0')).join(''));
export const residentNumber = fc.record({
  front: birthDate,
  back: fc.tuple(fc.constantFrom(...'12345678'), digits(6)).map(([sex, rest]) => sex + rest),
});
const fullWidth = (text: string) =>
  text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
const aloud = (text: string) => text.replace(/\d/g, (digit) => '공일이삼사오육칠팔구'.charAt(Number(digit)));
const between = (separator: string) => (text: string) => [...text].join(separator);
const separator = fc.constantFrom(
  '',
  '-',
  ' ',
  ' - ',
  '.',
  '－',
  '–',
  '—',
  '−',
  '·',
  'ー',
  '/',
  '\n',
  ' 다시 ',
  '\u200b-',
);
export const disguise = fc.constantFrom<(text: string) => string>(
  (text) => text,
  fullWidth,
  aloud,
  between(' '),
  between('\u200b'),
  between('\u2060\ufeff'),
);
const surroundings = fc.constantFrom('', '주민번호는 ', '제 번호 ', '(', 'rrn:', '🙂', '요금 35,000원 ');
/** Resident registration numbers as people write them to get past a filter, and what stood before them. */
export const typedResidentNumber = fc
  .record({ number: residentNumber, separator, disguise, before: surroundings })
  .map(({ number, separator: gap, disguise: as, before }) => ({
    typed: `${before}${as(number.front)}${gap}${as(number.back)}`,
    before,
    plain: number.front + number.back,
  }));
