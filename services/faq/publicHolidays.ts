import { join } from 'node:path';
import { z } from 'zod';
import { dataFileError, readDataFile } from '../dataFile';

/** The parts of date-holidays that are used here. */
interface HolidayCalendar {
  getHolidays(year: number): readonly { readonly date: string; readonly start: Date; readonly end: Date }[];
  /** `false` takes a rule out. */
  setHoliday(rule: string, options: { readonly name: string; readonly type: 'public' } | false): boolean;
}

const dayMs = 86_400_000;

const day = z.strictObject({ date: z.iso.date(), name: z.string().trim().min(1) });
/** The shape of `data/holidays.json`. */
export const holidaysFile = z.strictObject({
  version: z.literal(1),
  add: z.array(day),
  remove: z.array(day),
});

/**
 * Korea's public holidays, substitutes included, as a question about one day. `holidays.json` adds days that
 * no rule knows (elections, days declared at short notice) and removes days; it is read here and now, the
 * calendar of rules (0.15 s, 40 MB) only at the first question. Compared with an independent reckoning of
 * the decree for 2026–2032; in 2033 date-holidays dates Chuseok a month late, which `holidays.json` can mend.
 * @param dataDir folder of `holidays.json`
 * @returns whether a day of Korea's calendar, 'YYYY-MM-DD', is a public holiday
 * @throws ConfigurationError when the file is missing or wrong
 */
export function loadPublicHolidays(dataDir: string): (ymd: string) => boolean {
  const file = join(dataDir, 'holidays.json');
  const { add, remove } = readDataFile(file, holidaysFile);
  const added = new Set(add.map(({ date }) => date));
  const removed = new Set(remove.map(({ date }) => date));
  const seen = new Set<string>();
  for (const [list, days] of Object.entries({ add, remove })) {
    days.forEach(({ date }, index) => {
      if (seen.has(date)) throw dataFileError(file, [list, index, 'date'], `duplicate "${date}"`);
      seen.add(date);
    });
  }

  let calendar: HolidayCalendar | undefined;
  const years = new Map<string, ReadonlySet<string>>();
  return (ymd) => {
    if (added.has(ymd)) return true;
    if (removed.has(ymd)) return false;
    const year = ymd.slice(0, 4);
    let days = years.get(year);
    if (days === undefined) {
      calendar ??= koreanCalendar();
      days = daysOf(calendar, Number(year));
      years.set(year, days);
    }
    return days.has(ymd);
  };
}

/**
 * Two corrections to date-holidays 3.37, good for every year. It counts Seollal's three days from New Year's
 * Day, where the law counts from its eve; and it does not know Labour Day, a public holiday since 1 May 2026
 * (Presidential Decree 36290 of 2026-04-30, which gives it a substitute on Saturdays and Sundays as well).
 */
function koreanCalendar(): HolidayCalendar {
  // Loaded here, not at the top: its rules of all countries cost a tenth of a second that start-up need not pay.
  const Holidays: new (country: string, options: { types: ['public'] }) => HolidayCalendar =
    require('date-holidays');
  const calendar = new Holidays('KR', { types: ['public'] });
  calendar.setHoliday('korean 01-0-01 P3D', false);
  calendar.setHoliday('korean 01-0-00 P3D', { name: '설날', type: 'public' });
  calendar.setHoliday('05-01 since 2026', { name: '노동절', type: 'public' });
  calendar.setHoliday('substitutes 05-01 if Saturday,Sunday then next Monday since 2026', {
    name: '노동절 (대체공휴일)',
    type: 'public',
  });
  return calendar;
}

function daysOf(calendar: HolidayCalendar, year: number): ReadonlySet<string> {
  const days = new Set<string>();
  for (const { date, start, end } of calendar.getHolidays(year)) {
    const first = Date.parse(date.slice(0, 10));
    const length = Math.round((end.getTime() - start.getTime()) / dayMs);
    for (let offset = 0; offset < length; offset += 1) {
      days.add(new Date(first + offset * dayMs).toISOString().slice(0, 10));
    }
  }
  return days;
}
