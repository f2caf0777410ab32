import type * as restify from 'restify';
import type { StaticFiles } from './staticFiles';

/**
 * The demo page at `/` and the files it is made of. Web Chat puts its styles into the page at run time, which
 * is why inline styles are allowed; inline scripts are not.
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
      "style-src 'self' 'unsafe-inline'",
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
      files.send(req, res, name, headers),
    );
  serve('/', 'index.html');
  for (const name of files.names) serve(`/${name}`, name);
}
