import type { JsonValue } from './turnStore';

/**
 * An activity from outside, copied field by field from an allow-list: known types, bounded lengths, NFC text.
 * Everything else of the incoming JSON is gone. `from` is what the channel established, not what the body claims.
 */
export interface InboundActivity {
  readonly type: string;
  /** The sender's id for it, if any: second choice as idempotency key. */
  readonly id?: string;
  readonly name?: string;
  readonly text?: string;
  readonly value?: JsonValue;
  readonly locale?: string;
  readonly from: { readonly id: string; readonly name?: string };
  readonly recipient?: { readonly id: string; readonly name?: string };
  readonly conversation: { readonly id: string; readonly isGroup?: boolean };
  readonly membersAdded?: readonly { readonly id: string }[];
  /** Kept as sent (echoed to Direct Line clients); only `clientActivityID` and `postBack` are ever read. */
  readonly channelData?: JsonValue;
  readonly entities?: JsonValue;
  readonly attachmentNames?: readonly string[];
  readonly serviceUrl?: string;
  readonly deliveryMode?: string;
  readonly replyToId?: string;
}
