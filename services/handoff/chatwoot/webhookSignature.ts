import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const longestSkewMs = 5 * 60_000;

export interface SignedRequest {
  /** `X-Chatwoot-Timestamp`: seconds since 1970. */
  readonly timestamp: string | undefined;
  /** `X-Chatwoot-Signature`: `sha256=` and hex. */
  readonly signature: string | undefined;
  /** The body as it came. */
  readonly body: Buffer;
}

/** Whether Chatwoot (4.x) signed this lately: HMAC-SHA256 of `{timestamp}.{body}`. @param nowMs the real time */
export function isSigned(
  { timestamp = '', signature = '', body }: SignedRequest,
  secret: string,
  nowMs: number,
): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  const expected = createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex');
  const matches = sameSecret(signature, `sha256=${expected}`);
  return matches && Math.abs(nowMs - Number(timestamp) * 1_000) <= longestSkewMs;
}

/** Digests are of one length, so that the time tells nothing, not even the secret's length. */
export function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
