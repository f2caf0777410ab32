/** A due date as people write it, without the year: 11월 3일, Nov 3. @param date ISO 8601, such as 2026-11-03 */
export function dueDay(date: string, locale: 'ko-KR' | 'en-US'): string {
  const day = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) return date;
  const month = locale === 'ko-KR' ? 'long' : 'short';
  return day.toLocaleDateString(locale, { month, day: 'numeric', timeZone: 'UTC' });
}
