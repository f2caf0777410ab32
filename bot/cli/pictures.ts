import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { compose } from '../compose';
import { loadConfig, readEnvironment } from '../config';
import { launchBrowser } from './browser';
import { DemoVisitor } from './demoVisitor';
import { type DeskScene, deskPictures } from './deskPictures';
import { ExampleSite } from './exampleSite';

const outDir = path.join('docs', 'img');
const maxBytes = 300 * 1024;
const desktop = { width: 1280, height: 920 };
/** The panel beside as much of somebody's page as tells what it is. */
const besidePanel = { width: 900, height: 740 };
const phone = { width: 390, height: 844 };

/** A Tuesday morning, so that pictures of different days differ only where the product does. */
const startMs = Date.parse('2026-11-24T10:30:00+09:00');

interface Picture {
  readonly name: string;
  readonly language?: 'ko' | 'en';
  readonly options: BrowserContextOptions;
  /** What the customer does before the picture is taken. */
  readonly act?: (visitor: DemoVisitor) => Promise<void>;
  /** Takes the newest card alone instead of the window. */
  readonly cardOnly?: boolean;
  /** Shows the agents' desk instead, with customers of its own. */
  readonly atDesk?: (scene: DeskScene) => Promise<void>;
  /** Shows a help page of another site, with styles that do their worst, instead of ours. */
  readonly onHelpPage?: boolean;
}

const showBalance = (visitor: DemoVisitor) =>
  visitor.showBalance('내 미납요금이 얼마예요?', '010-0000-1001', '77,300원');

const phoneOptions: BrowserContextOptions = { viewport: phone, isMobile: true, hasTouch: true };

/** Presses the button where it is seen: its closed shadow root hides it from selectors. */
async function openPanel(page: Page): Promise<Frame> {
  const { width, height } = page.viewportSize() ?? desktop;
  await page.locator('bill-guide').waitFor({ state: 'attached' });
  const isPanel = (frame: Frame) => frame.url().includes('/widget/panel.html');
  const opened = page.waitForEvent('framenavigated', isPanel);
  await page.mouse.click(width - 60, height - 45);
  const panel = await opened;
  await panel.locator('#questions [role=option]').first().waitFor();
  return panel;
}

const askWidget =
  (typed: string) =>
  async ({ page }: DemoVisitor): Promise<Frame> => {
    const panel = await openPanel(page);
    await panel.locator('#ask').fill(typed);
    await page.waitForLoadState('networkidle');
    return panel;
  };

const answerInWidget = (typed: string) => async (visitor: DemoVisitor) => {
  const panel = await askWidget(typed)(visitor);
  await panel.locator('#questions [role=option]').first().click();
  await panel.locator('#answer-title').waitFor();
};

const pictures: readonly Picture[] = [
  { name: 'balance-desktop', options: { viewport: desktop }, act: showBalance },
  { name: 'balance-desktop-dark', options: { viewport: desktop, colorScheme: 'dark' }, act: showBalance },
  { name: 'balance-phone', options: phoneOptions, act: showBalance },
  {
    name: 'balance-card',
    options: { viewport: desktop, deviceScaleFactor: 2 },
    act: showBalance,
    cardOnly: true,
  },
  {
    name: 'handset-phone',
    options: phoneOptions,
    act: async (visitor) => {
      await visitor.say('내 미납요금이 얼마예요?');
      await visitor.field('phone').waitFor();
      await visitor.givePhone('010-0000-1001');
      await visitor.codeOnHandset();
      await visitor.page.locator('#sheet-open').click();
      await visitor.page.locator('#handset.open').waitFor();
    },
  },
  {
    name: 'widget-button',
    options: { viewport: besidePanel },
    onHelpPage: true,
    act: ({ page }) => page.locator('bill-guide').waitFor({ state: 'attached' }),
  },
  {
    name: 'widget-search',
    options: { viewport: besidePanel },
    onHelpPage: true,
    act: async (visitor) => void (await askWidget('냈는데 왜 미납')(visitor)),
  },
  {
    name: 'widget-answer-phone',
    options: phoneOptions,
    onHelpPage: true,
    act: answerInWidget('연체료 붙나요'),
  },
  {
    name: 'widget-answer-dark',
    options: { viewport: besidePanel, colorScheme: 'dark' },
    onHelpPage: true,
    act: answerInWidget('연체료 붙나요'),
  },
  {
    name: 'widget-search-en',
    language: 'en',
    options: { viewport: besidePanel, locale: 'en-US' },
    onHelpPage: true,
    act: async (visitor) => void (await askWidget('late fee')(visitor)),
  },
  {
    name: 'widget-chat',
    options: { viewport: besidePanel },
    onHelpPage: true,
    act: async (visitor) => {
      const panel = await askWidget('매장에서도 낼 수 있나요')(visitor);
      await panel.locator('#to-chat').click();
      await panel.locator('#chat .webchat__bubble').nth(2).waitFor();
      await panel.locator('.webchat__suggested-action').first().waitFor();
    },
  },
  {
    name: 'erase-phone',
    options: phoneOptions,
    act: async (visitor) => {
      await visitor.say('고마워요');
      await visitor.bubbles.nth(2).waitFor();
      await scrolledToEnd(visitor);
      await visitor.page.locator('#erase').click();
    },
  },
  {
    name: 'faq-desktop-en',
    language: 'en',
    options: { viewport: desktop, locale: 'en-US' },
    act: async (visitor) => {
      await visitor.say('What happens if I pay late?');
      await visitor.bubbles.nth(2).waitFor();
    },
  },
  ...deskPictures,
];

