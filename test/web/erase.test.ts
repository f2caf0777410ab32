import { violations } from './axe';
import { WidgetRoom } from './widgetRoom';

let room: WidgetRoom;
beforeAll(async () => {
  room = await WidgetRoom.open();
}, 60_000);
afterAll(() => room?.close());

/** What the tab knows of its conversation. */
function kept(): { conversationId: string } | null {
  return JSON.parse(sessionStorage.getItem('billGuide.conversation') ?? 'null');
}

describe('ending a conversation for good', () => {
  it('asks first, erases it on the server, says so and offers a new one', async () => {
    const visitor = await room.demo.visitor();
    const { page } = visitor;
    await visitor.open(room.demo.url);
    await visitor.say('고마워요, 파란 우산 잃어버렸어요');
    await visitor.bubbles.nth(2).waitFor();
    const key = `directline/${(await page.evaluate(kept))?.conversationId}`;
    expect(await room.demo.store.lastSeq(key)).toBeGreaterThan(2);

    await page.getByRole('button', { name: '대화 끝내고 지우기' }).click();
    const question = page.getByRole('dialog', { name: '대화를 끝내고 지울까요?' });
    expect(await violations(page)).toEqual([]);
    await question.getByRole('button', { name: '지우기' }).click();

    await page.locator('.erased').getByText('대화를 지웠어요').waitFor();
    expect(await page.locator('#connection').textContent()).toBe('대화를 지웠어요');
    expect(await room.demo.store.getConversation(key)).toBeUndefined();
    expect(await room.demo.store.readLog(key, 0, 10)).toEqual([]);
    expect(await page.evaluate(kept)).toBeNull();
    expect(await visitor.bubbles.count()).toBe(0);
    expect(await violations(page)).toEqual([]);

    // The keyboard stands on the way on.
    await page.keyboard.press('Enter');
    await visitor.bubbles.getByText('안녕하세요, 요금길잡이예요').waitFor();
    expect(await visitor.bubbles.count()).toBe(1);
    await visitor.say('고마워요');
    await visitor.bubbles.getByText('도움이 됐다니').waitFor();
    expect(visitor.trouble).toEqual([]);
  });

  it('changes nothing when the question is answered with no, or with Escape', async () => {
    const visitor = await room.demo.visitor();
    const { page } = visitor;
    await visitor.open(room.demo.url);
    const opener = page.getByRole('button', { name: '대화 끝내고 지우기' });
    const before = await page.evaluate(kept);

    await opener.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('그만두기');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('erase');
    await opener.press('Enter');
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('erase');

    expect(await page.locator('dialog[open]').count()).toBe(0);
    expect(await page.evaluate(kept)).toEqual(before);
    expect(await room.demo.store.getConversation(`directline/${before?.conversationId}`)).toBeDefined();
  });

  it('says that it did not work, and lets the customer try again', async () => {
    const visitor = await room.demo.visitor();
    const { page } = visitor;
    await visitor.open(room.demo.url);
    await page.route('**/erase', (route) => route.fulfill({ status: 503, json: {} }), { times: 1 });
    await page.getByRole('button', { name: '대화 끝내고 지우기' }).click();
    const question = page.getByRole('dialog');

    await question.getByRole('button', { name: '지우기' }).click();
    await question.getByText('지우지 못했어요').waitFor();
    await question.getByRole('button', { name: '지우기' }).click();

    await page.locator('.erased').waitFor();
  });

  it('works in the widget, where Escape closes the question and not the panel', async () => {
    const reader = await room.reader();
    await reader.openPanel();
    await reader.panel.getByRole('button', { name: '채팅으로 이어가기' }).click();
    await reader.chatBubbles.first().waitFor();

    await reader.panel.getByRole('button', { name: '대화 끝내고 지우기' }).click();
    await reader.page.keyboard.press('Escape');
    expect(await (await reader.panel.frameElement()).isVisible()).toBe(true);
    await reader.panel.getByRole('button', { name: '대화 끝내고 지우기' }).click();
    expect(await violations(reader.panel)).toEqual([]);
    await reader.panel.getByRole('button', { name: '지우기', exact: true }).click();

    await reader.panel.locator('.erased').getByText('대화를 지웠어요').waitFor();
    await reader.panel.getByRole('button', { name: '새로 물어보기' }).click();
    await reader.chatBubbles.getByText('안녕하세요, 요금길잡이예요').waitFor();
    expect(reader.trouble).toEqual([]);
  });
});

describe('a person', () => {
  it('can be asked for from the line above the chat, by keyboard alone', async () => {
    const visitor = await room.demo.visitor();
    const { page } = visitor;
    await visitor.open(room.demo.url);
    await page.locator('body').press('Tab');
    for (let step = 0; step < 10; step += 1) {
      if ((await page.evaluate(() => document.activeElement?.id)) === 'person') break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');

    await visitor.bubbles.getByText('상담원과 이야기하고 싶어요').waitFor();
    await visitor.bubbles.nth(2).waitFor();
    expect(await visitor.bubbles.last().textContent()).toMatch(/상담|114/);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-id'))).toBe(
      'webchat-sendbox-input',
    );
  });
});
