import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { compose } from '../compose';
import { loadConfig, readEnvironment } from '../config';
import { launchBrowser } from './browser';
import { DemoVisitor } from './demoVisitor';

const outDir = path.join('docs', 'img');
const maxBytes = 300 * 1024;
const desktop = { width: 1280, height: 860 };
const phone = { width: 390, height: 844 };

/** A Tuesday morning, so that pictures of different days differ only where the product does. */
const startMs = Date.parse('2026-11-24T10:30:00+09:00');

interface Picture {
  readonly name: string;
  readonly language?: 'ko' | 'en';
  readonly options: BrowserContextOptions;
  /** What the customer does before the picture is taken. */
  readonly act: (visitor: DemoVisitor) => Promise<void>;
  /** Takes the newest card alone instead of the window. */
  readonly cardOnly?: boolean;
}

const showBalance = (visitor: DemoVisitor) =>
  visitor.showBalance('내 미납요금이 얼마예요?', '010-0000-1001', '77,300원');

const pictures: readonly Picture[] = [
  { name: 'balance-desktop', options: { viewport: desktop }, act: showBalance },
  { name: 'balance-desktop-dark', options: { viewport: desktop, colorScheme: 'dark' }, act: showBalance },
  { name: 'balance-phone', options: { viewport: phone, isMobile: true, hasTouch: true }, act: showBalance },
  {
    name: 'balance-card',
    options: { viewport: desktop, deviceScaleFactor: 2 },
    act: showBalance,
    cardOnly: true,
  },
  {
    name: 'handset-phone',
    options: { viewport: phone, isMobile: true, hasTouch: true },
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
    name: 'faq-desktop-en',
    language: 'en',
    options: { viewport: desktop, locale: 'en-US' },
    act: async (visitor) => {
      await visitor.say('What happens if I pay late?');
      await visitor.bubbles.nth(2).waitFor();
    },
  },
];

/** Takes the pictures of the README from the real page, each against a server of its own, so that they never lie. */
async function main(): Promise<void> {
  mkdirSync(outDir, { recursive: true });
  const browser = await launchBrowser(readEnvironment());
  try {
    for (const picture of pictures) await take(browser, picture);
  } finally {
    await browser.close();
  }
}

async function take(browser: Browser, picture: Picture): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bill-guide-pictures-'));
  const config = loadConfig({
    PORT: '0',
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
    await visitor.open(url, picture.language);
    await picture.act(visitor);
    await scrolledToEnd(visitor);
    const file = path.join(outDir, `${picture.name}.png`);
    await (picture.cardOnly ? visitor.bubbles.last() : page).screenshot({ path: file });
    await context.close();
    const bytes = statSync(file).size;
    if (bytes > maxBytes) throw new Error(`${file} has ${bytes} bytes; pictures have at most ${maxBytes}.`);
    console.log(`${file} ${Math.round(bytes / 1024)} KB`);
  } finally {
    await app.close();
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

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
