import path from 'node:path';
import { z } from 'zod';
import { storedBenchmark } from '../../bench/stored';

const root = path.resolve(__dirname, '../..');

const cost = z.object({
  medianMicros: z.number().positive(),
  p95Micros: z.number().positive(),
  cpuHereMicros: z.number().positive(),
  timesMedian: z.number().positive(),
  timesCpu: z.number().positive(),
});
const size = z.object({
  conversations: z.number(),
  bytesPerConversation: z.number().min(1_000),
  turns: z.object({ faq: cost, number: cost, code: cost }),
  claimOutboxMs: z.number().positive(),
  nextDueMs: z.number().positive(),
  pendingConversationsMs: z.number().positive(),
  claimPendingMs: z.number().positive(),
  sweepBatchMs: z.number().positive(),
  sweepNothingMs: z.number().positive(),
});
const store = z.object({ store: z.string(), sizes: z.array(size) });
const notify = z.object({
  connections: z.number(),
  name: z.string(),
  commitsPerSecond: z.object({ median: z.number().positive() }),
});
const tableBytes = z.object({
  table: z.string(),
  rows: z.number().positive(),
  bytes: z.number().positive(),
});
const figures = z.object({
  tables: z.array(tableBytes).length(6),
  stores: z.array(store),
  notify: z.object({ flushMs: z.object({ median: z.number().positive() }), variants: z.array(notify) }),
});

describe('what a turn costs beside many stored conversations', () => {
  it('is measured at every size on both stores', async () => {
    const result = await storedBenchmark.run({
      root,
      bareServer: '',
      echoBot: '',
      startParts: '',
      quick: true,
    });

    const { stores, notify: announced } = figures.parse(result.figures);
    expect(stores.map((one) => one.store)).toEqual(['SQLite', 'PostgreSQL']);
    for (const { sizes } of stores)
      expect(sizes.map(({ conversations }) => conversations)).toEqual([100, 1_000]);
    expect(announced.variants.map(({ connections }) => connections)).toEqual([1, 1, 1, 1, 8, 8, 8, 8]);
    for (const { header, rows } of result.tables)
      for (const row of rows) expect(row).toHaveLength(header.length);
  }, 120_000);
});
