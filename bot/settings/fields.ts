import { z } from 'zod';
import { isLoopbackHost } from '../../services/loopback';

/** What several settings are made of. Values are text, as the environment has them. */

export const secret = z
  .string()
  .regex(/^[\x21-\x7e]{8,256}$/, 'must be 8 to 256 visible ASCII characters without spaces.');

/** A number between the two, both included. */
export function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}.`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message);
}

/** Web origins, separated by commas. */
export function origins() {
  return z.string().transform((list, ctx) => {
    const found = list
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
    if (!found.every(isOrigin)) {
      const message =
        'must be origins separated by commas, such as https://www.example.kr,https://help.example.kr.';
      ctx.addIssue({ code: 'custom', message });
      return [];
    }
    return found.map((origin) => new URL(origin).origin);
  });
}

/** An http or https address. */
export function isHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  return ['http:', 'https:'].includes(new URL(text).protocol);
}

/** An address for secrets: they must not travel in the clear, nor a password stand in an address. */
export function isSafeAddress(text: string): boolean {
  if (!isHttpUrl(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username + password !== '') return false;
  return protocol === 'https:' || isLoopbackHost(hostname);
}

/** An http or https address without path, query and user. */
export function isOrigin(text: string): boolean {
  if (!isHttpUrl(text)) return false;
  const { pathname, search, hash, username, password } = new URL(text);
  return pathname === '/' && search + hash + username + password === '';
}
