import { kakaoResponse } from '../../cards/render/kakao';
import { isCallbackUrl, postCallback } from '../../channels/kakao/callback';
import type { Clock } from '../../services/clock';
import { AppError, DeliveryRefusedError, DeliveryUnavailableError } from '../../services/errors';
import type { OutboxSink } from '../../services/outbox/outboxWorker';
import { callbackPayload } from './handOver';
import { repliesIn } from './spokenReplies';
import type { UnseenAnswers } from './unseenAnswers';

export interface CallbackSinkOptions {
  readonly unseen: UnseenAnswers;
  readonly clock: Clock;
  /** A stand-in for Kakao on this machine may be called. */
  readonly allowLoopback: boolean;
}

/**
 * The outbox sink 'kakaoCallback': posts the answer that came too late to the callback address of its request. An
 * answer that cannot be delivered within the address's minute is told with the customer's next message instead.
 */
export function createCallbackSink({ unseen, clock, allowLoopback }: CallbackSinkOptions): OutboxSink {
  return async (payload) => {
    const { conversationKey, activityId, url, expiresAtMs } = callbackPayload.parse(payload);
    try {
      if (clock.now() > expiresAtMs) throw new DeliveryRefusedError('the callback address is too old');
      if (!isCallbackUrl(url, allowLoopback)) throw new DeliveryRefusedError('no callback address of Kakao');
      const tail = await unseen.tail(conversationKey);
      const said = tail.map(({ activity }) => activity).filter(({ replyToId }) => replyToId === activityId);
      if (said.length > 0) await postCallback(url, { ...kakaoResponse(repliesIn(said)), useCallback: false });
    } catch (error) {
      const comesAgain = error instanceof DeliveryUnavailableError || !(error instanceof AppError);
      if (!comesAgain) unseen.promise(conversationKey, activityId);
      throw error;
    }
  };
}
