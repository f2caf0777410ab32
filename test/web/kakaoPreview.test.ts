import { violations } from './axe';
import { DemoPage } from './demoPage';

describe('one answer in three looks', () => {
  let demo: DemoPage;
  beforeAll(async () => {
    demo = await DemoPage.open();
  }, 60_000);
  afterAll(() => demo.close());

  it.each(['ko', 'en'] as const)('shows card, words and KakaoTalk side by side (%s)', async (language) => {
    const { page, trouble } = await demo.visitor();
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(request.url()));
    await page.goto(`${demo.url}/?lang=${language}`);
    await page.locator('#connection[data-state=online]').waitFor();
    const before = loaded.length;
    expect(loaded.some((url) => /kakaoPreview|renderings/.test(url))).toBe(false);

    await page.locator('#preview-open').click();
    const dialog = page.locator('dialog.preview');
    await dialog.locator('.kakao-room').waitFor();
    expect(loaded.slice(before).some((url) => url.includes('/demo/renderings'))).toBe(true);
    const total = language === 'ko' ? '77,300원' : '77,300 won';
    for (const place of ['.kakao-room', '.preview-card', '.preview-text'])
      expect(await dialog.locator(place).first().textContent()).toContain(total);
    expect(await dialog.locator('.preview-look').allTextContents()).not.toContain('undefined');
    expect(await dialog.locator('.kakao-room a[href="tel:114"]').count()).toBe(1);
    expect(await violations(page)).toEqual([]);

    for (const reply of ['check_methods', 'late_fee', 'human_agent', 'welcome']) {
      const answered = page.waitForResponse((response) => response.url().includes(`reply=${reply}`));
      await dialog.locator('select').selectOption(reply);
      await answered;
      await dialog.locator('.kakao-room').waitFor();
    }
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('preview-open');
    expect(trouble).toEqual([]);
    await page.context().close();
  });

  it('fits a small phone', async () => {
    const { page } = await demo.visitor({ viewport: { width: 320, height: 640 } });
    await page.goto(demo.url);
    await page.locator('#sheet-open').click();
    await page.locator('#preview-open').click();
    await page.locator('dialog.preview .kakao-room').waitFor();
    const tooWide = await page.evaluate(() => {
      const dialog = document.querySelector('dialog.preview');
      return dialog === null || dialog.scrollWidth > dialog.clientWidth;
    });
    expect(tooWide).toBe(false);
    await page.context().close();
  });

  it('is there for this machine alone', async () => {
    expect((await fetch(`${demo.url}/demo/renderings?reply=late_fee&lang=en`)).status).toBe(200);
    expect((await fetch(`${demo.url}/demo/renderings?reply=nothing`)).status).toBe(400);
  });
});
