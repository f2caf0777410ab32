import { z } from 'zod';
import { faqTopics, languages } from '../intent/intent';
import { type JournalEntry, type JournalRow, streamOf } from '../journal/journal';

/**
 * How a look into the help widget ended. The widget says it once an answer; nothing in it tells whose it was: the
 * browser itself remembers its last week and reports a return as a fact without a name.
 * - solved: "해결됐어요" was pressed
 * - notSolved: "아직이요" was pressed
 * - assumed: an answer was read and nothing was said about it
 * - chat, person: the question went on to the chat, or to a person
 * - cameBack: the same topic again within seven days of an outcome that counted as solved or assumed
 */
export const deflectionOutcomes = ['solved', 'notSolved', 'assumed', 'chat', 'person', 'cameBack'] as const;
export type DeflectionOutcome = (typeof deflectionOutcomes)[number];

export const deflectionReport = z.strictObject({
  outcome: z.enum(deflectionOutcomes),
  topic: z.enum([...faqTopics, 'none']),
  language: z.enum(languages),
});
/** `topic` is 'none' when no answer had been opened. */
export type DeflectionReport = z.infer<typeof deflectionReport>;

/** The report as the journal keeps it. */
export function deflectionEntry(report: DeflectionReport): JournalEntry {
  return { stream: streamOf('deflection', report.topic), body: { ...report } };
}

export type DeflectionCounts = Readonly<Record<DeflectionOutcome, number>>;

/**
 * Counts outcomes, all of them and by topic. A return takes nothing away from what was counted as solved: both
 * stand side by side, so that whoever reads them sees how much of "solved" did not last.
 * @param rows of the journal 'deflection'; foreign rows are left out
 */
export function countDeflections(rows: Iterable<Pick<JournalRow, 'body'>>): {
  readonly total: DeflectionCounts;
  readonly byTopic: ReadonlyMap<string, DeflectionCounts>;
} {
  const total = noOutcomes();
  const byTopic = new Map<string, Record<DeflectionOutcome, number>>();
  for (const { body } of rows) {
    const report = deflectionReport.safeParse(body);
    if (!report.success) continue;
    const { outcome, topic } = report.data;
    const counts = byTopic.get(topic) ?? noOutcomes();
    counts[outcome] += 1;
    total[outcome] += 1;
    byTopic.set(topic, counts);
  }
  return { total, byTopic };
}

function noOutcomes(): Record<DeflectionOutcome, number> {
  return { solved: 0, notSolved: 0, assumed: 0, chat: 0, person: 0, cameBack: 0 };
}
