import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

const types: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.css': 'text/css' };

/**
 * Somebody else's help site, on an origin of its own: the pages of `web/examples` with the widget of a server, under
 * the strictest policy that `docs/widget.md` names.
 */
export class ExampleSite {
  private widget = '';

  protected constructor(
    private readonly server: Server,
    readonly origin: string,
    folder: string,
  ) {
    server.on('request', (req, res) => {
      const name = path.basename((req.url ?? '').split('?')[0] ?? '');
      const type = types[path.extname(name)];
      if (type === undefined) {
        res.statusCode = 404;
        res.end();
        return;
      }
      res.setHeader('Content-Type', type);
      res.setHeader(
        'Content-Security-Policy',
        `default-src 'none'; style-src 'self'; script-src ${this.widget}; frame-src ${this.widget}`,
      );
      const language = new URLSearchParams((req.url ?? '').split('?')[1]).get('lang') === 'en' ? 'en' : 'ko';
      const text = readFileSync(path.join(folder, name), 'utf8');
      res.end(
        text
          .replaceAll('http://127.0.0.1:3978', this.widget)
          .replace('data-lang="ko"', `data-lang="${language}"`),
      );
    });
  }

  /**
   * @param name 'localhost' is another site than the server's to the browser, '127.0.0.1' the same site
   * @param folder of `web/examples`
   */
  static async open(
    name: 'localhost' | '127.0.0.1' = 'localhost',
    folder = path.join('web', 'examples'),
  ): Promise<ExampleSite> {
    const { server, origin } = await ExampleSite.listen(name);
    return new ExampleSite(server, origin, folder);
  }

  protected static async listen(name: string): Promise<{ server: Server; origin: string }> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return { server, origin: `http://${name}:${port}` };
  }

  /** @param widget origin of the server that the widget comes from */
  use(widget: string): void {
    this.widget = widget;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
