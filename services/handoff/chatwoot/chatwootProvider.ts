import { z } from 'zod';
import type { TurnTransaction } from '../../turn/turnTransaction';
import { handoffEndings } from '../handoff';
import type { HandoffProvider } from '../handoffProvider';
import { type BriefWords, briefOf } from './chatwootBrief';

const common = { handoffId: z.string(), conversationKey: z.string(), atMs: z.number().int() };
const brief = z.object({
  contact: z.string(),
  text: z.string(),
  attributes: z.record(z.string(), z.union([z.string(), z.boolean()])),
});

/** Payloads of the outbox entries of kind 'handoff'. */
export const hubErrand = z.discriminatedUnion('errand', [
  z.object({ errand: z.literal('open'), ...common, callback: z.boolean(), brief }),
  z.object({ errand: z.literal('say'), ...common, text: z.string() }),
  z.object({ errand: z.literal('close'), ...common, ending: z.enum(handoffEndings) }),
]);
export type HubErrand = z.output<typeof hubErrand>;

/** Hands over to people in Chatwoot: puts into the outbox what `ChatwootCourier` carries there, in one lane a handoff. */
export function chatwootProvider(words: (language: 'ko' | 'en') => BriefWords): HandoffProvider {
  const send = (tx: TurnTransaction, place: string, errand: HubErrand) =>
    tx.enqueue({
      key: `handoff/hub/${errand.handoffId}/${place}`,
      kind: 'handoff',
      payload: JSON.parse(JSON.stringify(errand)),
      lane: `handoff/hub/${errand.handoffId}`,
    });
  return {
    isOpen: true,
    requested: (tx, handoff, packet) =>
      send(tx, 'open', {
        errand: 'open',
        handoffId: handoff.id,
        conversationKey: handoff.conversationKey,
        atMs: handoff.waitingSinceMs,
        callback: handoff.callback,
        brief: brief.parse(briefOf(handoff, packet, words(handoff.language))),
      }),
    customerSaid: (tx, { id: handoffId, conversationKey, waitingSinceMs }, text, activityId) =>
      send(tx, `say/${activityId}`, {
        errand: 'say',
        handoffId,
        conversationKey,
        atMs: waitingSinceMs,
        text,
      }),
    ended: (tx, { id: handoffId, conversationKey, endedAtMs, ending }) =>
      send(tx, 'close', { errand: 'close', handoffId, conversationKey, atMs: endedAtMs, ending }),
  };
}
