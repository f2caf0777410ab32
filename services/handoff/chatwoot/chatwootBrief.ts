import type { JsonValue } from '../../turn/turnStore';
import type { HandoffPacket, HandoffRecord, TranscriptLine } from '../handoff';

/** What the agent in Chatwoot reads, in the customer's language. */
export interface BriefWords {
  /** Name of the contact. */
  readonly contact: string;
  readonly title: string;
  readonly reason: Readonly<Record<HandoffPacket['reason'], string>>;
  readonly callback: string;
  /** @param atMs epoch ms */
  readonly verified: (line: string | undefined, atMs: number) => string;
  readonly notVerified: string;
  readonly owes: (totalKrw: number, atMs: number) => string;
  readonly bill: (label: string, amountKrw: number, dueDate: string | undefined) => string;
  readonly soFar: string;
  readonly speaker: Readonly<Record<TranscriptLine['from'], string>>;
}

export interface Brief {
  readonly text: string;
  readonly attributes: { readonly [name: string]: JsonValue };
}

const mostLines = 12;
const longestLine = 200;

/**
 * What stands in the packet, as the Client API can carry it: custom attributes for routing, and a first message for
 * reading (private notes need a credential that can do much more). Masked like the packet; without the carrier's ids.
 * @param packet undefined once it has expired: then the reason alone
 */
export function briefOf(handoff: HandoffRecord, packet: HandoffPacket | undefined, words: BriefWords): Brief {
  const { reason, topic } = handoff;
  const text = [
    words.title,
    words.reason[reason],
    ...(handoff.callback ? [words.callback] : []),
    ...(packet === undefined ? [] : linesOf(packet, words)),
  ].join('\n');
  return {
    text,
    attributes: {
      bill_guide_handoff: handoff.id,
      bill_guide_reason: reason,
      bill_guide_skill: handoff.skill,
      bill_guide_language: handoff.language,
      bill_guide_channel: handoff.channelId,
      bill_guide_verified: handoff.verified,
      bill_guide_callback: handoff.callback,
      ...(topic === undefined ? {} : { bill_guide_topic: topic }),
    },
  };
}

function linesOf({ verification, balance, transcript }: HandoffPacket, words: BriefWords): string[] {
  const { verifiedAtMs, maskedLine } = verification;
  const lines = transcript
    .slice(-mostLines)
    .map(({ from, text }) => `${words.speaker[from]}: ${text.replace(/\s+/g, ' ').slice(0, longestLine)}`);
  return [
    verifiedAtMs === undefined ? words.notVerified : words.verified(maskedLine, verifiedAtMs),
    ...(balance === undefined
      ? []
      : [
          words.owes(balance.totalKrw, balance.asOfMs),
          ...balance.bills.map(({ label, amountKrw, dueDate }) => words.bill(label, amountKrw, dueDate)),
        ]),
    ...(lines.length === 0 ? [] : ['', words.soFar, ...lines]),
  ];
}
