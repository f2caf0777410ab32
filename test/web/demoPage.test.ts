import { DemoPage } from './demoPage';

let demo: DemoPage;
beforeAll(async () => {
  demo = await DemoPage.open();
}, 60_000);
afterAll(() => demo.close());

describe('the demo page', () => {
  it('greets once in Korean, also after the page is loaded again', async () => {
    const visitor = await demo.visitor();
    await visitor.open(demo.url);
    await visitor.page.reload();
    await visitor.bubbles.first().waitFor();

    await visitor.say('고마워요');
    await visitor.bubbles.getByText('도움이 됐다니').waitFor();

    expect(await visitor.bubbles.getByText('안녕하세요, 요금길잡이예요').count()).toBe(1);
    expect(visitor.trouble).toEqual([]);
  });

  it('answers a question from sourced knowledge and offers next questions', async () => {
    const visitor = await demo.visitor();
    const claims: string[] = [];
    visitor.page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => claims.push(...(String(payload).match(/"S\d+"/g) ?? []))),
    );
    await visitor.open(demo.url);

    await visitor.say('연체료가 붙나요?');
    await visitor.bubbles.nth(2).waitFor();

    expect(claims.length).toBeGreaterThan(0);
    expect(await visitor.suggestions.count()).toBeGreaterThan(1);
  });

  it('shows the answer to a new message, wherever the customer was reading before', async () => {
    const visitor = await demo.visitor();
    await visitor.open(demo.url);
    for (const question of ['미납요금 조회는 어떻게 하나요?', '연체료가 붙나요?']) {
      await visitor.say(question);
      await visitor.suggestions.first().waitFor();
    }
    const transcript = visitor.page.locator('.webchat__basic-transcript__scrollable');
    await transcript.hover();
    await visitor.page.mouse.wheel(0, -2_000);
    await visitor.page.waitForFunction(
      () => document.querySelector('.webchat__basic-transcript__scrollable')?.scrollTop === 0,
    );

    await visitor.say('내 미납요금 알려줘');
    await visitor.field('phone').waitFor();

    await visitor.page.waitForFunction(() => {
      const element = document.querySelector('.webchat__basic-transcript__scrollable');
      return element !== null && element.scrollHeight - element.scrollTop - element.clientHeight < 8;
    });
  });

  it('shows a verified customer what they owe, with the code from the handset', async () => {
    const visitor = await demo.visitor();
    await visitor.open(demo.url);

    await visitor.say('내 미납요금이 얼마예요?');
    await visitor.field('phone').waitFor();
    expect(await visitor.field('phone').getAttribute('autocomplete')).toBe('tel');
    await visitor.givePhone('010-0000-1001');
    expect(await visitor.field('code').getAttribute('autocomplete')).toBe('one-time-code');
    expect(await visitor.field('code').getAttribute('inputmode')).toBe('numeric');
    const code = await visitor.codeOnHandset();
    expect(await visitor.page.locator('#announcer').textContent()).toContain(code);
    await visitor.giveCode(code);

    const card = visitor.newestCard;
    for (const text of ['77,300원', '35,000원', '42,300원', '기한 지남', '기한 전']) {
      await card.getByText(text, { exact: true }).waitFor();
    }
    expect(await card.locator('.ac-columnSet .ac-pushButton').count()).toBeGreaterThanOrEqual(3);
    expect(visitor.trouble).toEqual([]);
  });

  it('opens the dialler or a page from the buttons of the balance card', async () => {
    const visitor = await demo.visitor();
    // The browser is not let out: what it would have opened is written down instead.
    await visitor.page.addInitScript(() => {
      window.open = (address) => {
        document.documentElement.dataset.opened = `${document.documentElement.dataset.opened ?? ''} ${address}`;
        return null;
      };
    });
    await visitor.open(demo.url);
    await visitor.hold('010-0000-1003');
    await visitor.showBalance('내 미납요금이 얼마예요?', '010-0000-1003', '31,000원');

    const buttons = await visitor.newestCard.locator('.ac-columnSet .ac-pushButton').all();
    for (const button of buttons) await button.click();

    const opened = (await visitor.page.locator('html').getAttribute('data-opened'))?.trim().split(' ') ?? [];
    expect(opened).toHaveLength(buttons.length);
    expect(opened).toContain('tel:114');
    expect(opened.filter((address) => address.startsWith('https://')).length).toBe(buttons.length - 1);
  });

  it('keeps verification going when the page is loaded again in the middle', async () => {
    const visitor = await demo.visitor();
    await visitor.open(demo.url);
    await visitor.hold('010-0000-1006');
    await visitor.say('미납요금 얼마예요?');
    await visitor.field('phone').waitFor();
    await visitor.givePhone('01000001006');
    const code = await visitor.codeOnHandset();

    await visitor.page.reload();
    await visitor.field('code').waitFor();
    await visitor.giveCode(code);

    await visitor.newestCard.getByText('88,000원', { exact: true }).waitFor();
    expect(visitor.trouble).toEqual([]);
  });

  it('shows neither number nor code of what was typed, once it has been read', async () => {
    const visitor = await demo.visitor();
    await visitor.open(demo.url);
    await visitor.hold('010-0000-1004');
    await visitor.say('미납요금 얼마예요?');
    await visitor.field('phone').waitFor();
    await visitor.say('010-0000-1004');
    await visitor.field('code').waitFor();
    const code = await visitor.codeOnHandset();
    await visitor.say(code);
    await visitor.newestCard.getByText('반영').first().waitFor();

    await visitor.page.reload();
    await visitor.newestCard.getByText('반영').first().waitFor();

    const transcript = (await visitor.page.locator('#chat').textContent()) ?? '';
    expect(transcript).toContain('미납요금 얼마예요?');
    expect(transcript).not.toMatch(/010-?0000-?1004/);
    expect(transcript).not.toContain(code);
  });

  it('works in English from the greeting to the balance', async () => {
    const visitor = await demo.visitor({ locale: 'en-US' });
    await visitor.open(demo.url, 'en');
    expect(await visitor.page.title()).toBe('Bill Guide');
    expect(await visitor.page.locator('html').getAttribute('lang')).toBe('en');
    await visitor.bubbles.getByText('Bill Guide').first().waitFor();
    expect(await visitor.sendBox.getAttribute('placeholder')).toBe('Type your message');

    await visitor.hold('010-0000-1002');
    await visitor.say('how much do I owe?');
    await visitor.field('phone').waitFor();
    await visitor.givePhone('010-0000-1002');
    await visitor.giveCode(await visitor.codeOnHandset());

    await visitor.newestCard.getByText('010-****-1002').first().waitFor();
    expect(visitor.trouble).toEqual([]);
  });

  it('changes the language of page and chat without losing the conversation', async () => {
    const visitor = await demo.visitor();
    await visitor.open(demo.url);

    await visitor.page.getByRole('button', { name: 'English' }).click();

    await visitor.page.getByRole('heading', { level: 1, name: 'Bill Guide' }).waitFor();
    await visitor.page.getByPlaceholder('Type your message').waitFor();
    expect(await visitor.bubbles.getByText('안녕하세요, 요금길잡이예요').count()).toBe(1);
  });

  it('puts the demo number into the message box and leaves the sending to the customer', async () => {
    const visitor = await demo.visitor();
    await visitor.open(demo.url);
    await visitor.hold('010-0000-1005');

    await visitor.page.getByRole('button', { name: '이 번호를 대화창에 넣기' }).click();

    expect(await visitor.sendBox.inputValue()).toBe('010-0000-1005');
    expect(await visitor.bubbles.count()).toBe(1);
  });

  it('begins a new conversation when asked to start over', async () => {
    const visitor = await demo.visitor();
    await visitor.open(demo.url);
    await visitor.say('고마워요');
    await visitor.bubbles.nth(2).waitFor();

    await visitor.page.getByRole('button', { name: '새로 시작' }).click();

    await visitor.bubbles.getByText('고마워요').waitFor({ state: 'detached' });
    await visitor.bubbles.getByText('안녕하세요, 요금길잡이예요').waitFor();
    expect(await visitor.bubbles.count()).toBe(1);
  });

  it('begins anew by itself when the conversation that the tab kept is no longer valid', async () => {
    const visitor = await demo.visitor();
    await visitor.page.addInitScript(() => {
      const gone = { conversationId: '0'.repeat(32), token: 'not.a.token' };
      sessionStorage.setItem('billGuide.conversation', JSON.stringify(gone));
    });

    await visitor.open(demo.url);

    await visitor.bubbles.getByText('안녕하세요, 요금길잡이예요').waitFor();
    expect(await visitor.page.locator('#connection').textContent()).toContain('연결됐어요');
  });

  it('says in words that the connection was lost and is back', async () => {
    const visitor = await demo.visitor();
    await visitor.open(demo.url);

    await demo.restart(() => visitor.page.getByText('연결이 끊겼어요. 다시 잇고 있어요.').waitFor());

    // The client waits 3 to 15 s before it tries again.
    await visitor.page.getByText('다시 연결됐어요').waitFor({ timeout: 40_000 });
    await visitor.say('고마워요');
    await visitor.bubbles.getByText('도움이 됐다니').waitFor();
  }, 60_000);

  it('tells customers without JavaScript what to do', async () => {
    const visitor = await demo.visitor({ javaScriptEnabled: false });
    await visitor.page.goto(demo.url);

    const advice = visitor.page.locator('.no-script');
    await advice.waitFor();
    expect(await advice.textContent()).toContain('자바스크립트를 켜 주세요');
    expect(await advice.locator('a').first().getAttribute('href')).toBe('tel:114');
    expect(await visitor.page.locator('#customer').isVisible()).toBe(false);
  });
});
