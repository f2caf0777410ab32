import { z } from 'zod';
import type { TurnStore } from '../turn/turnStore';
import { chatwootKeys } from './chatwoot/chatwootLink';
import { callbackKey, closedHandoff, closedPrefix, handoffKey, packetKey, readHandoff } from './handoff';
import { callbackTimerKey, timeoutTimerKey } from './handoffs';

const pageSize = 500;
const memory = z.object({ callback: z.string() });

/**
 * What is kept of a conversation's handoffs, for its erasure: also of those that have ended, which are looked for
 * among all of the last month.
 * @param rememberedAt where the conversation's memory is kept: it knows the request that waits for opening time
 * @throws StoreUnavailableError
 */
export async function handoffTraces(
  store: Pick<TurnStore, 'readRecord' | 'listRecords'>,
  conversationKey: string,
  rememberedAt: string,
): Promise<{ readonly recordKeys: readonly string[]; readonly outboxKeys: readonly string[] }> {
  const handoff = readHandoff((await store.readRecord(handoffKey(conversationKey))).value);
  const waiting = memory.safeParse((await store.readRecord(rememberedAt)).value);
  const callback = waiting.success ? waiting.data.callback : undefined;
  const closed = await closedKeysOf(store, conversationKey);
  const ids = closed.map((key) => key.slice(closedPrefix.length));
  if (handoff !== undefined) ids.push(handoff.id);
  return {
    recordKeys: [
      ...(await chatwootKeys(store, ids)),
      handoffKey(conversationKey),
      ...closed,
      ...(handoff === undefined ? [] : [packetKey(handoff.id)]),
      ...(callback === undefined ? [] : [callbackKey(callback), packetKey(callback)]),
    ],
    outboxKeys: [
      ...(handoff === undefined ? [] : [timeoutTimerKey(handoff.id, handoff.wait)]),
      ...(callback === undefined ? [] : [callbackTimerKey(callback)]),
    ],
  };
}

async function closedKeysOf(
  store: Pick<TurnStore, 'listRecords'>,
  conversationKey: string,
): Promise<readonly string[]> {
  const found: string[] = [];
  let afterKey: string | undefined;
  for (;;) {
    const page = await store.listRecords(closedPrefix, afterKey, pageSize);
    for (const { key, value } of page)
      if (closedHandoff.safeParse(value).data?.conversationKey === conversationKey) found.push(key);
    if (page.length < pageSize) return found;
    afterKey = page.at(-1)?.key;
  }
}
