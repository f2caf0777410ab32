import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { DemoPage } from './demoPage';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

let demo: DemoPage;
beforeAll(async () => {
  demo = await DemoPage.open();
}, 60_000);
afterAll(() => demo.close());

/** What screen readers are told of the time for a code. */
function told(page: Page): Promise<string | null> {
  return page.locator('[data-announces="code-time"]').textContent();
}

describe('giving a code', () => {
  it('is one field that fills itself in, takes a paste with gaps, and says until when', async () => {
    const visitor = await demo.visitor();
    await visitor.open(demo.url);
    await visitor.hold('010-0000-1002');
    await visitor.say('미납요금 얼마예요?');
    await visitor.field('phone').waitFor();
    await visitor.givePhone('010-0000-1002');

    const field = visitor.field('code');
    expect(await visitor.page.locator('#chat [id="code"] input').count()).toBe(1);
    expect(await field.getAttribute('autocomplete')).toBe('one-time-code');
    expect(await field.getAttribute('inputmode')).toBe('numeric');
    expect(await visitor.newestCard.textContent()).toMatch(
      /오(전|후) \d{1,2}시( \d{1,2}분)?까지 쓸 수 있어요/,
    );

    const code = await visitor.codeOnHandset();
    await visitor.giveCode(` ${code.slice(0, 3)} - ${code.slice(3)} `);
    await visitor.bubbles.getByText('010-****-1002').first().waitFor();
    expect(visitor.trouble).toEqual([]);
  });

  it('tells politely when a minute and when 20 seconds are left, and when it is over', async () => {
    const visitor = await demo.visitor();
    const { page } = visitor;
    await page.clock.install();
    await visitor.open(demo.url);
    await visitor.hold('010-0000-1003');
    await visitor.say('미납요금 얼마예요?');
    await visitor.field('phone').waitFor();
    await visitor.givePhone('010-0000-1003');
    await visitor.codeOnHandset();
    const region = page.locator('[data-announces="code-time"]');
    expect(await region.getAttribute('aria-live')).toBe('polite');
    expect(await told(page)).toBe('');

    await page.clock.fastForward(115_000);
    expect(await told(page)).toBe('');
    await page.clock.fastForward(15_000);
    await region.getByText('1분 남았어요').waitFor();
    await page.clock.fastForward(35_000);
    await region.getByText('20초 남았어요').waitFor();
    await page.clock.fastForward(30_000);
    await region.getByText('시간이 지났어요').waitFor();

    await visitor.say('다시 받기');
    await region.getByText('시간이 지났어요').waitFor({ state: 'detached' });
    expect(await told(page)).toBe('');
  });

  it('leaves a new code and a person within reach of the keyboard', async () => {
    const visitor = await demo.visitor();
    const { page } = visitor;
    await visitor.open(demo.url);
    await visitor.say('미납요금 얼마예요?');
    await visitor.field('phone').waitFor();
    await visitor.givePhone('010-0000-1006');
    await visitor.suggestions.first().waitFor();

    await visitor.field('code').focus();
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
    const reached: string[] = [];
    const press = async (key: string) => {
      await page.keyboard.press(key);
      reached.push(await focused());
    };
    await press('Tab');
    // Web Chat keeps the focus within one message until Escape; the buttons below are one toolbar.
    await press('Escape');
    for (let step = 0; step < 6 && !reached.includes('다시 받기'); step += 1) await press('Tab');
    for (let step = 0; step < 3; step += 1) await press('ArrowRight');
    for (const words of ['확인', '다시 받기', '상담원과 이야기']) expect(reached).toContain(words);
  });
});

describe('proving to an identity agency who one is', () => {
  it('leads from the chat to the played app and back, and the chat goes on by itself', async () => {
    const visitor = await demo.visitor();
    await visitor.open(demo.url);
    await visitor.hold('010-0000-1001');
    await visitor.showBalance('미납요금 얼마예요?', '010-0000-1001', '77,300원');
    await visitor.say('내역 자세히 보기');
    await visitor.newestCard.getByText('명의자 본인만').waitFor();

    const opened = visitor.page.context().waitForEvent('page');
    await visitor.newestCard.getByRole('button', { name: '본인 인증하기' }).click();
    const agency = await opened;
    await agency.getByRole('heading', { name: '본인 인증', exact: true }).waitFor();
    expect(await violations(agency)).toEqual([]);
    const link = agency.url();
    await agency.getByRole('button', { name: '인증 시작하기' }).click();
    await agency.getByRole('heading', { name: '데모 인증: 실제 PASS가 아니에요' }).waitFor();
    expect(await violations(agency)).toEqual([]);
    await agency.getByRole('button', { name: '번호의 명의자가 인증하기' }).click();
    await agency.getByRole('heading', { name: '채팅으로 돌아가세요' }).waitFor();
    expect(await violations(agency)).toEqual([]);

    // Nothing is pressed in the chat: the newest card is now the one that was asked for.
    await visitor.newestCard.getByText('요금 내역').first().waitFor();
    await agency.goto(link);
    await agency.getByRole('heading', { name: '이 링크는 더 쓸 수 없어요' }).waitFor();
    expect(await violations(agency)).toEqual([]);
    expect(visitor.trouble).toEqual([]);
  });
});

async function violations(page: Page): Promise<string[]> {
  // The pages' own policy lets no foreign script in; the inspector comes from outside the page.
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const run: unknown = Reflect.get(Reflect.get(window, 'axe'), 'run');
    if (typeof run !== 'function') throw new Error('axe is not there');
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const found: { violations: { id: string; nodes: { html: string }[] }[] } = await run(document, {
      runOnly: { type: 'tag', values: tags },
    });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}
