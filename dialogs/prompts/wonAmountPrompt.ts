import { z } from 'zod';
import { type Krw, krw } from '../../services/billing/krw';
import { findAmounts, findNumbers } from '../../services/intent/entities/amount';
import { findDates } from '../../services/intent/entities/dateTime';
import { findPhoneNumbers } from '../../services/intent/entities/phoneNumber';
import type { Strings } from '../../strings';
import { type Answer, CustomerPrompt, type Question } from './customerPrompt';

const amountLimits = z
  .object({ leastWon: z.number().int().default(1), mostWon: z.number().int().default(1e12) })
  .default({ leastWon: 1, mostWon: 1e12 });

/** `PromptOptions.validations` of a `WonAmountPrompt`: whole won, both included. */
export type WonAmountLimits = z.input<typeof amountLimits>;

/** An amount in won: 35,000, 3만5천원, 삼만오천, KRW 35,000. Ends with whole won, or undefined. */
export class WonAmountPrompt extends CustomerPrompt<Krw> {
  protected override ask(s: Strings): string {
    return s.prompts.askAmount;
  }

  protected override askAgain(s: Strings): string {
    return s.prompts.amountAgain;
  }

  protected override read(text: string, { s, nowMs, limits }: Question): Answer<Krw> {
    const { leastWon, mostWon } = amountLimits.parse(limits);
    const [amount, ...others] = amountsIn(text, nowMs);
    if (amount === undefined) return { status: 'unclear' };
    if (others.length > 0) return { status: 'unclear', sentence: s.prompts.oneAmount };
    if (amount < leastWon) return { status: 'unclear', sentence: s.prompts.amountAtLeast(leastWon) };
    if (amount > mostWon) return { status: 'unclear', sentence: s.prompts.amountAtMost(mostWon) };
    return { status: 'answered', value: krw(amount) };
  }
}

/** Whole amounts, each once: those of won, else bare numbers, because an amount was asked for. */
function amountsIn(text: string, nowMs: number): number[] {
  const ofWon = findAmounts(text).map(({ value }) => Number(value));
  if (ofWon.length > 0) return [...new Set(ofWon)];
  if (findPhoneNumbers(text).length > 0 || findDates(text, nowMs).length > 0) return [];
  const numbers = findNumbers(text).map(({ resolution }) => Number(resolution.value));
  return [...new Set(numbers)].filter((number) => Number.isSafeInteger(number) && number >= 0);
}
