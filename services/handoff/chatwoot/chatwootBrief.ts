import type { JsonValue } from '../../turn/turnStore';
import type { HandoffPacket, HandoffRecord, TranscriptLine } from '../handoff';

/** What the agent in Chatwoot reads, in the customer's language. */
export interface BriefWords {
  /** Name of the contact. */
  readonly contact: string;
  readonly title: string;
  readonly reason: Readonly<Record<HandoffPacket['reason'], string>>;
  readonly callback: string;
  readonly topic: (topic: NonNullable<HandoffPacket['topic']>) => string;
  /** @param time of the day in Seoul */
  readonly verified: (line: string | undefined, time: string) => string;
  readonly notVerified: string;
  readonly owes: (total: number, time: string) => string;
  readonly bill: (label: string, amountKrw: number, dueDate: string | undefined) => string;
  readonly soFar: string;
  readonly speaker: Readonly<Record<TranscriptLine['from'], string>>;
  readonly clock: (atMs: number) => string;
}

export interface Brief {
  readonly contact: string;
  readonly text: string;
  readonly attributes: { readonly [name: string]: JsonValue };
}

const mostLines = 12;
const longestLine = 200;

/**
 * What stands in the packet, as the Client API can carry it: custom attributes for routing, and a first message for
 * reading (private notes need a credential that can do much more). Masked like the packet; without the carrier's ids.
 */
export function briefOf(handoff: HandoffRecord, packet: HandoffPacket, words: BriefWords): Brief {
  const { verification, balance, transcript, topic } = packet;
  const { level, verifiedAtMs, maskedLine } = verification;
  const lines = transcript
    .slice(-mostLines)
    .map(({ from, text }) => `${words.speaker[from]}: ${text.replace(/\s+/g, ' ').slice(0, longestLine)}`);
  const text = [
    words.title,
    words.reason[packet.reason],
    ...(handoff.callback ? [words.callback] : []),
    ...(topic === undefined ? [] : [words.topic(topic)]),
    verifiedAtMs === undefined ? words.notVerified : words.verified(maskedLine, words.clock(verifiedAtMs)),
    ...(balance === undefined
      ? []
      : [
          words.owes(balance.totalKrw, words.clock(balance.asOfMs)),
          ...balance.bills.map((bill) => words.bill(bill.label, bill.amountKrw, bill.dueDate)),
        ]),
    ...(lines.length === 0 ? [] : ['', words.soFar, ...lines]),
  ].join('\n');
  return {
    contact: words.contact,
    text,
    attributes: {
      bill_guide_handoff: handoff.id,
      bill_guide_reason: packet.reason,
      bill_guide_skill: handoff.skill,
      bill_guide_language: handoff.language,
      bill_guide_channel: handoff.channelId,
      bill_guide_level: level,
      bill_guide_callback: handoff.callback,
      ...(topic === undefined ? {} : { bill_guide_topic: topic }),
    },
  };
}
