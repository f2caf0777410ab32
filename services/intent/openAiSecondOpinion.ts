import { z } from 'zod';
import { readJson } from '../billing/tmf/jsonBody';
import type { Randomness } from '../randomness';
import { detectPersonal, redact } from '../redaction/redaction';
import { type CallLimits, CallPolicy, RefusedByBackEnd, TransientFailure } from '../resilience/callPolicy';
import { type Language, type Topic, topics } from './intent';
import type { SecondOpinion } from './secondOpinion';
import { secondOpinionRequest } from './secondOpinionPrompt';

export interface SecondOpinionOptions {
  /** Base of an OpenAI-compatible API, such as `https://api.openai.com/v1`. */
  readonly url: string;
  readonly model: string;
  /** Sent as bearer token; a server of one's own may need none. */
  readonly key?: string | undefined;
  readonly limits?: CallLimits;
  /** Told when the circuit opens and closes. */
  readonly onCircuit?: (state: 'open' | 'closed') => void;
}

/** A customer waits for this answer: no second attempt, and none at all while the server is unwell. */
const secondOpinionLimits: CallLimits = {
  budgetMs: 1_500,
  attemptMs: 1_500,
  retries: 0,
  backoffMs: 0,
  breakAfter: 4,
  openMs: 30_000,
};

/** Longer messages are cut here: more of one does not make its topic clearer. */
const mostCharacters = 300;

const completion = z.object({
  choices: z
    .array(
      z.object({ message: z.object({ content: z.string().max(200) }), finish_reason: z.string().nullish() }),
    )
    .length(1),
});
const answer = z.strictObject({ topic: z.enum(topics) });

/**
 * Asks a language model behind an OpenAI-compatible endpoint. Only a topic id of the closed list comes back:
 * whatever a message makes the model say, at worst another topic follows, which the customer could have chosen.
 */
export class OpenAiSecondOpinion implements SecondOpinion {
  private readonly address: URL;
  private readonly policy: CallPolicy;
  private strict = true;

  constructor(
    private readonly options: SecondOpinionOptions,
    randomness: Pick<Randomness, 'int'>,
  ) {
    this.address = new URL(`${options.url.replace(/\/+$/, '')}/chat/completions`);
    this.policy = new CallPolicy(options.limits ?? secondOpinionLimits, randomness, (_, state) =>
      options.onCircuit?.(state),
    );
  }

  async topicOf(redactedText: string, language: Language): Promise<Topic | undefined> {
    // The caller has redacted; a text that still holds something personal stays here all the same.
    if (detectPersonal(redactedText).length > 0 || redact(redactedText) !== redactedText) return undefined;
    const text = firstCharacters(redactedText, mostCharacters).trim();
    if (text === '') return undefined;
    try {
      const deadline = this.policy.deadline();
      return topicIn(
        await this.policy.repeatable('chat completions', deadline, (signal) =>
          this.ask(text, language, signal),
        ),
      );
    } catch {
      // No opinion is an answer too: the assistant asks the customer instead.
      return undefined;
    }
  }

  /** @throws TransientFailure, RefusedByBackEnd or Error; no part of the server's answer is in them */
  private async ask(text: string, language: Language, signal: AbortSignal): Promise<unknown> {
    const response = await this.post(text, language, this.strict, signal);
    if (!this.strict || (response.status !== 400 && response.status !== 422)) return bodyOf(response);
    await discard(response);
    // A server that knows no `response_format` refuses it with 400 or 422; what it says without is checked alike.
    const body = await bodyOf(await this.post(text, language, false, signal));
    this.strict = false;
    return body;
  }

  private async post(
    text: string,
    language: Language,
    strict: boolean,
    signal: AbortSignal,
  ): Promise<Response> {
    const { key, model } = this.options;
    try {
      return await fetch(this.address, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        },
        body: JSON.stringify(secondOpinionRequest(model, text, language, strict)),
        // Followed, a redirect would carry the message to somebody whom nobody chose.
        redirect: 'error',
        signal,
      });
    } catch (cause) {
      throw new TransientFailure('the second opinion cannot be reached', { cause });
    }
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  if (response.ok) return readJson(response);
  await discard(response);
  if (response.status === 400 || response.status === 422) throw new RefusedByBackEnd(response.status);
  // A wrong key, an empty account, too many calls, a broken server: going on asking helps nobody.
  throw new TransientFailure(`HTTP ${response.status}`);
}

async function discard(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => {});
}

function topicIn(body: unknown): Topic | undefined {
  const parsed = completion.safeParse(body);
  if (!parsed.success) return undefined;
  const [choice] = parsed.data.choices;
  if (choice === undefined) return undefined;
  try {
    return answer.safeParse(JSON.parse(choice.message.content)).data?.topic;
  } catch {
    return undefined;
  }
}

/** The first characters, none cut in half. */
function firstCharacters(text: string, count: number): string {
  return [...text.slice(0, 2 * count)].slice(0, count).join('');
}
