import type { Strings } from '../../strings';
import { codeIn } from '../stepUpWords';
import { type Answer, CustomerPrompt, type Question } from './customerPrompt';

/**
 * The six or eight digits of a code, as typed or read out, or undefined. Reads only: whether the code is right is
 * the verifier's to say. Use the result in the turn it comes in, and keep it nowhere.
 */
export class OneTimeCodePrompt extends CustomerPrompt<string> {
  protected override ask(s: Strings): string {
    return s.prompts.askCode;
  }

  protected override askAgain(s: Strings): string {
    return s.stepUp.codeAgain;
  }

  protected override read(text: string, _question: Question): Answer<string> {
    const value = codeIn(text);
    return value === undefined ? { status: 'unclear' } : { status: 'answered', value };
  }
}
