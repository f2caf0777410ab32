import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { launchBrowser } from '../../bot/cli/browser';
import { DemoVisitor } from '../../bot/cli/demoVisitor';
import { type App, compose } from '../../bot/compose';
import { loadConfig } from '../../bot/config';
import type { Clock } from '../../services/clock';
import { keepForScan } from '../artifacts';

const root = path.join(__dirname, '..', '..');

/** Prints the folder of the built pages; builds them into the given one when `dist/` is older than the sources. */
const findPages = `
  const [root, folder] = process.argv.slice(1);
  const { isBuilt } = await import(root + '/scripts/setup.mjs');
  const { buildWeb } = await import(root + '/scripts/buildWeb.mjs');
  if (isBuilt()) console.log(root + '/dist/web');
  else { await buildWeb({ outDir: folder }); console.log(folder); }`;

const browsers = new Set<Browser>();

// A page that nobody looks at any more still asks, paints and comes back when its server was away.
afterEach(async () => {
  const contexts = [...browsers].flatMap((browser) => browser.contexts());
  await Promise.all(contexts.map((context) => context.close()));
});

/** The real server with the page built from the sources as they are, and a real browser. */
export class DemoPage {
  private constructor(
    private app: App,
    readonly browser: Browser,
    private readonly folder: string,
    private readonly pagesDir: string,
    readonly url: string,
    private readonly settings: Readonly<Record<string, string>>,
    private readonly clock: Clock | undefined,
  ) {}

  /**
   * @param settings besides those that keep everything in a folder of its own
   * @param clock the server's; pages have the machine's unless they are told
   */
  static async open(settings: Readonly<Record<string, string>> = {}, clock?: Clock): Promise<DemoPage> {
    const folder = mkdtempSync(path.join(tmpdir(), 'bill-guide-page-'));
    const args = ['--input-type=module', '--eval', findPages, root, path.join(folder, 'web')];
    // All tests together have just built them.
    const pagesDir =
      process.env.TEST_PAGES ?? execFileSync(process.execPath, args, { encoding: 'utf8' }).trim();
    const app = await composeIn(folder, pagesDir, 0, settings, clock);
    const { url } = await app.listen();
    const browser = await launchBrowser(process.env);
    browsers.add(browser);
    return new DemoPage(app, browser, folder, pagesDir, url, settings, clock);
  }

  /** A customer in a browser of their own. */
  async visitor(options: BrowserContextOptions = {}): Promise<DemoVisitor & { trouble: string[] }> {
    const context = await this.browser.newContext({
      viewport: { width: 1280, height: 860 },
      locale: 'ko-KR',
      timezoneId: 'Asia/Seoul',
      ...options,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const trouble: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') trouble.push(message.text());
    });
    page.on('pageerror', (error) => trouble.push(String(error)));
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol !== 'data:' && protocol !== 'blob:' && origin !== this.url) trouble.push(request.url());
    });
    return Object.assign(new DemoVisitor(page), { trouble });
  }

  /** What the server has stored. */
  get store(): App['store'] {
    return this.app.store;
  }

  /** The same server, stopped and started again on its address, as in a deployment. */
  async restart(meanwhile: () => Promise<void>): Promise<void> {
    await this.app.close();
    await meanwhile();
    const port = Number(new URL(this.url).port);
    this.app = await composeIn(this.folder, this.pagesDir, port, this.settings, this.clock);
    await this.app.listen();
  }

  async close(): Promise<void> {
    browsers.delete(this.browser);
    await this.browser.close();
    await this.app.close();
    // The built page is no product of a conversation, and it names the demo's customers.
    rmSync(path.join(this.folder, 'web'), { recursive: true, force: true });
    keepForScan(this.folder);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function composeIn(
  folder: string,
  pagesDir: string,
  port: number,
  settings: Readonly<Record<string, string>>,
  clock: Clock | undefined,
): Promise<App> {
  const config = loadConfig({
    PORT: String(port),
    DATA_DIR: path.join(root, 'data'),
    VAR_DIR: path.join(folder, 'var'),
    STORE_URL: `sqlite:${path.join(folder, 'assistant.db')}`,
    LOG_LEVEL: 'silent',
    ...settings,
  });
  const intentModelFile = path.join(root, 'dist', 'intentModel.json');
  return compose(config, { pagesDir, intentModelFile }, clock === undefined ? {} : { clock });
}
