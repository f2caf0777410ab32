import { z } from 'zod';
import type { DueStatusGateway } from '../billing/dueStatus';
import { BillingUnavailableError, DeliveryUnavailableError, StepUpRequired } from '../errors';
import type { Binding } from '../identity/proof';
import type { StandingGrants } from '../identity/standingGrant';
import type { ReminderMessage } from './schedule';

/** What a reminder that has not left yet says of the billing system; it is looked up again before it leaves late. */
export const claimPayload = z.discriminatedUnion('kind', [
  /** Something is still to be paid by this due date. */
  z.strictObject({ kind: z.literal('due'), dueDate: z.string().max(10), grant: z.string().max(600) }),
  /** A payment has been processed, and something is still to be paid. */
  z.strictObject({ kind: z.literal('rest'), grant: z.string().max(600) }),
  /** The lookup works. */
  z.strictObject({ kind: z.literal('answering') }),
]);
export type Claim = z.infer<typeof claimPayload>;

/** @returns undefined for words that no later moment makes untrue */
export function claimOf(message: ReminderMessage, grant: string | undefined): Claim | undefined {
  if (message.kind === 'serviceBack') return { kind: 'answering' };
  if (grant === undefined) return undefined;
  if ('dueDate' in message) return { kind: 'due', dueDate: message.dueDate, grant };
  return message.kind === 'settled' && !message.nothingLeft ? { kind: 'rest', grant } : undefined;
}

export interface StillHoldsOptions {
  readonly dues: DueStatusGateway;
  readonly grants: Pick<StandingGrants, 'open'>;
}

/**
 * Whether what a reminder says is still so.
 * @param binding of its conversation
 * @param nowMs epoch ms
 * @throws DeliveryUnavailableError when nobody can say: not looked up, not sent
 */
export async function stillHolds(
  { dues, grants }: StillHoldsOptions,
  claim: Claim,
  { channelId, conversationId, userId }: Binding,
  nowMs: number,
): Promise<boolean> {
  if (claim.kind === 'answering') {
    if (await dues.isAnswering()) return true;
    throw new DeliveryUnavailableError('the lookup does not answer again', lookAgainMs);
  }
  const grant = grants.open(claim.grant, { channelId, conversationId, userId }, nowMs);
  if (grant === undefined) return false;
  try {
    const { anythingDue, dueDates } = await dues.dueStatus(grant);
    return claim.kind === 'rest' ? anythingDue : dueDates.includes(claim.dueDate);
  } catch (error) {
    if (error instanceof StepUpRequired) return false;
    if (error instanceof BillingUnavailableError)
      throw new DeliveryUnavailableError('the bill cannot be looked up again', lookAgainMs);
    throw error;
  }
}

const lookAgainMs = 5 * 60_000;
