import type { TurnTransaction } from '../turn/turnTransaction';
import type { IdentityPolicy } from './identityPolicy';
import {
  conversationLimitKey,
  conversationLimitRecord,
  lineLimitKey,
  lineLimitRecord,
  readLimit,
} from './identityRecords';
import type { Binding } from './proof';

export type SendAdmission =
  | { readonly status: 'admitted'; readonly sendsLeft: number }
  | { readonly status: 'limited'; readonly retryAtMs: number };

/**
 * Counts one send against its line and its conversation, or refuses it and counts nothing. Works on the
 * number's digest alone, so a number that nobody has is limited like any other.
 * Times that lie ahead (the clock was set back) still count.
 * @param nowMs epoch ms
 */
export async function admitSend(
  tx: TurnTransaction,
  policy: IdentityPolicy,
  binding: Binding,
  numberDigest: string,
  nowMs: number,
): Promise<SendAdmission> {
  const lineKey = lineLimitKey(numberDigest);
  const conversationKey = conversationLimitKey(binding);
  const line = await readLimit(tx, lineKey, lineLimitRecord);
  const conversation = await readLimit(tx, conversationKey, conversationLimitRecord);

  const sent = (line?.sentAtMs ?? []).filter((atMs) => nowMs - atMs < policy.sendsPerLineWindowMs);
  const others = (conversation?.numbers ?? [])
    .filter(({ sentAtMs }) => nowMs - sentAtMs < policy.numbersPerConversationWindowMs)
    .filter(({ digest }) => digest !== numberDigest);

  const waits: number[] = [];
  if (sent.length >= policy.sendsPerLine) waits.push(Math.min(...sent) + policy.sendsPerLineWindowMs);
  if (others.length >= policy.numbersPerConversation) {
    waits.push(Math.min(...others.map(({ sentAtMs }) => sentAtMs)) + policy.numbersPerConversationWindowMs);
  }
  const retryAtMs = Math.max(...waits, nowMs);
  if (retryAtMs > nowMs) return { status: 'limited', retryAtMs };

  await tx.write(lineKey, { sentAtMs: [...sent, nowMs] }, nowMs + policy.sendsPerLineWindowMs);
  await tx.write(
    conversationKey,
    { numbers: [...others, { digest: numberDigest, sentAtMs: nowMs }] },
    nowMs + policy.numbersPerConversationWindowMs,
  );
  return { status: 'admitted', sendsLeft: policy.sendsPerLine - sent.length - 1 };
}

/** The owner proved the line: only consecutive failures count (NIST SP 800-63B, rate limiting). */
export async function forgetSends(tx: TurnTransaction, numberDigest: string): Promise<void> {
  await tx.delete(lineLimitKey(numberDigest));
}
