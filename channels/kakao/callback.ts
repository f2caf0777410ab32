import { z } from 'zod';
import { DeliveryRefusedError, DeliveryUnavailableError } from '../../services/errors';
import { isLoopbackHost } from '../../services/loopback';

/** A callback address is good for a minute (docs: "AI 챗봇 콜백 개발 가이드"); the rest is for the way there. */
export const callbackLifeMs = 55_000;

/** Kakao's own host, and no other: the address comes with a request. */
const kakaoHosts = new Set(['bot-api.kakao.com']);
const timeoutMs = 5_000;
const callbackResult = z.object({ status: z.string() });

/**
 * Whether a late answer may be posted there: Kakao's callback host by https, without port, user name or fragment.
 * @param allowLoopback a stand-in on this machine counts too
 */
export function isCallbackUrl(text: string, allowLoopback: boolean): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, port, pathname, username, password, hash } = new URL(text);
  if (username + password + hash !== '') return false;
  if (allowLoopback && protocol === 'http:' && isLoopbackHost(hostname)) return true;
  return (
    protocol === 'https:' &&
    port === '' &&
    kakaoHosts.has(hostname) &&
    /^\/v\d\/bots\/[^/]+\/callback\//.test(pathname)
  );
}

/**
 * Posts a skill response to a callback address. It takes one answer: a repeat after a lost one is refused there.
 * @throws DeliveryRefusedError when Kakao will not take it any more, DeliveryUnavailableError when it cannot now
 */
export async function postCallback(url: string, response: object): Promise<void> {
  let answer: Response;
  try {
    answer = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(response),
      // It would lead past the check of the address.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch {
    // Its message would name the address, and who knows that can answer in our place.
    throw new DeliveryUnavailableError('the callback address does not answer');
  }
  if (answer.status === 429 || answer.status >= 500)
    throw new DeliveryUnavailableError('the callback address cannot take the answer now');
  const result = callbackResult.safeParse(await answer.json().catch(() => undefined));
  if (!answer.ok || (result.success && result.data.status !== 'SUCCESS'))
    throw new DeliveryRefusedError('the callback was refused');
}
