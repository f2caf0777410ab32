import { z } from 'zod';
import type { JsonValue, TurnStore } from '../turn/turnStore';
import type { TurnTransaction } from '../turn/turnTransaction';

const record = z.strictObject({
  version: z.literal(1),
  /** Outbox keys, the oldest first. */
  messages: z.array(z.strictObject({ key: z.string().max(200), untilMs: z.number().int() })).max(50),
});
type Out = z.infer<typeof record>['messages'];

/**
 * The record of one conversation's messages that were decided on and may not have left yet (a gateway that is down, the
 * night). What is not in it any more is not sent: so stopping and erasing reach what is already on its way.
 */
export function messagesOutKey(conversationKey: string): string {
  return `reminderOut/${conversationKey}`;
}

const most = 50;

/** @param message `untilMs` epoch ms: when it is of no use any more */
export async function noteOut(
  tx: Pick<TurnTransaction, 'read' | 'write'>,
  conversationKey: string,
  message: { readonly key: string; readonly untilMs: number },
  nowMs: number,
): Promise<void> {
  const key = messagesOutKey(conversationKey);
  const others = readOut(await tx.read(key)).filter((one) => one.untilMs > nowMs && one.key !== message.key);
  const messages = [...others, message].slice(-most);
  const lastMs = Math.max(...messages.map(({ untilMs }) => untilMs));
  await tx.write(key, { version: 1, messages }, lastMs);
}

/** Whether a message of this reminder was decided on and may not have left yet. */
export async function isOut(
  tx: Pick<TurnTransaction, 'read'>,
  conversationKey: string,
  id: string,
  nowMs: number,
): Promise<boolean> {
  const out = readOut(await tx.read(messagesOutKey(conversationKey)));
  return out.some((one) => one.untilMs > nowMs && one.key.includes(`/${id}/`));
}

/**
 * Takes back what has not left yet.
 * @param ids of the reminders that were stopped; absent: of all of them
 */
export async function takeBack(
  tx: Pick<TurnTransaction, 'read' | 'write' | 'delete'>,
  conversationKey: string,
  ids?: readonly string[],
): Promise<void> {
  const key = messagesOutKey(conversationKey);
  const before = readOut(await tx.read(key));
  if (before.length === 0) return;
  const messages = before.filter(
    (one) => ids !== undefined && !ids.some((id) => one.key.includes(`/${id}/`)),
  );
  const lastMs = Math.max(...messages.map(({ untilMs }) => untilMs));
  return messages.length === 0 ? tx.delete(key) : tx.write(key, { version: 1, messages }, lastMs);
}

/**
 * Notes that a message has left, outside of any turn. What cannot be noted stays listed until it is of no use: it is
 * told from one that waits by nothing but that.
 */
export async function noteLeft(
  store: Pick<TurnStore, 'readRecord' | 'writeRecords'>,
  conversationKey: string,
  outboxKey: string,
  nowMs: number,
): Promise<void> {
  const key = messagesOutKey(conversationKey);
  for (let tries = 0; tries < 3; tries += 1) {
    const { version, value } = await store.readRecord(key);
    const before = readOut(value);
    const messages = before.filter((one) => one.key !== outboxKey);
    if (messages.length === before.length) return;
    const expiresAtMs = Math.max(...messages.map(({ untilMs }) => untilMs));
    const change =
      messages.length === 0 ? ('delete' as const) : { value: { version: 1, messages }, expiresAtMs };
    if ((await store.writeRecords([{ key, expectedVersion: version, change }], nowMs)) === 'written') return;
  }
}

/** Outbox keys of a stored record: what may still be sent, and what is erased with the conversation. */
export function keysOut(value: JsonValue | undefined): string[] {
  return readOut(value).map(({ key }) => key);
}

function readOut(value: JsonValue | undefined): Out {
  return record.safeParse(value).data?.messages ?? [];
}
