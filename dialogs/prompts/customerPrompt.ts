import { ActivityTypes, type TurnContext } from 'botbuilder';
import {
  Dialog,
  type DialogContext,
  type DialogTurnResult,
  Prompt,
  type PromptOptions,
  type PromptRecognizerResult,
} from 'botbuilder-dialogs';
import { z } from 'zod';
import type { Suggestion } from '../../cards/reply';
import type { Clock } from '../../services/clock';
import { type Locale, localeOf, type Strings, stringsFor } from '../../strings';
import { say } from '../dialogTurn';
import { asksToStop } from './stopWords';

/** After as many answers that it could not use a prompt ends without one. */
const mostTries = 3;

/** What a prompt keeps between turns. Never a phone number or a code. */
const savedState = z
  .object({
    misses: z.number().int().default(0),
    /** What it asked back about, for the yes or no that follows. */
    held: z.string().optional(),
  })
  .catch({ misses: 0 });

export interface PromptParts {
  readonly clock: Clock;
  /** Which language the customer is answered in; by the activity's locale, else Korean, when absent. */
  readonly localeIn?: (context: TurnContext) => Locale;
}

/** What a prompt knows when it reads an answer. */
export interface Question {
  readonly s: Strings;
  readonly nowMs: number;
  /** What it asked back about with its last sentence. */
  readonly held: string | undefined;
  /** `PromptOptions.validations`, whatever the caller put there. */
  readonly limits: unknown;
}

export type Answer<T> =
  | { readonly status: 'answered'; readonly value: T }
  /** A guess that a yes or no settles: `held` comes back with the next answer. */
  | { readonly status: 'askBack'; readonly sentence: string; readonly held: string }
  /** Cannot be used; `sentence` says what would help, the prompt's own retry sentence when absent. */
  | { readonly status: 'unclear'; readonly sentence?: string };

/**
 * A question that waits for its answer: asks, reads, asks again, in Korean or English. Ends with the value, or with
 * undefined after three answers that it could not use, or when the customer wants to stop ("취소", "그만").
 * Options: `prompt` and `retryPrompt` replace its own sentences. No validator: the limits are in `validations`.
 */
export abstract class CustomerPrompt<T> extends Prompt<T> {
  constructor(
    dialogId: string,
    private readonly parts: PromptParts,
  ) {
    super(dialogId);
  }

  /** The question, when the caller brings none. */
  protected abstract ask(s: Strings): string;
  /** What is said to an answer that cannot be used. */
  protected abstract askAgain(s: Strings): string;
  protected abstract read(text: string, question: Question): Answer<T>;

  /** Quick replies under the question. */
  protected suggestions(_s: Strings): readonly Suggestion[] {
    return [];
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const { context, activeDialog } = dc;
    if (context.activity.type !== ActivityTypes.Message || activeDialog === undefined)
      return Dialog.EndOfTurn;
    const { locale, s } = this.wordsIn(context);
    const text = textOf(context);
    if (asksToStop(text)) return this.end(dc, s.prompts.stopped, locale);
    const options: PromptOptions = activeDialog.state.options;
    const state = savedState.parse(activeDialog.state.state);
    const answer = this.read(text, this.question(context, state.held, options));
    if (answer.status === 'answered') return dc.endDialog(answer.value);
    // A second guess is a try like any other, or two who misunderstand each other never end.
    const misses = answer.status === 'askBack' && state.held === undefined ? state.misses : state.misses + 1;
    if (misses >= mostTries) return this.end(dc, s.prompts.gaveUp, locale);
    activeDialog.state.state = { misses, ...(answer.status === 'askBack' ? { held: answer.held } : {}) };
    if (answer.status === 'askBack') await this.say(context, answer.sentence, locale, yesOrNo(s));
    else if (answer.sentence === undefined && options.retryPrompt !== undefined)
      await context.sendActivity(options.retryPrompt);
    else await this.say(context, answer.sentence ?? this.askAgain(s), locale, this.suggestions(s));
    return Dialog.EndOfTurn;
  }

  protected override async onPrompt(
    context: TurnContext,
    state: object,
    options: PromptOptions,
    _isRetry: boolean,
  ): Promise<void> {
    // Asked anew after a digression: a yes would no longer mean what was asked back.
    if ('held' in state) delete state.held;
    const { locale, s } = this.wordsIn(context);
    const { prompt } = options;
    if (prompt !== undefined && typeof prompt !== 'string') await context.sendActivity(prompt);
    else await this.say(context, prompt ?? this.ask(s), locale, this.suggestions(s));
  }

  protected override async onRecognize(
    context: TurnContext,
    state: object,
    options: PromptOptions,
  ): Promise<PromptRecognizerResult<T>> {
    const { held } = savedState.parse(state);
    const answer = this.read(textOf(context), this.question(context, held, options));
    return answer.status === 'answered' ? { succeeded: true, value: answer.value } : { succeeded: false };
  }

  private question(context: TurnContext, held: string | undefined, { validations }: PromptOptions): Question {
    const { s } = this.wordsIn(context);
    return { s, nowMs: this.parts.clock.now(), held, limits: validations };
  }

  private wordsIn(context: TurnContext): { locale: Locale; s: Strings } {
    const locale = this.parts.localeIn?.(context) ?? localeOf(context.activity.locale) ?? 'ko';
    return { locale, s: stringsFor(locale) };
  }

  private async end(dc: DialogContext, sentence: string, locale: Locale): Promise<DialogTurnResult> {
    await this.say(dc.context, sentence, locale, []);
    return dc.endDialog(undefined);
  }

  private say(
    context: TurnContext,
    sentence: string,
    locale: Locale,
    suggestions: readonly Suggestion[],
  ): Promise<void> {
    return say(context, { locale, layout: 'text', body: [sentence], suggestions });
  }
}

/** Yes and no as quick replies. */
export function yesOrNo(s: Strings): readonly Suggestion[] {
  const { yes, no } = s.prompts;
  return [yes, no].map((word) => ({ label: word, text: word }));
}

function textOf(context: TurnContext): string {
  const { text } = context.activity;
  return typeof text === 'string' ? text : '';
}
