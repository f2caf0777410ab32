import { z } from 'zod';
import { type Language, type Topic, topics } from '../intent/intent';
import { type JournalRow, streamsOf } from '../journal/journal';
import { detectPersonal } from '../redaction/redaction';
import type { TurnStore } from '../turn/turnStore';

/** What the dialogs write down about a message that was not understood. */
const note = z.object({
  text: z.string(),
  language: z.enum(['ko', 'en']),
  topic: z.enum(topics),
  confidence: z.number(),
  alternatives: z.array(z.object({ topic: z.enum(topics), confidence: z.number() })),
  outcome: z.enum(['offered', 'unknown', 'outOfScope', 'picked', 'rejected']),
});
type Note = z.infer<typeof note>;

/** One message that was not understood, however often it was typed. */
export interface UnansweredQuestion {
  readonly text: string;
  readonly language: Language;
  /** How often it was typed. */
  readonly count: number;
  /** Topics that customers chose afterwards, with repeats: what they meant. */
  readonly picked: readonly Topic[];
  /** Topics that were offered and refused, with repeats: what they did not mean. */
  readonly rejected: readonly Topic[];
}

const page = 1_000;
/** The right topic is offered among so many. */
const offeredTopics = 3;

/**
 * Reads the journal of unanswered questions; writes nothing. Notes of another shape, without text, or in which
 * anything personal is found are left out.
 * @returns the most frequent first, then in alphabetical order
 */
export async function readUnanswered(store: Pick<TurnStore, 'readJournal'>): Promise<UnansweredQuestion[]> {
  const questions = new Map<string, UnansweredQuestion>();
  for (const stream of streamsOf('unanswered')) {
    for (let after = 0; ; ) {
      const rows: readonly JournalRow[] = await store.readJournal(stream, after, page);
      for (const { body } of rows) {
        const parsed = note.safeParse(body);
        if (parsed.success) count(questions, parsed.data);
      }
      const last = rows.at(-1);
      if (last === undefined || last.seq <= after) break;
      after = last.seq;
    }
  }
  return [...questions.values()].sort(
    (one, other) => other.count - one.count || (one.text < other.text ? -1 : 1),
  );
}

function count(
  questions: Map<string, UnansweredQuestion>,
  { text, language, topic, alternatives, outcome }: Note,
) {
  const trimmed = text.trim();
  if (trimmed === '' || detectPersonal(trimmed).length > 0) return;
  const key = `${language} ${trimmed}`;
  const known = questions.get(key) ?? { text: trimmed, language, count: 0, picked: [], rejected: [] };
  const offered = [topic, ...alternatives.map((other) => other.topic)].slice(0, offeredTopics);
  questions.set(key, {
    ...known,
    // A choice follows a note of the same message, which has been counted.
    count: known.count + (outcome === 'picked' || outcome === 'rejected' ? 0 : 1),
    picked: outcome === 'picked' ? [...known.picked, topic] : known.picked,
    rejected: outcome === 'rejected' ? [...known.rejected, ...offered] : known.rejected,
  });
}
