import { findPhoneNumbers, parsePhoneNumber } from '../../services/intent/entities/phoneNumber';
import type { Strings } from '../../strings';
import { type Answer, CustomerPrompt, type Question } from './customerPrompt';

/**
 * A Korean mobile number as typed or read out: digits only, '01000001001', or undefined. The result is personal
 * data: use it in the turn it comes in, and keep it nowhere.
 */
export class PhoneNumberPrompt extends CustomerPrompt<string> {
  protected override ask(s: Strings): string {
    return s.prompts.askPhone;
  }

  protected override askAgain(s: Strings): string {
    return s.stepUp.phoneAgain;
  }

  protected override read(text: string, { s }: Question): Answer<string> {
    const value = parsePhoneNumber(text);
    if (value !== undefined) return { status: 'answered', value };
    return findPhoneNumbers(text).length > 1
      ? { status: 'unclear', sentence: s.prompts.onePhone }
      : { status: 'unclear' };
  }
}
