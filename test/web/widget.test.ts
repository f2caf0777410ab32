import type { CDPSession } from 'playwright-core';
import { countDeflections } from '../../services/deflection/deflection';
import { streamsOf } from '../../services/journal/journal';
import { violations } from './axe';
import { DemoPage } from './demoPage';
import { type HelpReader, HelpSite } from './helpPage';

jest.setTimeout(60_000);

/** On another site than the server: the browser keeps nothing for the panel. */
let site: HelpSite;
/** On another origin of the server's own site. */
let sister: HelpSite;
let demo: DemoPage;
beforeAll(async () => {
  site = await HelpSite.open();
  sister = await HelpSite.open('127.0.0.1');
  demo = await DemoPage.open({ WIDGET_ORIGINS: `${site.origin},${sister.origin}` });
  site.use(demo.url);
  sister.use(demo.url);
}, 60_000);
afterAll(async () => {
  await demo.close();
  await site.close();
  await sister.close();
});

async function outcomes() {
  const rows = await Promise.all(
    streamsOf('deflection').map((stream) => demo.store.readJournal(stream, 0, 1_000)),
  );
  return countDeflections(rows.flat()).total;
}

/** Resolves when the counts are as expected: a beacon arrives when it arrives. */
async function outcomesBecome(expected: Partial<Awaited<ReturnType<typeof outcomes>>>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const now = await outcomes();
    if (Object.entries(expected).every(([name, count]) => Reflect.get(now, name) === count)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(await outcomes()).toMatchObject(expected);
}

describe('the widget on a page of somebody else', () => {
  it('shows its button whatever the page does to its elements, and moves nothing there', async () => {
    const reader = await site.reader(demo);
    const withoutWidget = await reader.page.evaluate(() => {
      const lead = document.querySelector('#lead')?.getBoundingClientRect();
      document.querySelector('bill-guide')?.remove();
      const after = document.querySelector('#lead')?.getBoundingClientRect();
      return JSON.stringify(lead) === JSON.stringify(after);
    });
    expect(withoutWidget).toBe(true);
    await reader.page.reload();
    await reader.openPanel();

    const frame = await reader.panel.frameElement();
    const box = await frame.boundingBox();
    expect(box).toMatchObject({ width: 400 });
    expect(box?.height).toBeGreaterThan(600);
    expect(await reader.questions.count()).toBe(5);
    expect(reader.trouble).toEqual([]);
  });

  it('loads nothing but its button before it is pressed', async () => {
    const asked: string[] = [];
    const reader = await site.reader(demo, {}, 'other.html');
    reader.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await reader.page.reload();
    await reader.page.locator('bill-guide').waitFor({ state: 'attached' });
    await reader.page.waitForLoadState('networkidle');

    expect(asked.sort()).toEqual(['/other.html', '/widget.js']);
    await reader.openPanel();
    await reader.questions.first().waitFor();
    expect(asked.filter((path) => path.includes('chatView'))).toEqual([]);
  });

  it('answers what was looked for and counts that it helped, and that somebody came back', async () => {
    const reader = await sister.reader(demo);
    const before = await outcomes();
    await reader.openPanel();
    await reader.field.fill('연체료 붙어');
    await reader.questions.filter({ hasText: '연체료' }).first().click();

    const answer = reader.panel.locator('#answer');
    expect(await answer.locator('#answer-body p').count()).toBeGreaterThan(1);
    await answer.getByRole('button', { name: '해결됐어요' }).click();
    await answer.getByText('다행이에요').waitFor();
    await outcomesBecome({ solved: before.solved + 1, cameBack: before.cameBack });

    await reader.page.reload();
    await reader.panelIsThere();
    await reader.field.fill('연체료');
    await reader.questions.first().click();
    await outcomesBecome({ cameBack: before.cameBack + 1, solved: before.solved + 1 });
    expect(reader.trouble).toEqual([]);
  });

  it('carries the question into the chat, and the chat over to the next page', async () => {
    const reader = await sister.reader(demo);
    await reader.openPanel();
    await reader.field.fill('이사해서 청구지 주소 바꾸고 싶은데 그건 어디서 하나요');
    await reader.panel.getByRole('button', { name: '채팅으로 이어가기' }).click();
    const mine = reader.chatBubbles.filter({ hasText: '이사해서' });
    await mine.waitFor();
    await reader.chatBubbles.nth(2).waitFor();
    expect(await mine.count()).toBe(1);

    await reader.page.goto(`${sister.origin}/other.html`);
    await reader.panelIsThere();
    await reader.chatBubbles.filter({ hasText: '이사해서' }).waitFor();
    expect(await reader.chatBubbles.filter({ hasText: '안녕하세요, 요금길잡이예요' }).count()).toBe(1);
    expect(reader.trouble).toEqual([]);
  });

  it('leads to a person in one press', async () => {
    const reader = await site.reader(demo);
    await reader.openPanel();
    await reader.panel.getByRole('button', { name: '상담원과 이야기' }).click();

    await reader.chatBubbles
      .getByText(/상담|114/)
      .last()
      .waitFor();
    expect(await reader.panel.locator('#talk').isVisible()).toBe(true);
  });

  it('speaks English when the page asks for it', async () => {
    const reader = await site.reader(demo);
    await reader.page.evaluate((src) => {
      document.querySelector('bill-guide')?.remove();
      const script = document.createElement('script');
      script.src = `${src}/widget.js`;
      script.dataset.lang = 'en';
      document.body.append(script);
    }, demo.url);
    await reader.page.locator('bill-guide').waitFor({ state: 'attached' });
    await reader.openPanel();

    await reader.panel.getByText('What would you like to know?').waitFor();
    expect(await reader.panel.locator('html').getAttribute('lang')).toBe('en');
    await reader.field.fill('late f');
    await reader.questions.filter({ hasText: 'late fee' }).first().click();
    await reader.panel.getByRole('button', { name: 'Yes, solved' }).waitFor();
  });
});

describe('typing Korean in the widget', () => {
  /** Composes text as an input method does: the syllable grows in the field before it is committed. */
  async function compose(keyboard: CDPSession, steps: readonly string[]): Promise<void> {
    for (const text of steps)
      await keyboard.send('Input.imeSetComposition', {
        text,
        selectionStart: text.length,
        selectionEnd: text.length,
      });
  }

  it('finds questions while a syllable is composed, and takes Enter once', async () => {
    const reader = await site.reader(demo);
    await reader.openPanel();
    await reader.field.focus();
    const keyboard = await reader.page.context().newCDPSession(reader.page);
    await compose(keyboard, ['ㅇ', '여', '연']);
    await keyboard.send('Input.insertText', { text: '연' });
    await compose(keyboard, ['ㅊ', '체']);
    await keyboard.send('Input.insertText', { text: '체' });
    await compose(keyboard, ['ㄹ', '료']);
    await reader.questions.filter({ hasText: '연체료' }).first().waitFor();

    // Enter ends the composition: the browser marks that key, and it must choose nothing.
    await reader.panel.evaluate(() => {
      const field = document.querySelector('#ask');
      field?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }));
      field?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true }));
    });
    expect(await reader.panel.locator('#answer').isHidden()).toBe(true);
    await keyboard.send('Input.insertText', { text: '료' });
    expect(await reader.field.inputValue()).toBe('연체료');

    await reader.page.keyboard.press('Enter');
    await reader.panel.locator('#answer-title').waitFor();
    await reader.panel.getByRole('button', { name: '다른 질문 보기' }).click();
    expect(await reader.field.inputValue()).toBe('연체료');
  });

  it('leaves no stray syllable when a question is pressed in the middle of one', async () => {
    const reader = await site.reader(demo);
    await reader.openPanel();
    await reader.field.focus();
    const keyboard = await reader.page.context().newCDPSession(reader.page);
    await compose(keyboard, ['ㅇ', '여', '연', '연ㅊ', '연체']);
    await reader.questions.filter({ hasText: '연체' }).first().click();
    await reader.panel.locator('#answer-title').waitFor();

    await reader.panel.getByRole('button', { name: '채팅으로 이어가기' }).click();
    await reader.chatBubbles.nth(2).waitFor();
    const sendBox = reader.panel.locator('[data-id="webchat-sendbox-input"]');
    expect(await sendBox.inputValue()).toBe('');
    expect(await reader.panel.locator('#answer').isHidden()).toBe(true);
  });

  it('sends no number that was typed to the search', async () => {
    const asked: string[] = [];
    const reader = await site.reader(demo);
    reader.page.on('request', (request) => asked.push(decodeURIComponent(request.url())));
    await reader.openPanel();
    await reader.field.fill('010-1234-5678 미납 900101-1234567 있나요');
    await reader.questions.first().waitFor();
    await reader.page.waitForLoadState('networkidle');

    const searches = asked.filter((url) => url.includes('/api/faq?q=') && url.includes('미납'));
    expect(searches.length).toBeGreaterThan(0);
    expect(searches.filter((url) => /1234|900101/.test(url))).toEqual([]);
  });
});

