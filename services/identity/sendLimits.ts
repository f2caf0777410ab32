import type { TurnTransaction } from '../turn/turnTransaction';
import type { IdentityPolicy } from './identityPolicy';
import {
  addressLimitKey,
  conversationLimitKey,
  conversationLimitRecord,
  lineLimitKey,
  readLimit,
  sendLimitRecord,
} from './identityRecords';
import type { Binding } from './proof';

/** One send as the limits see it: digests only, so that a number that nobody has is limited like any other. */
export interface SendRequest {
  readonly binding: Binding;
  readonly numberDigest: string;
  /** Of this customer asking for this number. */
  readonly sendId: string;
  /** null: the channel knows no address of the customer's own. */
  readonly addressDigest: string | null;
}

export type LimitName = 'line' | 'conversation' | 'address';

export type SendAdmission =
  | { readonly status: 'admitted'; readonly sendsLeft: number }
  | { readonly status: 'limited'; readonly retryAtMs: number; readonly limit: LimitName };

type Sends = readonly { readonly id: string; readonly atMs: number }[];

/**
 * Counts one send against its line, its conversation and its address, or refuses it and counts nothing.
 * Times that lie ahead (the clock was set back) count as of now.
 * @param nowMs epoch ms
 */
export async function admitSend(
  tx: TurnTransaction,
  policy: IdentityPolicy,
  { binding, numberDigest, sendId, addressDigest }: SendRequest,
  nowMs: number,
): Promise<SendAdmission> {
  const conversationKey = conversationLimitKey(binding);
  const lineKey = lineLimitKey(numberDigest);
  const toLine = await recentSends(tx, lineKey, policy.sendsPerLineWindowMs, nowMs);
  const addressKey = addressDigest === null ? undefined : addressLimitKey(addressDigest);
  const fromAddress =
    addressKey === undefined ? [] : await recentSends(tx, addressKey, policy.sendsPerAddressWindowMs, nowMs);
  const others = (
    await recentNumbers(tx, conversationKey, policy.numbersPerConversationWindowMs, nowMs)
  ).filter(({ digest }) => digest !== numberDigest);

  const refusals: { limit: LimitName; retryAtMs: number }[] = [];
  const refuse = (limit: LimitName, atMs: readonly number[], windowMs: number) =>
    refusals.push({ limit, retryAtMs: Math.min(...atMs) + windowMs });
  if (toLine.length >= policy.sendsPerLine) refuse('line', toLine.map(timeOf), policy.sendsPerLineWindowMs);
  if (fromAddress.length >= policy.sendsPerAddress)
    refuse('address', fromAddress.map(timeOf), policy.sendsPerAddressWindowMs);
  if (others.length >= policy.numbersPerConversation) {
    const sentAtMs = others.map((number) => number.sentAtMs);
    refuse('conversation', sentAtMs, policy.numbersPerConversationWindowMs);
  }
  const [last] = refusals.sort((a, b) => b.retryAtMs - a.retryAtMs);
  if (last !== undefined) return { status: 'limited', ...last };

  const sent = { id: sendId, atMs: nowMs };
  await tx.write(lineKey, { sends: [...toLine, sent] }, nowMs + policy.sendsPerLineWindowMs);
  if (addressKey !== undefined)
    await tx.write(addressKey, { sends: [...fromAddress, sent] }, nowMs + policy.sendsPerAddressWindowMs);
  await tx.write(
    conversationKey,
    { numbers: [...others, { digest: numberDigest, sentAtMs: nowMs }] },
    nowMs + policy.numbersPerConversationWindowMs,
  );
  return { status: 'admitted', sendsLeft: policy.sendsPerLine - toLine.length - 1 };
}

/**
 * The owner proved the line: what this customer asked for was theirs to ask. What others asked for still counts,
 * or a guesser would be given new tries by every success of the owner.
 */
export async function forgiveSends(
  tx: TurnTransaction,
  policy: IdentityPolicy,
  { numberDigest, sendId, addressDigest }: Omit<SendRequest, 'binding'>,
): Promise<void> {
  await forgive(tx, lineLimitKey(numberDigest), sendId, policy.sendsPerLineWindowMs);
  if (addressDigest !== null)
    await forgive(tx, addressLimitKey(addressDigest), sendId, policy.sendsPerAddressWindowMs);
}

async function forgive(tx: TurnTransaction, key: string, sendId: string, windowMs: number): Promise<void> {
  const sends = (await sendsOf(tx, key)).filter(({ id }) => id !== sendId);
  if (sends.length === 0) await tx.delete(key);
  else await tx.write(key, { sends }, Math.max(...sends.map(timeOf)) + windowMs);
}

async function sendsOf(tx: TurnTransaction, key: string): Promise<Sends> {
  return (await readLimit(tx, key, sendLimitRecord))?.sends ?? [];
}

async function recentSends(
  tx: TurnTransaction,
  key: string,
  windowMs: number,
  nowMs: number,
): Promise<Sends> {
  const sends = await sendsOf(tx, key);
  const present = sends.map(({ id, atMs }) => ({ id, atMs: notAhead(atMs, nowMs) }));
  // Written even where nothing is sent: a refused customer would else wait for as long as the clock was wrong.
  if (sends.some(({ atMs }) => atMs > nowMs)) await tx.write(key, { sends: present }, nowMs + windowMs);
  return present.filter(({ atMs }) => nowMs - atMs < windowMs);
}

async function recentNumbers(tx: TurnTransaction, key: string, windowMs: number, nowMs: number) {
  const numbers = (await readLimit(tx, key, conversationLimitRecord))?.numbers ?? [];
  const present = numbers.map(({ digest, sentAtMs }) => ({ digest, sentAtMs: notAhead(sentAtMs, nowMs) }));
  if (numbers.some(({ sentAtMs }) => sentAtMs > nowMs))
    await tx.write(key, { numbers: present }, nowMs + windowMs);
  return present.filter(({ sentAtMs }) => nowMs - sentAtMs < windowMs);
}

/**
 * A time that was noted before the clock was set back, as if it were now: a limit then ends after its own window,
 * neither earlier nor, when the clock had been a year ahead, a year later.
 */
export function notAhead(atMs: number, nowMs: number): number {
  return Math.min(atMs, nowMs);
}

function timeOf({ atMs }: { readonly atMs: number }): number {
  return atMs;
}
