import type { Acr } from '../errors';
import type { Binding } from '../identity/proof';
import { streamOf } from '../journal/journal';
import type { TurnTransaction } from '../turn/turnTransaction';

/**
 * What the audit log holds about one conversation: who was challenged, verified, refused, shown what (OWASP ASVS
 * 16.2, 16.3). Ids are the carrier's opaque ones; a number, a name, a code or an amount has no place here.
 */
export type AuditEvent =
  | { readonly kind: 'challenged'; readonly by: 'sms' | 'agency'; readonly line: string | null }
  | { readonly kind: 'challengeLimited'; readonly limit: string }
  | { readonly kind: 'verified'; readonly by: 'sms' | 'agency'; readonly line: string; readonly acr: Acr }
  | {
      readonly kind: 'refused';
      readonly by: 'sms' | 'agency';
      readonly reason: string;
      readonly line: string | null;
    }
  | { readonly kind: 'signedOut' }
  | { readonly kind: 'stepUpRequired'; readonly acr: Acr; readonly reason: string }
  | { readonly kind: 'shown'; readonly what: AuditedData; readonly line: string; readonly acr: Acr }
  | { readonly kind: 'dropped'; readonly what: 'wrongOwnerBill' }
  /** A person was called, and what is known went along: of a verified line with its bills. */
  | {
      readonly kind: 'handedOver';
      readonly handoff: string;
      readonly reason: string;
      readonly line: string | null;
      readonly acr: Acr;
      readonly withBalance: boolean;
    }
  /** What became of a reminder; `wording` is the version of the words that were agreed to. */
  | {
      readonly kind: 'reminder';
      readonly what: 'agreed' | 'stopped' | 'sent' | 'withheld' | 'dropped' | 'ended';
      readonly reminder: string;
      readonly of: string;
      readonly reason?: string;
      readonly wording?: string;
    };

/** Personal data that a customer can be shown. */
export type AuditedData = 'unpaidBalance' | 'payments' | 'billItems' | 'paymentAccount';

/** Writes an audit event down with the turn's commit. `line` is the carrier's opaque line id. */
export function audit(tx: Pick<TurnTransaction, 'note'>, binding: Binding, event: AuditEvent): void {
  const { channelId, conversationId, userId } = binding;
  tx.note({
    stream: streamOf('audit', JSON.stringify([channelId, conversationId])),
    body: { ...event, channelId, conversationId, userId },
  });
}
