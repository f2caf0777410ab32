import { WidgetRoom } from './widgetRoom';

let room: WidgetRoom;
beforeAll(async () => {
  room = await WidgetRoom.open();
}, 60_000);
afterAll(() => room?.close());

describe('the widget without a network', () => {
  it('says that it does not open, in place of an error page, and opens when the network is back', async () => {
    const reader = await room.reader();
    const { page } = reader;
    await page.context().setOffline(true);
    await page.mouse.click(1_040, 755);
    // The frame of the error page goes again; the button stays.
    await page.waitForEvent('framedetached');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BILL-GUIDE');

    await page.context().setOffline(false);
    await reader.openPanel();
    await reader.questions.first().waitFor();
  });

  it('says that it cannot search, and searches by itself when the network is back', async () => {
    const reader = await room.reader();
    await reader.openPanel();
    await reader.questions.first().waitFor();
    await reader.page.context().setOffline(true);
    await reader.field.fill('연체료');
    await reader.panel.locator('#note').getByText('지금은 질문을 찾지 못해요').waitFor();

    await reader.page.context().setOffline(false);
    await reader.questions.filter({ hasText: '연체료' }).first().waitFor();
    expect(await reader.panel.locator('#note').isHidden()).toBe(true);
  });

  it('opens on Enter what was typed, not what an earlier text had found', async () => {
    const reader = await room.reader();
    await reader.openPanel();
    await reader.questions.first().waitFor();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await reader.page.route('**/api/faq?*', async (route) => {
      await held;
      await route.continue();
    });
    await reader.field.fill('정지되면');
    await reader.field.press('Enter');
    expect(await reader.panel.locator('#panel').getAttribute('data-shown')).toBe('search');
    release();

    await reader.panel.locator('#answer-title').getByText('정지').waitFor();
  });

  it('begins the chat by itself when the network is back, with the question that was asked', async () => {
    const reader = await room.reader();
    await reader.openPanel();
    await reader.page.context().setOffline(true);
    await reader.field.fill('이사해서 주소를 바꾸고 싶어요');
    await reader.panel.getByRole('button', { name: '채팅으로 이어가기' }).click();
    await reader.panel.locator('#chat').getByText('연결하지 못했어요').waitFor();

    await reader.page.context().setOffline(false);
    await reader.chatBubbles.filter({ hasText: '이사해서' }).waitFor();
    await reader.chatBubbles.nth(2).waitFor();
  });
});

describe('the chat without a network', () => {
  it('says at once that the line is lost', async () => {
    const visitor = await room.demo.visitor();
    await visitor.open(room.demo.url);
    await visitor.page.context().setOffline(true);

    await visitor.page.locator('#connection').getByText('연결이 끊겼어요').waitFor();
  });

  it('erases on the server what the tab kept, also when the chat itself does not come up', async () => {
    const visitor = await room.demo.visitor();
    const { page } = visitor;
    await visitor.open(room.demo.url);
    const kept: { conversationId: string } = JSON.parse(
      (await page.evaluate(() => sessionStorage.getItem('billGuide.conversation'))) ?? '{}',
    );
    const key = `directline/${kept.conversationId}`;
    expect(await room.demo.store.getConversation(key)).toBeDefined();
    await page.route('**/chatView-*', (route) => route.abort());
    await page.reload();
    await page.locator('#connection').getByText('연결하지 못했어요').waitFor();

    await page.getByRole('button', { name: '대화 끝내고 지우기' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '지우기' }).click();
    await page.locator('.erased').waitFor();

    expect(await room.demo.store.getConversation(key)).toBeUndefined();
  });

  it('takes an erased conversation out of a second tab, too', async () => {
    const visitor = await room.demo.visitor();
    const { page } = visitor;
    await visitor.open(room.demo.url);
    const opened = page.context().waitForEvent('page');
    await page.evaluate(() => void window.open(location.href));
    const twin = await opened;
    await twin.locator('#chat .webchat__bubble').first().waitFor();

    await page.getByRole('button', { name: '대화 끝내고 지우기' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '지우기' }).click();

    await twin.locator('.erased').getByText('대화를 지웠어요').waitFor();
    expect(await twin.locator('#chat .webchat__bubble').count()).toBe(0);
  });
});
