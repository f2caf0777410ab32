import { z } from 'zod';
import type { Conversation } from './conversation';
import type { HttpClient } from './httpClient';

/** What the customer says next: a sentence, their own number, or the code on their handset. */
export type Line = { readonly say: string } | { readonly give: 'phoneNumber' | 'code' };

/** The shortest way to a verified balance. */
export const shortScript: readonly Line[] = [
  { say: '내 미납요금이 얼마예요?' },
  { give: 'phoneNumber' },
  { give: 'code' },
];

/** Eight turns, as somebody who looks around first. */
export const longScript: readonly Line[] = [
  { say: '안녕하세요' },
  { say: '미납요금은 어디서 확인해요?' },
  { say: '요금이 연체되면 어떻게 돼요?' },
  ...shortScript,
  { say: '미납요금은 어떻게 내요?' },
  { say: '고마워요' },
];

export interface Played {
  /** Of each turn, ms. */
  readonly latenciesMs: readonly number[];
  /** From the reply that announces the code to the message on the handset; 0 without one. */
  readonly smsMs: number;
  /** What was said in answer to the code. */
  readonly answer: string;
}

const handset = z.object({ messages: z.array(z.object({ text: z.string() })) });

/** Plays a script to its end. @param codeOf waits for the code that a number receives */
export async function play(
  conversation: Conversation,
  script: readonly Line[],
  phoneNumber: string,
  codeOf: (phoneNumber: string) => Promise<string>,
): Promise<Played> {
  const latenciesMs: number[] = [];
  let smsMs = 0;
  let answer = '';
  for (const line of script) {
    let text = phoneNumber;
    if ('say' in line) text = line.say;
    else if (line.give === 'code') {
      const waitingSinceMs = performance.now();
      text = await codeOf(phoneNumber);
      smsMs = performance.now() - waitingSinceMs;
    }
    const heard = await conversation.say(text);
    latenciesMs.push(heard.latencyMs);
    if ('give' in line && line.give === 'code') answer = heard.words;
  }
  return { latenciesMs, smsMs, answer };
}

/**
 * The code on the demo handset, asked for until it is there.
 * @throws Error when none arrives within 5 s
 */
export async function codeOnHandset(http: HttpClient, phoneNumber: string): Promise<string> {
  const giveUpAtMs = performance.now() + 5_000;
  for (;;) {
    const { messages } = handset.parse(await http.get(`/demo/handset?phone=${phoneNumber}`));
    const code = /\b\d{6}\b/.exec(messages.at(-1)?.text ?? '')?.[0];
    if (code !== undefined) return code;
    if (performance.now() > giveUpAtMs) throw new Error('no code arrived on the demo handset within 5 s');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
