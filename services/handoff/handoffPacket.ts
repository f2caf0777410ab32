import type { BillingStatement, CustomerBill } from '../billing/billingGateway';
import type { ProofFacts } from '../identity/proof';
import type { Topic } from '../intent/intent';
import type { LoggedActivity } from '../turn/turnStore';
import type { HandoffPacket, HandoffReason } from './handoff';
import { transcriptOf } from './transcript';

export interface PacketFacts {
  readonly reason: HandoffReason;
  readonly topic?: Topic | undefined;
  /** The customer's proof as it stands now; absent: acr0. */
  readonly proof?: ProofFacts | undefined;
  /** Read with that proof. */
  readonly statement?: BillingStatement | undefined;
  /** Month and service of a bill in the customer's language. */
  readonly billLabel: (bill: CustomerBill) => string;
  /** The end of the conversation's log, oldest first. */
  readonly log: readonly LoggedActivity[];
  readonly expiresAtMs: number;
}

const mostLines = 40;
const mostSaid = 5;

/** Makes the packet. Without a proof it holds no amount, not even one that the bot told earlier. */
export function packetOf(facts: PacketFacts): HandoffPacket {
  const { reason, topic, proof, statement, billLabel, log, expiresAtMs } = facts;
  const lines = transcriptOf(log, proof !== undefined);
  const said = lines.filter(({ from }) => from === 'bot').map(({ text }) => text);
  const balance =
    proof === undefined || statement === undefined
      ? {}
      : {
          balance: {
            totalKrw: statement.totalUnpaid,
            asOfMs: statement.asOfMs,
            bills: statement.unpaidBills.map((bill) => ({
              label: billLabel(bill),
              amountKrw: bill.remainingAmount,
              dueDate: bill.paymentDueDate,
            })),
          },
        };
  return {
    reason,
    ...(topic === undefined ? {} : { topic }),
    verification:
      proof === undefined
        ? { level: 'acr0' }
        : {
            level: proof.acr,
            verifiedAtMs: proof.authTimeMs,
            lineId: proof.lineId,
            ...(statement === undefined ? {} : { maskedLine: statement.maskedLine }),
          },
    ...balance,
    saidByBot: said.slice(-mostSaid),
    transcript: lines.slice(-mostLines),
    lastSeq: log.at(-1)?.seq ?? 0,
    expiresAtMs,
  };
}
