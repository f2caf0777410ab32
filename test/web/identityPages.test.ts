import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../bot/cli/browser';
import { StaticFiles } from '../../bot/http/staticFiles';
import { anAgencyScene } from '../bot/http/agencyScene';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const buildScript = path.join(__dirname, '..', '..', 'scripts', 'buildWeb.mjs');

let browser: Browser;
let folder: string;
let files: StaticFiles;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'bill-guide-identity-'));
  const program = `(await import(process.argv[1])).buildWeb({ outDir: process.argv[2] })`;
  execFileSync(process.execPath, ['--input-type=module', '--eval', program, buildScript, folder]);
  files = await StaticFiles.load(folder);
  browser = await launchBrowser(process.env);
}, 60_000);
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

type Scene = Awaited<ReturnType<typeof anAgencyScene>>;
let scene: Scene;
let page: Page;
const trouble: string[] = [];

async function open(options: { portOne?: boolean; colorScheme?: 'light' | 'dark' } = {}): Promise<void> {
  trouble.length = 0;
  scene = await anAgencyScene({ ...options, files });
  const { colorScheme = 'light' } = options;
  const context = await browser.newContext({ colorScheme, viewport: { width: 320, height: 640 } });
  page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()));
  page.on('pageerror', (error) => trouble.push(String(error)));
  // The browser is not let out.
  await context.route(
    (url) => url.origin !== scene.url,
    (route) => route.abort(),
  );
}
afterEach(async () => {
  await page.context().close();
  await scene.close();
});

/** Broken WCAG rules; also whether anything stands outside the narrow window. */
async function violations(): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const run: unknown = Reflect.get(Reflect.get(window, 'axe'), 'run');
    if (typeof run !== 'function') throw new Error('axe is not there');
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const found: { violations: { id: string; nodes: { html: string }[] }[] } = await run(document, {
      runOnly: { type: 'tag', values: tags },
    });
    const { scrollWidth, clientWidth } = document.documentElement;
    return [
      ...found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
      ...(scrollWidth > clientWidth ? ['scrolls sideways'] : []),
    ];
  });
}

describe.each(['light', 'dark'] as const)('the pages of the identity check, %s', (colorScheme) => {
  it('lead by keyboard from the link through the played app back to the chat', async () => {
    await open({ colorScheme });
    const link = `${scene.url}/identity/start?t=${await scene.ask()}`;
    await page.goto(link);
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '데모 인증: 실제 PASS가 아니에요' }).waitFor();
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '채팅으로 돌아가세요' }).waitFor();
    expect(await violations()).toEqual([]);
    expect(trouble).toEqual([]);

    await page.goto(link);
    await page.getByRole('heading', { name: '이 링크는 더 쓸 수 없어요' }).waitFor();
    expect(await violations()).toEqual([]);
    expect(await scene.said()).toContain('holder');
  });
});

describe('the start page with a real agency', () => {
  it("hands the SDK its published arguments, comes back, and uses the link's one beginning again", async () => {
    await open({ portOne: true });
    const asked: unknown[] = [];
    await page.exposeFunction('noteRequest', (request: unknown) => asked.push(request) && asked.length);
    // Stands for the SDK of cdn.portone.io: the first window is closed, the second one is finished.
    await page.addInitScript(() => {
      const note: unknown = Reflect.get(window, 'noteRequest');
      const requestIdentityVerification = async (request: unknown) => {
        const count: unknown = typeof note === 'function' ? await note(request) : 0;
        return count === 1 ? { code: 'PORTONE_ERROR', message: 'closed' } : { identityVerificationId: 'x' };
      };
      Reflect.set(window, 'PortOne', { requestIdentityVerification });
    });
    await page.goto(`${scene.url}/identity/start?t=${await scene.ask()}`);
    await page.getByRole('button', { name: '인증 시작하기' }).click();
    await page.getByRole('status').getByText('중간에 멈췄어요').waitFor();
    await page.getByRole('button', { name: '인증 시작하기' }).click();
    await page.getByRole('heading', { name: '채팅으로 돌아가세요' }).waitFor();

    expect(asked).toHaveLength(2);
    expect(asked[0]).toEqual({
      storeId: 'store-1',
      channelKey: 'channel-key-1',
      identityVerificationId: expect.stringMatching(/^bill-guide-[0-9a-f]{36}$/),
      redirectUrl: expect.stringContaining(`${scene.url}/identity/return?t=`),
    });
    expect(asked[1]).toEqual(asked[0]);
  });

  it('says so when the SDK cannot be loaded, and can be tried again', async () => {
    await open({ portOne: true });
    await page.goto(`${scene.url}/identity/start?t=${await scene.ask()}`);
    await page.getByRole('button', { name: '인증 시작하기' }).click();
    await page.getByRole('status').getByText('지금은 인증 화면을 열 수 없어요').waitFor();
    expect(
      await page.getByRole('button', { name: '인증 시작하기' }).getAttribute('aria-disabled'),
    ).toBeNull();
  });
});
