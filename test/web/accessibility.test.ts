import type { Page } from 'playwright-core';
import { violations } from './axe';
import { DemoPage } from './demoPage';

let demo: DemoPage;
beforeAll(async () => {
  demo = await DemoPage.open();
}, 60_000);
afterAll(() => demo.close());

/** Whether anything stands outside the width of the window. */
function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}

describe.each(['light', 'dark'] as const)('accessibility, %s', (colorScheme) => {
  const phone = colorScheme === 'light' ? '010-0000-1001' : '010-0000-1003';
  const total = colorScheme === 'light' ? '77,300원' : '31,000원';

  it('breaks no WCAG 2.2 AA rule before the conversation, in the middle and with the balance card', async () => {
    const visitor = await demo.visitor({ colorScheme });
    await visitor.open(demo.url);
    expect(await violations(visitor.page)).toEqual([]);
    await visitor.hold(phone);
    await visitor.say('미납요금 얼마예요?');
    await visitor.field('phone').waitFor();
    expect(await violations(visitor.page)).toEqual([]);
    await visitor.givePhone(phone);
    await visitor.giveCode(await visitor.codeOnHandset());
    await visitor.newestCard.getByText(total, { exact: true }).first().waitFor();
    expect(await violations(visitor.page)).toEqual([]);
  });
});

describe.each([390, 320])('a phone of %i px', (width) => {
  const phone = width === 390 ? '010-0000-1004' : '010-0000-1006';
  const words = width === 390 ? '반영' : '88,000원';

  it('needs no sideways scrolling, counts new messages and opens the handset as a sheet', async () => {
    const visitor = await demo.visitor({ viewport: { width, height: 700 }, hasTouch: true, isMobile: true });
    const { page } = visitor;
    await visitor.open(demo.url);
    expect(await scrollsSideways(page)).toBe(false);
    await page.locator('#sheet-open').click();
    await visitor.hold(phone);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: '휴대폰 닫기' }).click();

    await visitor.say('미납요금 얼마예요?');
    await visitor.field('phone').waitFor();
    await visitor.givePhone(phone);
    await page.getByRole('button', { name: '문자 보기, 새 문자 1개' }).click();
    const dialog = page.getByRole('dialog', { name: '시연용 휴대폰' });
    await dialog.getByText('인증번호 복사').waitFor();
    expect(await scrollsSideways(page)).toBe(false);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('sheet-open');

    await visitor.giveCode(await visitor.codeOnHandset());
    await visitor.newestCard.getByText(words).first().waitFor();
    expect(await scrollsSideways(page)).toBe(false);
    expect(visitor.trouble).toEqual([]);
  });
});

describe('the keyboard', () => {
  it('reaches every control of the page, with a visible focus, and never gets stuck', async () => {
    const visitor = await demo.visitor();
    await visitor.open(demo.url);
    const reached = new Set<string>();
    await visitor.page.locator('body').press('Tab');
    for (let step = 0; step < 40; step += 1) {
      reached.add(
        await visitor.page.evaluate(() => {
          const at = document.activeElement;
          return (
            at?.id || at?.getAttribute('data-language') || at?.getAttribute('data-id') || at?.className || ''
          );
        }),
      );
      await visitor.page.keyboard.press('Tab');
    }

    for (const control of ['ko', 'en', 'restart', 'customer', 'use-number', 'webchat-sendbox-input']) {
      expect(reached).toContain(control);
    }
  });
});
