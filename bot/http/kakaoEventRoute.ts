import type * as restify from 'restify';
import { kakaoResponse } from '../../cards/render/kakao';
import { parseSkillRequest } from '../../channels/kakao/skillRequest';
import { localeOf, stringsFor } from '../../strings';
import type { KakaoReminders } from '../kakao/kakaoReminders';
import { sendError, sendJson } from './answers';
import { mayCall } from './kakaoRoute';

export interface KakaoEventRouteOptions {
  readonly reminders: Pick<KakaoReminders, 'waitingFor'>;
  /** See `KakaoRouteOptions`. */
  readonly secret: string | undefined;
}

/**
 * `POST /channels/kakao/event`: the skill of the Event block, which KakaoTalk calls after `KakaoEventClient.tell`. It
 * answers with the reminder that waits for this customer. An address of its own, because what such a request holds
 * besides the customer is not documented. 403 and 400 as at `/channels/kakao/skill`.
 */
export function registerKakaoEvent(
  server: Pick<restify.Server, 'post'>,
  { reminders, secret }: KakaoEventRouteOptions,
): void {
  server.post('/channels/kakao/event', async (req: restify.Request, res: restify.Response) => {
    if (!mayCall(req, secret)) return sendError(res, 403);
    const { userId, locale } = parseSkillRequest(req.body);
    const found = await reminders.waitingFor(userId);
    const language = found?.language ?? localeOf(locale) ?? 'ko';
    const text = found?.text ?? stringsFor(language).reminderDelivery.nothingToTell;
    sendJson(res, 200, kakaoResponse([{ locale: language, layout: 'text', body: [text] }]));
  });
}
