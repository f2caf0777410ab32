import { z } from 'zod';
import type { JournalRow } from '../services/journal/journal';
import type {
  ClaimedOutboxEntry,
  ConversationHead,
  JsonActivity,
  ListedRecord,
  LoggedActivity,
  OutboxBacklog,
} from '../services/turn/turnStore';
import { storedJson, storedText } from './storedText';

/** What both databases give back, by the names that their SELECTs use. */

export const headRow = z.object({
  key: storedText,
  channelId: storedText,
  conversationId: storedText,
  userId: storedText,
  reference: storedJson,
  createdAtMs: z.number(),
}) satisfies z.ZodType<ConversationHead>;

export const pendingRow = headRow.extend({
  ticket: z.number(),
  activityId: storedText,
  sealedActivity: z.instanceof(Buffer),
  receivedAtMs: z.number(),
  claim: z
    .enum(['other', 'none'])
    .nullish()
    .transform((claim) => claim ?? undefined),
});

export const recordRow = z.object({ version: z.number(), value: storedJson });

export const listedRow = recordRow.extend({ key: storedText }) satisfies z.ZodType<ListedRecord>;

export const logRow = z.object({
  seq: z.number(),
  ticket: z.number(),
  activity: z.string().transform((stored): JsonActivity => JSON.parse(stored)),
}) satisfies z.ZodType<LoggedActivity>;

export const claimedRow = z.object({
  id: z.number(),
  key: storedText,
  kind: storedText,
  payload: storedJson,
  notBeforeMs: z.number(),
  attempt: z.number(),
}) satisfies z.ZodType<ClaimedOutboxEntry>;

export const backlogRow = z.object({
  kind: storedText,
  waiting: z.number(),
  oldestMs: z.number(),
}) satisfies z.ZodType<OutboxBacklog>;

export const journalRow = z.object({
  stream: storedText,
  seq: z.number(),
  atMs: z.number(),
  body: storedJson,
  previousHash: z.string(),
  hash: z.string(),
}) satisfies z.ZodType<JournalRow>;
