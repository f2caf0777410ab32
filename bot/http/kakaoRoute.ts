import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type * as restify from 'restify';
import { parseSkillRequest } from '../../channels/kakao/skillRequest';
import { isLoopbackHost } from '../../services/loopback';
import type { KakaoAdapter } from '../kakao/kakaoAdapter';
import { sendError, sendJson } from './answers';
import { hostName } from './requestTarget';

export interface KakaoRouteOptions {
  readonly adapter: Pick<KakaoAdapter, 'answer'>;
  /** Undefined: only pages and programs of this machine may call. */
  readonly secret: string | undefined;
}

/**
 * `POST /channels/kakao/skill`: KakaoTalk's skill server. The secret stands in the header `X-Kakao-Skill-Secret`, or in
 * `Authorization: Bearer …`. 403 without it, 400 for a payload without user or utterance; otherwise an answer.
 */
export function registerKakao(
  server: Pick<restify.Server, 'post'>,
  { adapter, secret }: KakaoRouteOptions,
): void {
  server.post('/channels/kakao/skill', async (req: restify.Request, res: restify.Response) => {
    if (!mayCall(req, secret)) return sendError(res, 403);
    sendJson(res, 200, await adapter.answer(parseSkillRequest(req.body)));
  });
}

/** Whether this is Kakao's platform, as far as it can be known: it knows the secret. */
export function mayCall(req: IncomingMessage, secret: string | undefined): boolean {
  // Without a secret a web page under a name that was pointed at this machine could speak for anybody.
  if (secret === undefined) return isLoopbackHost(hostName(req.headers.host));
  const { authorization = '' } = req.headers;
  const own = req.headers['x-kakao-skill-secret'];
  const given = typeof own === 'string' ? own : authorization.replace(/^Bearer /i, '');
  // Digests are of one length, so that the time tells nothing, not even the secret's length.
  return timingSafeEqual(digest(given), digest(secret));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
