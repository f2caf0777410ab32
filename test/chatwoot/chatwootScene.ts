import { composeChatwoot } from '../../bot/chatwootParts';
import type { ChatwootConfig } from '../../bot/settings/chatwootSettings';
import { stringsFor } from '../../strings';
import { TestAssistant, type TestCustomer } from '../assistant';
import { ChatwootServer } from './chatwootServer';

export const monday = Date.parse('2026-11-23T10:00:00+09:00');

/** The real assistant, wired to a stand-in of Chatwoot as `bot/compose.ts` wires it. */
export function assistantAt(
  hub: ChatwootServer,
  clock: { nowMs: number },
  options: { file?: string; config?: Partial<ChatwootConfig> } = {},
) {
  const events = () => test.assistant.events;
  const time = { now: () => test.nowMs };
  const config: ChatwootConfig = {
    baseUrl: hub.url,
    inboxIdentifier: ChatwootServer.inbox,
    hmacToken: undefined,
    webhookSecret: ChatwootServer.secret,
    webhookPath: undefined,
    acceptOn: 'message',
    ...options.config,
  };
  const store = () => test.store;
  // The store is the assistant's own, which is made with these parts.
  const lazyStore = new Proxy(Object(undefined), {
    get: (_target, name) => {
      const value: unknown = Reflect.get(store(), name);
      return typeof value === 'function' ? value.bind(store()) : value;
    },
  });
  const parts = composeChatwoot({
    config,
    store: lazyStore,
    clock: time,
    realClock: time,
    log: { warn: () => undefined },
    key: Buffer.alloc(32, 7),
    events,
    packets: () => test.assistant.packets,
  });
  const test: TestAssistant = new TestAssistant({
    nowMs: clock.nowMs,
    ...(options.file === undefined ? {} : { file: options.file }),
    handoffProvider: parts.provider,
    handoff: { provider: 'chatwoot', hours: 'callCentre', timeoutMs: 15 * 60_000 },
    sinks: { handoff: parts.sink },
  });
  return { test, relay: parts.relay };
}

/** Everything the customer was told, in order. */
export async function told(test: TestAssistant, customer: TestCustomer): Promise<string[]> {
  const log = await test.store.readLog(customer.key, 0, 1_000);
  return log
    .filter(({ activity }) => Object(activity.from).role === 'bot')
    .map(({ activity }) => String(activity.text ?? activity.summary ?? ''));
}

/** Waits until the conversation's accepted events have run. */
export async function settled(test: TestAssistant): Promise<void> {
  while ((await test.store.pendingConversations()).length > 0)
    await new Promise((resolve) => setImmediate(resolve));
  await test.delivered();
}

export const handoffWords = stringsFor('ko').handoff;
