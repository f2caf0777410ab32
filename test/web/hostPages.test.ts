import { createServer } from 'node:http';
import { DemoPage } from './demoPage';
import { HelpReader } from './helpPage';

interface OddPage {
  readonly root?: string;
  readonly doctype?: string;
  readonly head?: string;
  readonly script?: string;
  readonly policy?: string;
}

let shown: OddPage = {};
/** Somebody's page that is made otherwise than one would like. */
const server = createServer((req, res) => {
  if (req.url !== '/odd') {
    res.writeHead(404);
    res.end();
    return;
  }
  const { root = '', doctype = '<!doctype html>', head = '', script, policy } = shown;
  const tag = script ?? `<script src="${demo.url}/widget.js" data-lang="ko" defer></script>`;
  res.setHeader('Content-Type', 'text/html; charset=utf-8');
  if (policy !== undefined) res.setHeader('Content-Security-Policy', policy);
  res.end(`${doctype}<html ${root}><head><link rel="icon" href="data:,">${head}${tag}</head>
    <body><h1>도움말</h1><input id="mine" autofocus>${'<p>글</p>'.repeat(80)}`);
});

let demo: DemoPage;
let origin = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://localhost:${typeof address === 'object' ? address?.port : ''}`;
  demo = await DemoPage.open({ WIDGET_ORIGINS: origin });
}, 60_000);
afterAll(async () => {
  await demo.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** @param at another name of the same server is another origin, which was not let in */
async function open(page: OddPage, at = origin): Promise<HelpReader> {
  shown = page;
  const context = await demo.browser.newContext({
    viewport: { width: 1_100, height: 800 },
    // Nothing rises: it is in its place at once.
    reducedMotion: 'reduce',
  });
  const tab = await context.newPage();
  tab.setDefaultTimeout(10_000);
  const reader = new HelpReader(tab, demo.url);
  tab.on('pageerror', (error) => reader.trouble.push(String(error)));
  await tab.goto(`${at}/odd`);
  return reader;
}

/** A hidden frame is not drawn: it has to be asked by a clock and not for each picture. */
const keyboardLeft = (reader: HelpReader) =>
  reader.panel.waitForFunction(() => !document.hasFocus(), undefined, { polling: 50 });

const policy = (url: string) =>
  `default-src 'none'; script-src ${url}; frame-src ${url}; require-trusted-types-for 'script'; trusted-types 'none'`;

describe('pages of all kinds', () => {
  it.each<[string, (url: string) => OddPage]>([
    ['without a doctype', () => ({ doctype: '' })],
    ['written from right to left', () => ({ root: 'dir="rtl" lang="ar"' })],
    ['with another base', () => ({ head: '<base href="https://elsewhere.example/x/">' })],
    ['that turns its body', () => ({ head: '<style>body{transform:rotate(1deg)}</style>' })],
    ['that clips its body', () => ({ head: '<style>body{contain:strict;height:9px;opacity:.1}</style>' })],
    ['with huge letters', () => ({ head: '<style>html{font-size:50px}</style>' })],
    ['with the strictest policy', (url) => ({ policy: policy(url) })],
    [
      'that loads it as a module',
      (url) => ({ script: `<script type="module" src="${url}/widget.js"></script>` }),
    ],
    ['that loads it in the head', (url) => ({ script: `<script src="${url}/widget.js"></script>` })],
    [
      'that loads it later',
      (url) => ({
        script: `<script>
      const script = document.createElement('script');
      script.src = '${url}/widget.js';
      document.head.append(script);
    </script>`,
      }),
    ],
    [
      'that denies storage',
      () => ({
        head: `<script>
      Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('denied'); } });
    </script>`,
      }),
    ],
    [
      'that changes what all objects inherit',
      () => ({
        head: `<script>
      Object.assign(Object.prototype, { get: () => 1, mode: 'open', billGuide: 'close', once: true });
      Object.assign(Array.prototype, { map: null, forEach: null, find: null });
      window.customElements.define = null;
    </script>`,
      }),
    ],
  ])('open the panel in its place, %s', async (_, page) => {
    const reader = await open(page(demo.url));
    await reader.openPanel();
    await reader.questions.first().waitFor();

    const frame = await reader.panel.frameElement();
    expect(await frame.boundingBox()).toEqual({ x: 680, y: 100, width: 400, height: 680 });
    expect(await reader.panel.evaluate(() => document.activeElement?.id)).toBe('ask');
    await reader.panel.getByRole('button', { name: '닫기' }).click();
    expect(await frame.isVisible()).toBe(false);
    expect(await reader.page.evaluate(() => document.activeElement?.tagName)).toBe('BILL-GUIDE');
    expect(reader.trouble).toEqual([]);
  });

  it('keep the panel within a window that the page enlarges', async () => {
    const reader = await open({ head: '<style>html{zoom:2}</style>' });
    await reader.page.mouse.click(900, 700);
    await reader.panelIsThere();
    await reader.field.waitFor();

    const box = await (await reader.panel.frameElement()).boundingBox();
    expect(box).toEqual({ x: 260, y: 40, width: 800, height: 720 });
  });
});

describe('a page that goes on', () => {
  it('keeps the keyboard where the reader has it when the panel comes along to the next page', async () => {
    const reader = await open({});
    await reader.openPanel();
    await reader.page.reload();
    await reader.panelIsThere();
    await reader.questions.first().waitFor();

    expect(await reader.page.evaluate(() => document.activeElement?.id)).toBe('mine');
  });

  it('keeps one button when the element is moved, and when the body is another', async () => {
    const reader = await open({});
    const { page } = reader;
    await reader.openPanel();
    const elements = () => page.locator('bill-guide').count();
    await reader.panelLoadsAgain(() =>
      page.evaluate(() => {
        document.querySelector<HTMLElement>('#mine')?.focus();
        document.body.prepend(document.querySelector('bill-guide') ?? '');
      }),
    );
    await reader.questions.first().waitFor();
    expect([await elements(), page.frames().length]).toEqual([1, 2]);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('mine');

    await reader.panelLoadsAgain(() =>
      page.evaluate(() => {
        const body = document.createElement('body');
        body.textContent = '다음';
        document.documentElement.replaceChild(body, document.body);
        history.pushState({}, '', '/next');
      }),
    );
    await reader.questions.first().waitFor();
    expect([await elements(), page.frames().length]).toEqual([1, 2]);
  });
});

describe('hands that are quick', () => {
  it('open and close the panel twenty times and find it as it was', async () => {
    const reader = await open({});
    await reader.openPanel();
    await reader.panel.waitForFunction(() => document.hasFocus() && document.activeElement?.id === 'ask');
    // As quick as hands can be that press a key where the keyboard is: a key that comes earlier is for the other side.
    for (let times = 0; times < 20; times += 1) {
      await reader.page.keyboard.press('Escape');
      // Two processes: the page has it a moment before the panel has lost it.
      await reader.page.waitForFunction(() => document.activeElement?.tagName === 'BILL-GUIDE');
      await keyboardLeft(reader);
      await reader.page.keyboard.press('Enter');
      await reader.panel.waitForFunction(() => document.hasFocus() && document.activeElement?.id === 'ask');
    }

    await reader.page.keyboard.type('3');
    expect(await reader.field.inputValue()).toBe('3');
    expect(reader.page.frames()).toHaveLength(2);
  }, 60_000);

  it('close the panel while the keyboard is still on the page', async () => {
    const reader = await open({});
    await reader.openPanel();
    await reader.field.waitFor();
    const pressEscape = () =>
      reader.page.evaluate(() => {
        const host = document.querySelector('bill-guide');
        host?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
      });
    await pressEscape();
    await keyboardLeft(reader);
    expect(await (await reader.panel.frameElement()).isVisible()).toBe(false);

    await pressEscape();
    await reader.page.keyboard.press('Enter');
    await reader.field.waitFor();
  });

  it('press keys without waiting for what they do, and are on the page after Escape', async () => {
    const reader = await open({});
    await reader.openPanel();
    for (let times = 0; times < 20; times += 1) {
      await reader.page.keyboard.press('Escape');
      await reader.page.keyboard.press('Enter');
    }
    await reader.page.keyboard.press('Escape');

    await keyboardLeft(reader);
    await reader.page.waitForFunction(() => document.hasFocus());
    expect(await (await reader.panel.frameElement()).isVisible()).toBe(false);
  });

  it('close the panel before it hears that it was opened, and keep the keyboard on the page', async () => {
    const reader = await open({});
    await reader.openPanel();

    const focused = await reader.panel.evaluate((host) => {
      const field = document.querySelector<HTMLElement>('#ask');
      field?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
      field?.blur();
      const data = { billGuide: 'opened' };
      dispatchEvent(new MessageEvent('message', { data, origin: host, source: parent }));
      return document.activeElement?.id;
    }, origin);

    expect(focused).toBe('');
  });

  it('press nothing in the panel by a double click on the button', async () => {
    const reader = await open({});
    await reader.openPanel();
    await reader.questions.first().waitFor();
    await reader.page.keyboard.press('Escape');

    await reader.page.mouse.dblclick(1_040, 755);
    await reader.field.waitFor();

    await reader.page.keyboard.type('3');
    expect(await reader.panel.locator('#panel').getAttribute('data-shown')).toBe('search');
  });
});

describe('who may show the widget, and who may speak to it', () => {
  it('F30: is shown on no page that was not let in, where the button says that it does not open', async () => {
    const { page } = await open({}, origin.replace('localhost', '127.0.0.1'));
    const refused = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'));
    const gone = page.waitForEvent('framedetached');
    await page.locator('bill-guide').waitFor({ state: 'attached' });
    await page.mouse.click(1_040, 755);
    await refused;
    await gone;

    expect(page.frames()).toHaveLength(1);
  });

  it('F30: listens to nobody but its own panel, and the panel to nobody but its page', async () => {
    const reader = await open({});
    await reader.openPanel();
    await reader.page.evaluate((own) => {
      for (let times = 0; times < 5_000; times += 1) window.postMessage({ billGuide: 'close' }, '*');
      const init = { data: { billGuide: 'close' }, origin: own, source: window };
      dispatchEvent(new MessageEvent('message', init));
      const frame = document.createElement('iframe');
      document.body.append(frame);
      frame.contentWindow?.parent.postMessage({ billGuide: 'close' }, '*');
    }, demo.url);
    await reader.field.fill('정지');
    await reader.questions.filter({ hasText: '정지' }).first().waitFor();
    expect(await (await reader.panel.frameElement()).isVisible()).toBe(true);

    await reader.field.blur();
    await reader.panel.evaluate(() => {
      const data = { billGuide: 'opened' };
      dispatchEvent(new MessageEvent('message', { data, origin: 'https://evil.example', source: parent }));
      dispatchEvent(new MessageEvent('message', { data, source: window }));
    });
    expect(await reader.panel.evaluate(() => document.activeElement?.id)).not.toBe('ask');
  });
});

describe('a page in forced colours', () => {
  it('shows where the button and the panel end', async () => {
    const reader = await open({});
    await reader.page.emulateMedia({ forcedColors: 'active' });
    await reader.openPanel();

    const frame = await reader.panel.frameElement();
    const border = await frame.evaluate((node) =>
      node instanceof Element ? getComputedStyle(node).borderTopWidth : '',
    );
    expect(border).toBe('2px');
    const close = reader.panel.getByRole('button', { name: '닫기' });
    expect(await close.evaluate((element) => getComputedStyle(element).borderTopWidth)).toBe('1px');
  });
});
