import type * as restify from 'restify';
import type { StaticFiles } from './staticFiles';

/** SHA-256 of nothing: Web Chat inserts empty style elements and fills them through the CSSOM. */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/** The widget's loader is put into pages of others, which may check its hash (Subresource Integrity needs CORS). */
const forOthers = {
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

function isForOthers(name: string): boolean {
  return /^widget(\.js|\/loader-\w+\.js)$/.test(name);
}

/** The agents' desk: nobody may frame it, nothing that is not ours is loaded, and no other window has a handle on it. */
const deskHeaders = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    'img-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
};

/**
 * The demo page at `/`, the agents' desk at `/desk`, the widget's panel and the files they are made of. No inline script or style runs.
 * @param options.widgetOrigins origins whose pages may show ours in a frame
 * @param options.hasDesk false where another hub's agents take over
 */
export function registerPage(
  server: Pick<restify.Server, 'get'>,
  files: StaticFiles,
  { widgetOrigins, hasDesk }: { readonly widgetOrigins: readonly string[]; readonly hasDesk: boolean },
): void {
  const headers = {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' ${emptyStyle}`,
      "img-src 'self' data: blob:",
      "connect-src 'self'",
      "font-src 'self'",
      "manifest-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      `frame-ancestors ${["'self'", ...widgetOrigins].join(' ')}`,
    ].join('; '),
  };
  const headersOf = (name: string) => {
    if (name.startsWith('desk/')) return deskHeaders;
    return isForOthers(name) ? { ...headers, ...forOthers } : headers;
  };
  const serve = (path: string, name: string) =>
    server.get(path, async (req: restify.Request, res: restify.Response) =>
      files.send(req, res, name, headersOf(name)),
    );
  serve('/', 'index.html');
  if (hasDesk) serve('/desk', 'desk/index.html');
  for (const name of files.names) serve(`/${name}`, name);
}
