import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from '../../../services/errors';
import { loadPublicHolidays } from '../../../services/faq/publicHolidays';

const holidays = loadPublicHolidays(join(__dirname, '../../../data'));

function holidaysOf(year: number): string[] {
  const days: string[] = [];
  for (let ms = Date.UTC(year, 0, 1); ms < Date.UTC(year + 1, 0, 1); ms += 86_400_000) {
    const ymd = new Date(ms).toISOString().slice(0, 10);
    if (holidays(ymd)) days.push(ymd.slice(5));
  }
  return days;
}

describe('Korea’s public holidays', () => {
  it.each([
    [
      2026,
      '01-01 02-16 02-17 02-18 03-01 03-02 05-01 05-05 05-24 05-25 06-03 06-06 07-17 08-15 08-17 ' +
        '09-24 09-25 09-26 10-03 10-05 10-09 12-25',
    ],
    [
      2027,
      '01-01 02-06 02-07 02-08 02-09 03-01 05-01 05-03 05-05 05-13 06-06 07-17 07-19 08-15 08-16 ' +
        '09-14 09-15 09-16 10-03 10-04 10-09 10-11 12-25 12-27',
    ],
    [
      2028,
      '01-01 01-26 01-27 01-28 03-01 04-12 05-01 05-02 05-05 06-06 07-17 08-15 10-02 10-03 10-04 10-05 ' +
        '10-09 12-25',
    ],
  ])('of %i are these, substitutes and elections included', (year, days) => {
    expect(holidaysOf(year).join(' ')).toBe(days);
  });

  it('had neither Labour Day nor Constitution Day before 2026', () => {
    expect([holidays('2025-05-01'), holidays('2025-07-17')]).toEqual([false, false]);
  });

  it.each(['2029-02-13', '2030-02-03', '2031-01-23', '2032-02-11', '2033-01-31'])(
    'have the day before and the day after Seollal, %s',
    (seollal) => {
      const at = (offset: number) =>
        holidays(new Date(Date.parse(seollal) + offset * 86_400_000).toISOString().slice(0, 10));
      expect([at(-1), at(0), at(1)]).toEqual([true, true, true]);
    },
  );
});

describe('data/holidays.json', () => {
  let dataDir = '';
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'holidays-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  const write = (content: string) => writeFileSync(join(dataDir, 'holidays.json'), content);

  it('adds a day declared at short notice and removes one', () => {
    write(
      '{"version":1,"add":[{"date":"2026-10-02","name":"임시공휴일"}],"remove":[{"date":"2026-10-09","name":"한글날"}]}',
    );
    const edited = loadPublicHolidays(dataDir);
    expect([edited('2026-10-02'), edited('2026-10-09'), edited('2026-10-03')]).toEqual([true, false, true]);
  });

  it.each([
    [
      'a date that does not exist',
      '{"version":1,"add":[{"date":"2026-02-30","name":"가"}],"remove":[]}',
      'at add[0].date: ',
    ],
    [
      'a day without a name',
      '{"version":1,"add":[],"remove":[{"date":"2026-02-03"}]}',
      'at remove[0].name: ',
    ],
    [
      'a day both added and removed',
      '{"version":1,"add":[{"date":"2026-02-03","name":"가"}],"remove":[{"date":"2026-02-03","name":"가"}]}',
      'at remove[0].date: duplicate "2026-02-03"',
    ],
    ['truncated JSON', '{"version":1,', 'is not valid JSON'],
  ])('is refused with %s', (_what, content, place) => {
    write(content);
    expect(() => loadPublicHolidays(dataDir)).toThrow(ConfigurationError);
    expect(() => loadPublicHolidays(dataDir)).toThrow(place);
  });

  it('F39: is missed when it is missing', () => {
    expect(() => loadPublicHolidays(dataDir)).toThrow(/holidays\.json is missing/);
  });
});
