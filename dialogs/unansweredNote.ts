import type { Topic, Understanding } from '../services/intent/intent';
import { type Unanswered, unansweredShape } from '../services/intent/requests/unanswered';
import { streamOf } from '../services/journal/journal';
import { detectPersonal, redact } from '../services/redaction/redaction';
import { conversationKey } from '../services/turn/turnIntake';
import type { JsonValue } from '../services/turn/turnStore';
import { shortMemoryMs } from './conversationMemory';
import type { DialogTurn } from './dialogTurn';

const longestText = 500;

/** A message without anything personal; '' when the masks do not catch all of it. */
export function withoutPersonal(text: string): string {
  const redacted = redact(text).slice(0, longestText);
  return detectPersonal(redacted).length === 0 ? redacted : '';
}

/** Writes a message down that was not understood, and keeps it at hand for what the customer chooses. */
export async function noteUnanswered(
  turn: DialogTurn,
  text: string,
  understanding: Understanding,
  outcome: Unanswered['outcome'],
): Promise<void> {
  const { topic, confidence, alternatives, language } = understanding;
  const note: Unanswered = {
    text: withoutPersonal(text),
    language,
    topic,
    confidence: rounded(confidence),
    alternatives: alternatives.map((other) => ({
      topic: other.topic,
      confidence: rounded(other.confidence),
    })),
    outcome,
  };
  write(turn, note);
  if (outcome === 'offered') await turn.tx.write(recordKey(turn), jsonOf(note), turn.nowMs + shortMemoryMs);
}

/** Writes down what the customer made of the last question that was asked back: the editor's best hint. */
export async function noteChoice(
  turn: DialogTurn,
  outcome: 'picked' | 'rejected',
  topic?: Topic,
): Promise<void> {
  const asked = unansweredShape.safeParse(await turn.tx.read(recordKey(turn)));
  if (!asked.success) return;
  write(turn, { ...asked.data, ...(topic === undefined ? {} : { topic }), outcome });
  if (outcome === 'picked') await turn.tx.delete(recordKey(turn));
}

function write(turn: DialogTurn, note: Unanswered): void {
  turn.tx.note({ stream: streamOf('unanswered', keyOf(turn)), body: jsonOf(note) });
}

function keyOf({ binding }: DialogTurn): string {
  return conversationKey(binding.channelId, binding.conversationId);
}

function recordKey(turn: DialogTurn): string {
  return unansweredKey(keyOf(turn));
}

/** Where the question is kept that was asked back last. */
export function unansweredKey(conversationKey: string): string {
  return `unanswered/${conversationKey}`;
}

function rounded(confidence: number): number {
  return Math.round(confidence * 1000) / 1000;
}

function jsonOf(note: Unanswered): JsonValue {
  return { ...note, alternatives: note.alternatives.map((other) => ({ ...other })) };
}
