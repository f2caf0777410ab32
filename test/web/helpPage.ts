import path from 'node:path';
import type { BrowserContextOptions, Frame, Locator, Page } from 'playwright-core';
import { ExampleSite } from '../../bot/cli/exampleSite';
import type { DemoPage } from './demoPage';

const examples = path.join(__dirname, '..', '..', 'web', 'examples');

/** The example site with readers. */
export class HelpSite extends ExampleSite {
  /** @param name 'localhost' is another site than the server's to the browser, '127.0.0.1' the same site */
  static override async open(name: 'localhost' | '127.0.0.1' = 'localhost'): Promise<HelpSite> {
    const { server, origin } = await ExampleSite.listen(name);
    return new HelpSite(server, origin, examples);
  }

  /** A reader of the help page in a browser of their own. */
  async reader(demo: DemoPage, options: BrowserContextOptions = {}, file = 'help.html'): Promise<HelpReader> {
    const context = await demo.browser.newContext({
      viewport: { width: 1100, height: 800 },
      locale: 'ko-KR',
      timezoneId: 'Asia/Seoul',
      ...options,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const reader = new HelpReader(page, demo.url);
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') reader.trouble.push(message.text());
    });
    page.on('pageerror', (error) => reader.trouble.push(String(error)));
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      const known = [this.origin, demo.url].includes(origin) || ['data:', 'blob:'].includes(protocol);
      // The browser asks for a picture of the site by itself.
      if (!known) reader.trouble.push(request.url());
    });
    await page.goto(`${this.origin}/${file}`);
    return reader;
  }
}

export class HelpReader {
  /** What the browser complained about, and what was asked of anybody else. */
  readonly trouble: string[] = [];

  constructor(
    readonly page: Page,
    private readonly widget: string,
  ) {}

  /** The button in the closed shadow root cannot be reached by selectors: it is pressed where it is seen. */
  async openPanel(): Promise<void> {
    const { width, height } = this.page.viewportSize() ?? { width: 0, height: 0 };
    await this.page.locator('bill-guide').waitFor({ state: 'attached' });
    await this.page.mouse.click(width - 60, height - 45);
    await this.panelIsThere();
    await this.field.waitFor();
  }

  /** Waits for the panel's document, which a closed shadow root hides from selectors but not from the browser. */
  async panelIsThere(): Promise<void> {
    if (!this.page.frames().some(this.isPanel)) await this.page.waitForEvent('framenavigated', this.isPanel);
    await this.panel.waitForLoadState();
  }

  /** The panel loads again while `work` is done; it may be there before the page's own script returns. */
  async panelLoadsAgain(work: () => Promise<void>): Promise<void> {
    const before = this.panel;
    const again = this.page.waitForEvent(
      'framenavigated',
      (frame) => frame !== before && this.isPanel(frame),
    );
    const gone = this.page.waitForEvent('framedetached', (frame) => frame === before);
    await work();
    await Promise.all([again, gone]);
  }

  private readonly isPanel = (frame: Frame): boolean => frame.url().startsWith(`${this.widget}/widget/`);

  /** The one before it may still be on its way out. */
  get panel(): Frame {
    const frame = this.page.frames().findLast(this.isPanel);
    if (frame === undefined) throw new Error('the panel is not open');
    return frame;
  }

  get field(): Locator {
    return this.panel.locator('#ask');
  }

  get questions(): Locator {
    return this.panel.locator('#questions [role=option]');
  }

  get chatBubbles(): Locator {
    return this.panel.locator('#chat .webchat__bubble');
  }
}
