import type { IncomingMessage } from 'node:http';

/**
 * `__Host-`: browsers take it only from a secure origin (loopback counts), for this host alone and the whole path,
 * so that no neighbour can put one of its own in its place (RFC 6265bis, 4.1.3.2).
 */
export const sessionCookie = '__Host-desk';
/** What a company login has begun; it comes back from another site, where a strict cookie stays at home. */
export const oidcCookie = '__Host-desk-oidc';

const attributes = 'Path=/; Secure; HttpOnly';

export function setSessionCookie(token: string): string {
  return `${sessionCookie}=${token}; ${attributes}; SameSite=Strict`;
}

export const clearSessionCookie = `${sessionCookie}=; ${attributes}; SameSite=Strict; Max-Age=0`;

export function setOidcCookie(sealed: string, maxAgeSeconds: number): string {
  return `${oidcCookie}=${sealed}; ${attributes}; SameSite=Lax; Max-Age=${maxAgeSeconds}`;
}

export const clearOidcCookie = `${oidcCookie}=; ${attributes}; SameSite=Lax; Max-Age=0`;

/** '' when it is not there. */
export function cookieIn(req: IncomingMessage, name: string): string {
  for (const pair of (req.headers.cookie ?? '').split(';')) {
    const [key = '', ...value] = pair.trim().split('=');
    if (key === name) return value.join('=');
  }
  return '';
}
