import type { BrowserContextOptions } from 'playwright-core';
import { DemoPage } from './demoPage';
import { type HelpReader, HelpSite } from './helpPage';

/** The real server, and a help site of somebody else that shows its widget. */
export class WidgetRoom {
  private constructor(
    readonly demo: DemoPage,
    private readonly site: HelpSite,
  ) {}

  /** @param settings of the server, besides the site that may show the widget */
  static async open(settings: Readonly<Record<string, string>> = {}): Promise<WidgetRoom> {
    const site = await HelpSite.open();
    const demo = await DemoPage.open({ ...settings, WIDGET_ORIGINS: site.origin });
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
