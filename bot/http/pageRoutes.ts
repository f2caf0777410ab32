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

/**
 * The demo page at `/`, the widget's panel and the files they are made of. No inline script or style runs.
 * @param embedders origins whose pages may show ours in a frame
 */
export function registerPage(
  server: Pick<restify.Server, 'get'>,
  files: StaticFiles,
  embedders: readonly string[],
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
      `frame-ancestors ${["'self'", ...embedders].join(' ')}`,
    ].join('; '),
  };
  const serve = (path: string, name: string) =>
    server.get(path, async (req: restify.Request, res: restify.Response) =>
      files.send(req, res, name, isForOthers(name) ? { ...headers, ...forOthers } : headers),
    );
  serve('/', 'index.html');
  for (const name of files.names) serve(`/${name}`, name);
}
