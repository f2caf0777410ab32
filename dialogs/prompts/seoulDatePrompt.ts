import { z } from 'zod';
import { addDays, type SeoulDay, seoulDayAt } from '../../services/billing/seoulCalendar';
import { parseConfirmation } from '../../services/intent/entities/confirmation';
import { findDates } from '../../services/intent/entities/dateTime';
import type { FoundDate } from '../../services/intent/entities/foundDate';
import type { Strings } from '../../strings';
import { type Answer, CustomerPrompt, type Question } from './customerPrompt';

const dateLimits = z
  .object({ need: z.enum(['future', 'past', 'any']).default('any') })
  .default({ need: 'any' });

/** `PromptOptions.validations` of a `SeoulDatePrompt`. Today is both future and past. */
export type SeoulDateLimits = z.input<typeof dateLimits>;

/** A day without its year that is further away may be one of another year. */
const surelyThisYearDays = 180;

/**
 * A day, 'YYYY-MM-DD' in Asia/Seoul: 11월 25일, 25일, 다음 주 금요일, tomorrow. What can be several days (25일, 금요일)
 * is asked back before it ends with it. Ends with undefined without one.
 */
export class SeoulDatePrompt extends CustomerPrompt<SeoulDay> {
  protected override ask(s: Strings): string {
    return s.prompts.askDate;
  }

  protected override askAgain(s: Strings): string {
    return s.prompts.dateAgain;
  }

  protected override read(text: string, { s, nowMs, held, limits }: Question): Answer<SeoulDay> {
    const { need } = dateLimits.parse(limits);
    const today = seoulDayAt(nowMs);
    const said = held === undefined ? undefined : parseConfirmation(text);
    if (held !== undefined && said === 'yes') return { status: 'answered', value: held };
    if (said === 'no') return { status: 'unclear', sentence: s.prompts.otherDay };
    const found = findDates(text, nowMs);
    const [date, ...others] = found.filter(({ kind }) => kind !== 'month');
    if (date === undefined) {
      const [month] = found;
      if (month === undefined) return { status: 'unclear' };
      return { status: 'unclear', sentence: s.prompts.whichDay(month.candidates[0]) };
    }
    if (others.some(({ candidates }) => candidates.join() !== date.candidates.join()))
      return { status: 'unclear', sentence: s.prompts.oneDate };
    return pick(date, need, today, s);
  }
}

function pick(
  date: FoundDate,
  need: 'future' | 'past' | 'any',
  today: SeoulDay,
  s: Strings,
): Answer<SeoulDay> {
  const { candidates } = date;
  const fits = candidates.filter(
    (day) => need === 'any' || (need === 'future' ? day >= today : day <= today),
  );
  const day = need === 'past' ? fits.at(-1) : (fits.find((each) => each >= today) ?? fits.at(-1));
  const spoken = (named: SeoulDay) => s.prompts.day(named, named.slice(0, 4) !== today.slice(0, 4));
  if (day === undefined) {
    const named = spoken(candidates[0]);
    return {
      status: 'unclear',
      sentence: need === 'future' ? s.prompts.dateIsPast(named) : s.prompts.dateIsAhead(named),
    };
  }
  if (isPlain(date, day, today)) return { status: 'answered', value: day };
  return { status: 'askBack', sentence: s.prompts.meantDay(spoken(day)), held: day };
}

/** Whether the words can hardly mean another day. */
function isPlain({ kind, timex }: FoundDate, day: SeoulDay, today: SeoulDay): boolean {
  if (kind === 'weekend' || /^XXXX-(?:XX|W)/.test(timex)) return false;
  if (!timex.startsWith('XXXX')) return true;
  return day > addDays(today, -surelyThisYearDays) && day < addDays(today, surelyThisYearDays);
}
