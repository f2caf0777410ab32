import type { Clock } from '../services/clock';
import type { Randomness } from '../services/randomness';
import { traceHeaders } from '../services/trace/presentWork';
import { conversationKey, type InboundTurn } from '../services/turn/turnIntake';
import type { AcceptRequest, TurnStore } from '../services/turn/turnStore';
import {
  conversationHead,
  echoOf,
  eraseResidentNumbersIn,
  eraseResidentNumbersInOurs,
  idempotencyKeyOf,
  type SealedTurn,
} from './inboundTurn';
import type { Sealer } from './sealer';
import { eraseSplitResidentNumber } from './splitResidentNumber';

/**
 * What the store is asked to accept: the message without resident registration numbers, sealed, and its masked copy
 * for the log.
 * @returns `plain` is what was sealed
 * @throws StoreUnavailableError
 */
export async function turnRequest(
  inbound: InboundTurn,
  world: {
    readonly store: Pick<TurnStore, 'lastSeq' | 'readLog'>;
    readonly sealer: Sealer;
    readonly clock: Clock;
    readonly randomness: Randomness;
  },
): Promise<{ readonly request: AcceptRequest; readonly plain: string }> {
  const { channelId, conversationId, systemKey } = inbound;
  const key = conversationKey(channelId, conversationId);
  const receivedAtMs = world.clock.now();
  const { activity, erased } =
    systemKey === undefined
      ? await eraseSplitResidentNumber(
          world.store,
          key,
          eraseResidentNumbersIn(inbound.activity),
          receivedAtMs,
        )
      : { activity: eraseResidentNumbersInOurs(inbound.activity), erased: false };
  const activityId = world.randomness.uuid();
  const sealed: SealedTurn = {
    activity,
    residentNumberErased: erased,
    echo: inbound.echo,
    delivery: inbound.delivery,
    clientAddress: inbound.clientAddress,
    knownLine: inbound.knownLine,
    ...traceHeaders(),
    ...(systemKey === undefined ? {} : { system: true }),
  };
  const plain = JSON.stringify(sealed);
  // As JSON the keys of one kind never look like those of another.
  const idempotencyKey =
    systemKey === undefined
      ? (idempotencyKeyOf(activity) ?? `own:${activityId}`)
      : JSON.stringify(['system', systemKey]);
  const request = {
    conversation: conversationHead(key, inbound, receivedAtMs),
    idempotencyKey,
    sealedActivity: world.sealer.seal(plain),
    activityId,
    echo: inbound.echo ? echoOf(channelId, activity, activityId, receivedAtMs) : undefined,
    receivedAtMs,
  };
  return { request, plain };
}
