import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

export interface WidgetSizes {
  /** On every page of the site. */
  readonly loader: number;
  /** When the button is pressed: page, script, style and what they share with the chat page. */
  readonly panel: number;
  /** When the chat is opened. */
  readonly chat: number;
  /** The chat client as its makers publish it. */
  readonly stock: number;
}

/** Bytes, gzipped as the server sends them. @param pagesDir the built pages */
export function widgetSizes(pagesDir: string, stockFile: string): WidgetSizes {
  const gzipped = (file: string) => gzipSync(readFileSync(file)).length;
  const assets = path.join(pagesDir, 'assets');
  const panelPage = path.join(pagesDir, 'widget', 'panel.html');
  const first = namesIn(readFileSync(panelPage, 'utf8'), /\/assets\/([\w.-]+)/g);
  const panel = withImports(assets, first);
  const chat = readdirSync(assets).filter((name) => name.startsWith('chatView-'));
  const more = withImports(assets, chat).filter((name) => !panel.includes(name));
  const total = (names: readonly string[]) =>
    names.reduce((sum, name) => sum + gzipped(path.join(assets, name)), 0);
  return {
    loader: gzipped(path.join(pagesDir, 'widget.js')),
    panel: gzipped(panelPage) + total(panel),
    chat: total(more),
    stock: gzipped(stockFile),
  };
}

/** Files with all that they import at once; `import()` does not count. */
export function withImports(folder: string, names: readonly string[]): string[] {
  const found = new Set<string>();
  const queue = [...names];
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    if (found.has(name)) continue;
    found.add(name);
    if (!name.endsWith('.js')) continue;
    const text = readFileSync(path.join(folder, name), 'utf8');
    queue.push(...namesIn(text, /(?:from|import)\s*"\.\/([\w.-]+)"/g));
  }
  return [...found];
}

function namesIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name]) => name ?? '');
}
