import { type JournalName, journals } from './journal';

const dayMs = 24 * 3_600_000;

/**
 * How long the rows of each journal are kept, ms. Audit: access records of more than 50,000 persons are kept two
 * years (notice on safety measures, art. 8), and a month more, so that no leap day cuts them short.
 */
export const journalRetentionMs: Readonly<Record<JournalName, number>> = {
  audit: (2 * 365 + 31) * dayMs,
  unanswered: 90 * dayMs,
  deflection: 400 * dayMs,
  handoff: 400 * dayMs,
};

/** For `TurnStore.sweep`: rows of each journal older than these times, epoch ms, are removed. */
export function journalsBeforeMs(nowMs: number): Record<JournalName, number> {
  const limits = journals.map((journal) => [journal, nowMs - journalRetentionMs[journal]] as const);
  return Object.fromEntries(limits) as Record<JournalName, number>;
}
