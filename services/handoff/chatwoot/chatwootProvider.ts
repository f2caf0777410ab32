import { z } from 'zod';
import type { TurnTransaction } from '../../turn/turnTransaction';
import type { HandoffProvider } from '../handoffProvider';

const whose = { handoffId: z.string(), conversationKey: z.string() };

/** Payloads of the outbox entries of kind 'handoff'. What the agent is to know is read where it is delivered. */
export const hubErrand = z.discriminatedUnion('errand', [
  z.object({ errand: z.literal('open'), ...whose, atMs: z.number().int() }),
  z.object({ errand: z.literal('say'), ...whose, text: z.string() }),
  z.object({ errand: z.literal('close'), ...whose, atMs: z.number().int() }),
]);
export type HubErrand = z.output<typeof hubErrand>;

/** Hands over to people in Chatwoot: puts into the outbox what `ChatwootCourier` carries there, in one lane a handoff. */
export const chatwootProvider: HandoffProvider = {
  isOpen: true,
  requested: (tx, { id: handoffId, conversationKey, waitingSinceMs: atMs }) =>
    send(tx, 'open', { errand: 'open', handoffId, conversationKey, atMs }),
  customerSaid: (tx, { id: handoffId, conversationKey }, text, activityId) =>
    send(tx, `say/${activityId}`, { errand: 'say', handoffId, conversationKey, text }),
  ended: (tx, { id: handoffId, conversationKey, endedAtMs: atMs }) =>
    send(tx, 'close', { errand: 'close', handoffId, conversationKey, atMs }),
};

function send(tx: TurnTransaction, place: string, errand: HubErrand): void {
  const lane = `handoff/hub/${errand.handoffId}`;
  tx.enqueue({ key: `${lane}/${place}`, kind: 'handoff', payload: errand, lane });
}
