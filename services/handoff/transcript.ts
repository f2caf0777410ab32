import { z } from 'zod';
import { redact } from '../redaction/redaction';
import type { JsonActivity, LoggedActivity } from '../turn/turnStore';
import type { TranscriptLine } from './handoff';

export type Speaker = TranscriptLine['from'];

/** What marks an agent's own words in a logged activity: `channelData.handoff.agent` is their name. */
const agentMark = z.object({ handoff: z.object({ agent: z.string() }) });
const customer = z.object({ role: z.literal('user') });

/** Who said a logged activity, and the agent's name when it was one. */
export function speakerOf({ from, channelData }: JsonActivity): {
  readonly from: Speaker;
  readonly name?: string;
} {
  if (customer.safeParse(from).success) return { from: 'customer' };
  const mark = agentMark.safeParse(channelData);
  return mark.success ? { from: 'agent', name: mark.data.handoff.agent } : { from: 'bot' };
}

/** The words of a logged activity, masked: its text, or a card's plain text. '' for what nobody said. */
export function wordsOf({ type, text, summary }: JsonActivity): string {
  if (type !== 'message') return '';
  const said = typeof text === 'string' && text !== '' ? text : summary;
  return typeof said === 'string' ? redact(said).trim() : '';
}

const longestLine = 500;
const amount = /(?:₩\s?)?\d{1,3}(?:,\d{3})+(?:\s?원|\s?won)?|₩\s?\d+|\d{4,}\s?(?:원|won)|KRW\s?[\d,]+/gi;

/**
 * A log as an agent may read it: masked, in order, without empty lines and without events.
 * @param showAmounts whether the bot's own amounts stay, as they do for a customer who is verified now
 */
export function transcriptOf(entries: readonly LoggedActivity[], showAmounts: boolean): TranscriptLine[] {
  return entries.flatMap(({ activity }) => {
    const words = wordsOf(activity).slice(0, longestLine);
    if (words === '') return [];
    const { from } = speakerOf(activity);
    const text = from === 'bot' && !showAmounts ? words.replace(amount, '***') : words;
    const atMs = Date.parse(String(activity.timestamp));
    return [{ from, text, atMs: Number.isFinite(atMs) ? atMs : 0 }];
  });
}
