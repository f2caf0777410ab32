import type { Suggestion } from '../../cards/reply';
import { parseConfirmation } from '../../services/intent/entities/confirmation';
import type { Strings } from '../../strings';
import { type Answer, CustomerPrompt, type Question, yesOrNo } from './customerPrompt';

/** Yes or no, as Koreans and English speakers type it (네, 응, ㅇㅇ, 됐어요, sure): true, false or undefined. */
export class KoreanConfirmPrompt extends CustomerPrompt<boolean> {
  protected override ask(s: Strings): string {
    return s.prompts.confirmAgain;
  }

  protected override askAgain(s: Strings): string {
    return s.prompts.confirmAgain;
  }

  protected override read(text: string, _question: Question): Answer<boolean> {
    const said = parseConfirmation(text);
    return said === undefined ? { status: 'unclear' } : { status: 'answered', value: said === 'yes' };
  }

  protected override suggestions(s: Strings): readonly Suggestion[] {
    return yesOrNo(s);
  }
}