describe('who may report', () => {
  it('reports nothing for a page of another site', async () => {
    const report = { outcome: 'solved', topic: 'late_fee', language: 'ko' };
    const post = (headers: Record<string, string>, body: unknown) =>
      fetch(`${demo.url}/api/deflection`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    const before = await outcomes();

    expect((await post({ 'Sec-Fetch-Site': 'cross-site' }, report)).status).toBe(403);
    expect((await post({}, { ...report, topic: '010-0000-1001' })).status).toBe(400);
    expect((await post({}, { ...report, name: 'somebody' })).status).toBe(400);
    expect((await post({}, null)).status).toBe(400);

    expect(await outcomes()).toEqual(before);
  });
});

describe.each(['light', 'dark'] as const)('everybody can use the widget, %s', (colorScheme) => {
  it('breaks no WCAG 2.2 AA rule in search, answer and chat', async () => {
    const reader = await site.reader(demo, { colorScheme }, 'other.html');
    expect(await violations(reader.page)).toEqual([]);
    await reader.openPanel();
    await reader.questions.first().waitFor();
    expect(await violations(reader.panel)).toEqual([]);
    await reader.field.fill('연체료');
    await reader.questions.first().click();
    expect(await violations(reader.panel)).toEqual([]);
    await reader.panel.getByRole('button', { name: '아직이요' }).click();
    expect(await violations(reader.panel)).toEqual([]);
    await reader.panel.getByRole('button', { name: '채팅으로 이어가기' }).click();
    await reader.chatBubbles.nth(2).waitFor();
    expect(await violations(reader.panel)).toEqual([]);
  });
});

describe('everybody can use the widget', () => {
  it.each([
    [320, 640, 1],
    [390, 844, 1],
    [640, 512, 2],
    [1280, 1024, 4],
  ])(
    '%i × %i at %i00%% needs no sideways scrolling, and every target has 24 px',
    async (width, height, zoom) => {
      const reader = await site.reader(demo, {
        viewport: { width: width / zoom, height: height / zoom },
        deviceScaleFactor: zoom,
      });
      await reader.openPanel();
      await reader.questions.first().waitFor();
      expect(await problems(reader)).toEqual([]);
      await reader.field.fill('정지');
      await reader.questions.first().click();
      expect(await problems(reader)).toEqual([]);
      await reader.panel.getByRole('button', { name: '채팅으로 이어가기' }).click();
      await reader.chatBubbles.nth(2).waitFor();
      await reader.panel.locator('[data-id="webchat-sendbox-input"]:focus').waitFor();
      expect(await problems(reader)).toEqual([]);
      expect(await focusIsInView(reader)).toBe(true);
    },
  );

  it('goes from the button to the verified balance by keyboard alone', async () => {
    const reader = await site.reader(demo);
    const { keyboard } = reader.page;
    await reader.page.locator('h1').click();
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await reader.panelIsThere();
    await reader.questions.first().waitFor();
    await keyboard.type('내 미납요금');
    await reader.questions.filter({ hasText: '내 미납요금이 얼마예요?' }).first().waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');

    await reader.panel.locator('#chat [id="phone"] input').waitFor();
    expect(await focused(reader)).toBe('webchat-sendbox-input');
    await keyboard.type('01000001006');
    await keyboard.press('Enter');
    await reader.panel.locator('#chat [id="code"] input').waitFor();
    await keyboard.type(await codeFor('01000001006'));
    await keyboard.press('Enter');

    await reader.panel.locator('#chat').getByText('88,000원').first().waitFor();
    await keyboard.press('Escape');
    expect(await reader.page.evaluate(() => document.activeElement?.tagName)).toBe('BILL-GUIDE');
  });
});

/** What the keyboard is in. */
function focused(reader: HelpReader): Promise<string | null | undefined> {
  return reader.panel.evaluate(() => document.activeElement?.getAttribute('data-id'));
}

function focusIsInView(reader: HelpReader): Promise<boolean> {
  return reader.panel.evaluate(() => {
    const box = document.activeElement?.getBoundingClientRect();
    return box !== undefined && box.height > 0 && box.top >= 0 && box.bottom <= innerHeight;
  });
}

async function codeFor(phone: string): Promise<string> {
  for (;;) {
    const response = await fetch(`${demo.url}/demo/handset?phone=${phone}`);
    const code = (await response.text()).match(/\b\d{6}\b/)?.[0];
    if (code !== undefined) return code;
  }
}

/** What is too wide for the window or too small to be hit. */
function problems({ panel }: HelpReader): Promise<string[]> {
  return panel.evaluate(() => {
    const found: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`scrolls sideways: ${scrollWidth} > ${clientWidth}`);
    for (const target of document.querySelectorAll<HTMLElement>('button, a, input, [role=option]')) {
      const { width, height } = target.getBoundingClientRect();
      const shown = width > 0 && height > 0;
      if (shown && (width < 24 || height < 24))
        found.push(`${target.id || target.textContent}: ${width} × ${height}`);
    }
    return found;
  });
}
