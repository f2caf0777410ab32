import { violations } from './axe';
import { DemoPage } from './demoPage';

let demo: DemoPage;
beforeAll(async () => {
  demo = await DemoPage.open();
}, 120_000);
afterAll(() => demo.close());

const dayMs = 86_400_000;
/** As the page writes a day, so many days after today in Seoul. */
const day = (locale: string, later: number) =>
  new Date(Date.now() + later * dayMs).toLocaleDateString(locale, {
    month: 'long',
    day: 'numeric',
    weekday: 'long',
    timeZone: 'Asia/Seoul',
  });

// One server, so its clock goes on from one test to the next.
describe('the demo’s clock beside the handset', () => {
  it('shows today in Seoul, wherever the visitor sits, and moves on by a day', async () => {
    const visitor = await demo.visitor({ timezoneId: 'America/New_York' });
    const { page } = visitor;
    page.setDefaultTimeout(30_000);
    await visitor.open(demo.url);
    const date = page.locator('#demo-date');
    await page.getByText(day('ko-KR', 0)).first().waitFor();
    expect(await date.textContent()).toBe(day('ko-KR', 0));
    expect(await page.locator('#lock-date').textContent()).toBe(day('ko-KR', 0));

    await page.getByRole('button', { name: '하루 앞으로' }).click();

    await page.locator('#demo-date', { hasText: day('ko-KR', 1) }).waitFor();
    expect(await page.locator('#lock-date').textContent()).toBe(day('ko-KR', 1));
    expect(await page.locator('#announcer').textContent()).toBe(
      `시연 날짜가 ${day('ko-KR', 1)}로 바뀌었어요.`,
    );
    expect(await violations(page)).toEqual([]);
    expect(visitor.trouble).toEqual([]);
  }, 120_000);

  it('keeps the chat going, in order, on the day after', async () => {
    const visitor = await demo.visitor();
    const { page } = visitor;
    page.setDefaultTimeout(30_000);
    await visitor.open(demo.url);
    await visitor.say('연체료가 붙나요?');
    await visitor.suggestions.first().waitFor();

    await page.getByRole('button', { name: '하루 앞으로' }).press('Enter');
    await page.locator('#demo-date', { hasText: day('ko-KR', 2) }).waitFor();
    await visitor.say('요금을 안 내면 정지되나요?');
    await visitor.bubbles.getByText('요금을 안 내면 정지되나요?').waitFor();
    await page.waitForFunction(() => {
      const [last] = [...document.querySelectorAll('#chat .webchat__bubble')].slice(-1);
      return last !== undefined && !last.textContent?.includes('요금을 안 내면 정지되나요?');
    });

    const said = await visitor.bubbles.allTextContents();
    const questions = ['연체료가 붙나요?', '요금을 안 내면 정지되나요?'].map((words) =>
      said.findIndex((text) => text.includes(words)),
    );
    expect(questions[0]).toBeGreaterThan(0);
    expect(questions[1]).toBeGreaterThan((questions[0] ?? 0) + 1);
    expect(await page.locator('#connection').getAttribute('data-state')).toBe('online');
    expect(visitor.trouble).toEqual([]);
  }, 120_000);

  it('makes a reminder come without waiting: in the chat, and as a text message where that was chosen', async () => {
    const visitor = await demo.visitor();
    const { page } = visitor;
    page.setDefaultTimeout(30_000);
    await visitor.open(demo.url);
    await visitor.hold('010-0000-1003');
    const next = page.getByRole('button', { name: '하루 앞으로' });
    await visitor.say('내일 아침 8시에 알려 주세요');
    await visitor.bubbles.getByText('오전 8시에 알려 드릴게요').waitFor();

    await next.click();
    await visitor.bubbles.getByText('[요금 알림]').waitFor();

    await visitor.say('내일 아침 8시에 알려 주세요');
    await visitor.bubbles.getByText('오전 8시에 알려 드릴게요').nth(1).waitFor();
    await visitor.say('알림을 문자로 보내 주세요');
    await visitor.field('phone').waitFor();
    await visitor.givePhone('010-0000-1003');
    await visitor.giveCode(await visitor.codeOnHandset());
    await visitor.bubbles.getByText('앞으로 알림은 방금 인증하신 번호로').waitFor();
    await next.click();

    const newest = page.locator('#messages .message').first();
    await page.locator('#messages').getByText('[요금 알림]').waitFor();
    expect(await newest.textContent()).toContain('요금길잡이');
    expect(await visitor.bubbles.getByText('[요금 알림]').count()).toBe(1);
    expect(await violations(page)).toEqual([]);
    expect(visitor.trouble).toEqual([]);
  }, 120_000);

  it('speaks English too, and shows when an earlier message came', async () => {
    const visitor = await demo.visitor();
    const { page } = visitor;
    page.setDefaultTimeout(30_000);
    await visitor.open(demo.url, 'en');
    await visitor.say('How much do I owe?');
    await visitor.field('phone').waitFor();
    await visitor.givePhone('010-0000-1001');
    const time = page.locator('#messages time').first();
    expect(await time.textContent()).toMatch(/^\d{1,2}:\d\d [AP]M$/);

    await page.getByRole('button', { name: 'Next day' }).click();
    await page.locator('#demo-date', { hasText: day('en-US', 5) }).waitFor();
    await page.reload();
    await time.waitFor();

    await page.waitForFunction(() => document.querySelector('#messages time')?.textContent?.includes(', '));
    expect(await time.textContent()).toContain(day('en-US', 4));
    await page.setViewportSize({ width: 320, height: 700 });
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
    ).toBe(true);
  }, 120_000);

  it('says so when the server cannot be asked or will not go further', async () => {
    const visitor = await demo.visitor();
    const { page } = visitor;
    page.setDefaultTimeout(30_000);
    await visitor.open(demo.url);
    const button = page.getByRole('button', { name: '하루 앞으로' });
    await page.route('**/demo/clock', (route) => route.abort());
    await button.click();
    await page.locator('#announcer', { hasText: '날짜를 바꾸지 못했어요' }).waitFor({ state: 'attached' });

    await page.unroute('**/demo/clock');
    await page.route('**/demo/clock', (route) => route.fulfill({ status: 409, json: {} }));
    await button.click();
    await page.locator('#announcer', { hasText: '더 앞으로는 갈 수 없어요' }).waitFor({ state: 'attached' });
  }, 120_000);
});

describe('a server that sends real messages', () => {
  it('shows no button to move its clock', async () => {
    const visitor = await demo.visitor();
    const { page } = visitor;
    await page.route('**/demo/clock', (route) => route.fulfill({ status: 404, json: {} }));
    await visitor.open(demo.url);
    expect(await page.locator('#demo-clock').isHidden()).toBe(true);
  }, 120_000);
});
