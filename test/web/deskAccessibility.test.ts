import type { Page } from 'playwright-core';
import { authenticatorCode, type DeskVisitor } from '../../bot/cli/deskVisitor';
import { violations } from './axe';
import { agentPassword, DeskRoom } from './deskRoom';

let room: DeskRoom;
beforeAll(async () => {
  room = await DeskRoom.open();
}, 120_000);
afterAll(() => room?.close());

const patience = 90_000;

function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}

/** Broken rules in light, and of contrast in dark: nothing else depends on the colours. */
async function violationsInBoth(page: Page): Promise<string[]> {
  const light = await violations(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await violations(page, ['color-contrast', 'link-in-text-block']);
  await page.emulateMedia({ colorScheme: 'light' });
  return [...light, ...dark];
}

/** Every question that the desk can put in front of the conversation. */
async function expectSoundDialogs({ page }: DeskVisitor, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await page.getByRole('button', { name, exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    expect(await violationsInBoth(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain(name);
  }
}

/** Colours change at once, so that none is looked at half-way. */
const still = { reducedMotion: 'reduce' } as const;

describe('the desk, light and dark', () => {
  it(
    'breaks no WCAG 2.2 AA rule on the way in',
    async () => {
      const oneTimePassword = await room.account('soyeon', 'supervisor');
      const { page } = await room.visitor(still);
      await page.goto(`${room.demo.url}/desk`);
      await page.locator('#name').waitFor();
      expect(await violationsInBoth(page)).toEqual([]);
      await page.locator('#name').fill('soyeon');
      await page.locator('#password').fill('not the password');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').getByText('맞지 않는 것').waitFor();
      expect(await violationsInBoth(page)).toEqual([]);
      await page.locator('#password').fill(oneTimePassword);
      await page.keyboard.press('Enter');
      await page.locator('.qr').waitFor();
      expect(await violationsInBoth(page)).toEqual([]);
    },
    patience,
  );

  it(
    'breaks none from the empty queue to the closed conversation, on both sides, and fits 200% and 320 px',
    async () => {
      const desk = await room.agent('jiwoo', 'supervisor', still);
      const { page } = desk;
      await page.locator('.talk.nothing').waitFor();
      expect(await violationsInBoth(page)).toEqual([]);
      const customer = await room.verifiedCustomer('010-0000-1001', '77,300');
      await desk.waiting.first().click();
      await page.locator('.preview').waitFor();
      expect(await violationsInBoth(page)).toEqual([]);
      await desk.claimFirst();
      await desk.say('안녕하세요.');
      await desk.bubbles.getByText('안녕하세요.', { exact: true }).waitFor();
      await customer.page.locator('.by-agent').getByText('상담원 jiwoo', { exact: true }).waitFor();
      await customer.page.locator('.by-agent').getByText('안녕하세요.', { exact: true }).waitFor();
      expect(await violationsInBoth(customer.page)).toEqual([]);
      await page.getByRole('button', { name: '준비된 답 찾기' }).click();
      await page.locator('#answers-search').fill('연체료가 붙나요?');
      await page.locator('.answers li').first().waitFor();
      expect(await violationsInBoth(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await expectSoundDialogs(desk, ['넘기기', '봇에게 돌려주기', '상담 마치기', '번호 보기']);
      await page.getByRole('button', { name: '도움말과 설정' }).click();
      await page.getByRole('dialog').waitFor();
      expect(await violationsInBoth(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: '현황' }).click();
      await page.locator('.load table').first().waitFor();
      expect(await violationsInBoth(page)).toEqual([]);
      await page.getByRole('button', { name: '상담', exact: true }).click();

      for (const viewport of [
        { width: 640, height: 430 },
        { width: 320, height: 640 },
      ]) {
        await page.setViewportSize(viewport);
        await page.locator('.talk-head').waitFor();
        expect(await scrollsSideways(page)).toBe(false);
        expect(await violations(page)).toEqual([]);
        await page.getByRole('button', { name: '고객 정보' }).click();
        await page.locator('.info').getByText('넘어온 까닭').waitFor();
        expect(await scrollsSideways(page)).toBe(false);
        expect(await violations(page)).toEqual([]);
        await page.getByRole('button', { name: '목록으로' }).click();
        await desk.mine.first().waitFor();
        expect(await scrollsSideways(page)).toBe(false);
        await desk.mine.first().click();
      }

      await page.setViewportSize({ width: 1280, height: 860 });
      await desk.resolve();
      await page.locator('.over').waitFor();
      expect(await violationsInBoth(page)).toEqual([]);
      expect([...desk.trouble, ...customer.trouble]).toEqual([]);
    },
    patience,
  );
});

describe('the keyboard alone', () => {
  it(
    'signs in, takes a conversation, answers it and closes it',
    async () => {
      const oneTimePassword = await room.account('bora', 'agent');
      const { page } = await room.visitor();
      await page.goto(`${room.demo.url}/desk`);
      await page.locator('#name:focus').waitFor();
      await page.keyboard.type('bora');
      await page.keyboard.press('Tab');
      await page.keyboard.type(oneTimePassword);
      await page.keyboard.press('Enter');
      await page.locator('.qr').waitFor();
      const secret = (await page.locator('.secret code').textContent()) ?? '';
      await page.locator('#code').focus();
      await page.keyboard.type(authenticatorCode(secret, room.now()));
      await page.keyboard.press('Tab');
      await page.keyboard.type(agentPassword);
      await page.keyboard.press('Enter');
      await page.locator('.talk.nothing').waitFor();

      const desk = await room.agent('dahee');
      const customer = await room.waitingCustomer();
      await desk.waiting.first().waitFor();
      const { keyboard } = desk.page;
      await keyboard.press('j');
      await desk.page.locator('.preview').waitFor();
      await keyboard.press('c');
      await desk.page.locator('#reply:focus').waitFor();
      await keyboard.type('안녕하세요, 상담원이에요.');
      await keyboard.press('Enter');
      await customer.bubbles.getByText('상담원이에요.').waitFor();
      // In the field a letter is a letter; outside of it, it acts.
      await keyboard.type('e');
      expect(await desk.reply.inputValue()).toBe('e');
      await keyboard.press('Escape');
      await keyboard.press('e');
      await desk.page.getByRole('dialog', { name: '상담을 마칠까요?' }).waitFor();
      await keyboard.press('Tab');
      await keyboard.press('Tab');
      await keyboard.press('Enter');
      await desk.page.locator('.over').waitFor();
    },
    patience,
  );

  it(
    'acts on no single key once they are switched off',
    async () => {
      const desk = await room.agent('sejin');
      await room.waitingCustomer();
      await desk.waiting.first().waitFor();
      await desk.page.keyboard.press('?');
      await desk.page.getByRole('checkbox', { name: '한 글자 단축키 쓰기' }).uncheck();
      await desk.page.keyboard.press('Escape');
      await desk.page.getByRole('dialog').waitFor({ state: 'detached' });
      await desk.page.keyboard.press('j');
      await desk.page.keyboard.press('?');
      expect(await desk.page.locator('.preview').count()).toBe(0);
      expect(await desk.page.getByRole('dialog').count()).toBe(0);
      await desk.page.reload();
      await desk.waiting.first().waitFor();
      await desk.page.keyboard.press('j');
      expect(await desk.page.locator('.preview').count()).toBe(0);
    },
    patience,
  );
});
