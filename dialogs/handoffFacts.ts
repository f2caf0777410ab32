import { EventFactory, type TurnContext } from 'botbuilder';
import { audit } from '../services/audit/auditEvent';
import type { BillingGateway, BillingStatement } from '../services/billing/billingGateway';
import { BillingUnavailableError, StepUpRequired } from '../services/errors';
import { packetOf } from '../services/handoff/handoffPacket';
import { type HandoffRequest, type Handoffs, packetLifeMs } from '../services/handoff/handoffs';
import type { Proof } from '../services/identity/proof';
import type { StepUp } from '../services/identity/stepUp';
import { conversationKey } from '../services/turn/turnIntake';
import type { JsonValue } from '../services/turn/turnStore';
import { subjectOf } from './conversationMemory';
import { type DialogTurn, wordsOf } from './dialogTurn';
import { reasonOf } from './handoffTrouble';

export interface FactSources {
  readonly handoffs: Handoffs;
  readonly stepUp: Pick<StepUp, 'currentProof'>;
  readonly billing: Pick<BillingGateway, 'unpaidBills'>;
}

/** What an agent needs to know, gathered where the customer asks for one. @param fromMs when agents are there */
export async function handoffRequest(
  turn: DialogTurn,
  { handoffs, stepUp, billing }: FactSources,
  fromMs: number,
): Promise<HandoffRequest> {
  const { s, locale } = wordsOf(turn);
  const key = keyOf(turn);
  const proof = await stepUp.currentProof(turn.tx, turn.binding);
  const statement = proof === undefined ? undefined : await statementFor(billing, proof);
  const asked = reasonOf(turn.memory, turn.nowMs);
  const reason = asked === 'asked' && statement?.lineStatus === 'suspended' ? 'suspended' : asked;
  const topic = subjectOf(turn.memory, turn.nowMs)?.topic;
  const packet = packetOf({
    reason,
    topic,
    proof: proof?.facts,
    statement,
    billLabel: ({ billingMonth, service }) =>
      s.unpaidBalance.bill(s.monthOf(billingMonth), s.service[service]),
    log: await handoffs.logOf(key),
    expiresAtMs: fromMs + packetLifeMs,
  });
  const { channelId } = turn.binding;
  return { conversationKey: key, channelId, language: locale, reason, topic, packet };
}

/**
 * Bot Framework's `handoff.initiate`, for hubs that read it. It is handed to the provider and never sent: a channel
 * would show it to the customer, transcript included.
 */
export function initiationOf(context: TurnContext, { reason, topic, packet }: HandoffRequest): JsonValue {
  const { transcript } = packet;
  const from = { customer: 'user', bot: 'bot', agent: 'bot' } as const;
  const activities = transcript.map((line) => ({
    type: 'message',
    text: line.text,
    timestamp: new Date(line.atMs).toISOString(),
    from: { role: from[line.from] },
  }));
  const event = EventFactory.createHandoffInitiation(context, { reason, topic });
  // The SDK takes the server's own zone, and a transcript type that wants whole activities.
  const plain: Record<string, JsonValue> = JSON.parse(JSON.stringify(event));
  return {
    ...plain,
    localTimezone: 'Asia/Seoul',
    attachments: [{ content: { activities }, contentType: 'application/json', name: 'Transcript' }],
  };
}

/** Writes down that personal data went to whoever takes it up. */
export function noteHandedOver(turn: DialogTurn, handoff: string, { reason, packet }: HandoffRequest): void {
  const { level, lineId = null } = packet.verification;
  const withBalance = packet.balance !== undefined;
  audit(turn.tx, turn.binding, {
    kind: 'handedOver',
    handoff,
    reason,
    line: lineId,
    acr: level,
    withBalance,
  });
}

/** The conversation's key in the store. */
export function keyOf({ binding }: DialogTurn): string {
  return conversationKey(binding.channelId, binding.conversationId);
}

/** What is owed; without it the handoff goes on all the same. */
async function statementFor(
  billing: FactSources['billing'],
  proof: Proof,
): Promise<BillingStatement | undefined> {
  try {
    return await billing.unpaidBills(proof);
  } catch (error) {
    if (error instanceof BillingUnavailableError || error instanceof StepUpRequired) return undefined;
    throw error;
  }
}