/** Takes the pictures of the README (or those that are named) from the real page, each against a server of its own, so that they never lie. */
async function main(names: readonly string[]): Promise<void> {
  mkdirSync(outDir, { recursive: true });
  const browser = await launchBrowser(readEnvironment());
  try {
    for (const picture of pictures.filter(({ name }) => names.length === 0 || names.includes(name)))
      await take(browser, picture);
  } finally {
    await browser.close();
  }
}

async function take(browser: Browser, picture: Picture): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bill-guide-pictures-'));
  const site = await ExampleSite.open();
  const config = loadConfig({
    PORT: '0',
    WIDGET_ORIGINS: site.origin,
    VAR_DIR: folder,
    STORE_URL: `sqlite:${path.join(folder, 'assistant.db')}`,
    LOG_LEVEL: 'silent',
  });
  const built = {
    pagesDir: path.join('dist', 'web'),
    intentModelFile: path.join('dist', 'intentModel.json'),
  };
  const offsetMs = startMs - Date.now();
  const app = await compose(config, built, { clock: { now: () => Date.now() + offsetMs } });
  try {
    const { url } = await app.listen();
    const context = await browser.newContext({
      locale: 'ko-KR',
      timezoneId: 'Asia/Seoul',
      reducedMotion: 'reduce',
      ...picture.options,
    });
    const page = await context.newPage();
    await page.clock.install({ time: startMs });
    const visitor = new DemoVisitor(page);
    if (picture.atDesk !== undefined) {
      await picture.atDesk({ app, url, page, browser, now: () => Date.now() + offsetMs });
    } else if (picture.onHelpPage) {
      site.use(url);
      await page.goto(`${site.origin}/help.html?lang=${picture.language ?? 'ko'}`);
    } else {
      await visitor.open(url, picture.language);
    }
    await picture.act?.(visitor);
    if (!picture.onHelpPage && picture.atDesk === undefined) await scrolledToEnd(visitor);
    const file = path.join(outDir, `${picture.name}.png`);
    await (picture.cardOnly ? visitor.bubbles.last() : page).screenshot({ path: file });
    await context.close();
    const bytes = statSync(file).size;
    if (bytes > maxBytes) throw new Error(`${file} has ${bytes} bytes; pictures have at most ${maxBytes}.`);
    console.log(`${file} ${Math.round(bytes / 1024)} KB`);
  } finally {
    await app.close();
    await site.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Waits until the transcript, which scrolls softly, stands still at its end. */
async function scrolledToEnd({ page }: DemoVisitor): Promise<void> {
  await page.waitForFunction(() => {
    const transcript = document.querySelector('.webchat__basic-transcript__scrollable');
    return (
      transcript !== null && transcript.scrollHeight - transcript.scrollTop - transcript.clientHeight < 2
    );
  });
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
