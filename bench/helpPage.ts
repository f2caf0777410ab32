import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/** A help page of some length, so that the browser has something to lay out. */
const paragraphs = Array.from(
  { length: 60 },
  (_, at) =>
    `<h2>도움말 ${at + 1}</h2><p>${'요금을 확인하고 내는 길을 여러 가지로 알려 드려요. '.repeat(6)}</p>`,
).join('');

/**
 * Pages of another site than the assistant's, on an origin of its own: `/without`, `/with` the widget, and `/stock`,
 * where a button loads the chat client as its makers publish it.
 */
export class HelpPages {
  private widget = '';

  private constructor(
    private readonly server: Server,
    readonly origin: string,
    stockFile: string,
  ) {
    const stock = gzipSync(readFileSync(stockFile));
    server.on('request', (req, res) => {
      if (req.url === '/webchat.js') {
        res.writeHead(200, { 'Content-Type': 'text/javascript', 'Content-Encoding': 'gzip' });
        res.end(stock);
        return;
      }
      res.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
      res.end(this.pageAt(req.url ?? ''));
    });
  }

  static async open(stockFile: string): Promise<HelpPages> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return new HelpPages(server, `http://localhost:${port}`, stockFile);
  }

  /** @param origin of the assistant that the widget comes from */
  use(origin: string): void {
    this.widget = origin;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private pageAt(path: string): string {
    const script =
      path === '/with'
        ? `<script src="${this.widget}/widget.js" data-lang="ko" defer></script>`
        : path === '/stock'
          ? `<script>${stockScript(this.widget)}</script>`
          : '';
    const launcher = path === '/stock' ? '<button id="launch">채팅</button><div id="chat"></div>' : '';
    return `<!doctype html><html lang="ko"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>도움말</title><link rel="icon" href="data:,"><style>#chat{height:600px}</style>
<body>${launcher}<h1>요금 도움말</h1>${paragraphs}${script}</body></html>`;
  }
}

/** As the makers' own samples do it, at the press of a button. */
function stockScript(assistant: string): string {
  return `addEventListener('DOMContentLoaded', () => {
    document.querySelector('#launch').addEventListener('click', () => {
      const script = document.createElement('script');
      script.src = '/webchat.js';
      script.onload = async () => {
        const response = await fetch('${assistant}/api/token', { method: 'POST' });
        const { token } = await response.json();
        const directLine = WebChat.createDirectLine({ token, domain: '${assistant}/v3/directline' });
        WebChat.renderWebChat({ directLine, locale: 'ko-KR' }, document.querySelector('#chat'));
      };
      document.body.append(script);
    });
  });`;
}
