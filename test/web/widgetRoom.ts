import type { BrowserContextOptions } from 'playwright-core';
import { DemoPage } from './demoPage';
import { type HelpReader, HelpSite } from './helpPage';

/** The real server, and a help site of somebody else that shows its widget. */
export class WidgetRoom {
  private constructor(
    readonly demo: DemoPage,
    private readonly site: HelpSite,
  ) {}

  static async open(): Promise<WidgetRoom> {
    const site = await HelpSite.open();
    const demo = await DemoPage.open({ WIDGET_ORIGINS: site.origin });
    site.use(demo.url);
    return new WidgetRoom(demo, site);
  }

  /** Somebody who reads the help site in a browser of their own. */
  reader(options: BrowserContextOptions = {}): Promise<HelpReader> {
    return this.site.reader(this.demo, options);
  }

  async close(): Promise<void> {
    await this.demo.close();
    await this.site.close();
  }
}
