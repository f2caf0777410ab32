import type { IncomingMessage } from 'node:http';

const maxTargetLength = 8_192;

/**
 * Whether an address and its host can be handed to the router, which would otherwise resolve `..`, decode
 * `%00` or throw. Only plain paths pass: `/a/b?query`.
 * @returns undefined when it is fine, else the status to answer with
 */
export function refusedTarget(req: IncomingMessage): number | undefined {
  const target = req.url ?? '';
  if (target.length > maxTargetLength) return 414;
  if (hostHeaders(req) > 1) return 400;
  const { host } = req.headers;
  if (host !== undefined && !/^(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/.test(host)) return 400;
  if (!target.startsWith('/')) return 400;
  const path = target.split(/[?#]/, 1)[0] ?? '';
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return 400;
  }
  if (/[\p{Cc}\\]/u.test(decoded)) return 400;
  if (decoded.includes('//')) return 404;
  return decoded.split('/').some((segment) => segment === '.' || segment === '..') ? 404 : undefined;
}

/** Node keeps the first of several; two are an attempt to be understood differently by a proxy. */
function hostHeaders(req: IncomingMessage): number {
  return req.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
}

/** The name in a Host header, without port and brackets; '' when there is none. */
export function hostName(header: string | undefined): string {
  return (header ?? '').replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
}
