import type { Page, WebSocketRoute } from 'playwright-core';
import { replyActivity } from '../../cards/render/activity';
import { everyReply } from '../cards/everyReply';
import { violations } from './axe';
import { DemoPage } from './demoPage';

let demo: DemoPage;
beforeAll(async () => {
  demo = await DemoPage.open();
}, 60_000);
afterAll(() => demo.close());

/** Stands between page and server on the socket: what the server says can be held back, and more be said. */
async function between(page: Page) {
  const held: (string | Buffer)[] = [];
  const gate = { holding: false };
  let browser: WebSocketRoute | undefined;
  await page.routeWebSocket(/\/stream\?/, (socket) => {
    browser = socket;
    const server = socket.connectToServer();
    server.onMessage((frame) => {
      // The customer's own message comes back at once, as on a slow day.
      if (gate.holding && String(frame).includes('"role":"bot"')) held.push(frame);
      else socket.send(frame);
    });
  });
  return {
    hold: () => {
      gate.holding = true;
    },
    release: () => {
      gate.holding = false;
      for (const frame of held.splice(0)) browser?.send(frame);
    },
    say: (activities: readonly object[]) => browser?.send(JSON.stringify({ activities })),
  };
}

/** Replies as the server sends them. */
function asSent(replies: readonly [string, Parameters<typeof replyActivity>[0]][]): object[] {
  const startMs = Date.now();
  return replies.map(([name, reply], at) => ({
    ...replyActivity(reply, 'directline'),
    id: name,
    timestamp: new Date(startMs + at).toISOString(),
    channelId: 'directline',
    from: { id: 'bill-guide', role: 'bot' },
  }));
}

const replies = everyReply();
/** One of each kind of card, and every reply that is not one of many of its kind. */
const kinds = replies.filter(([name]) => !/^\w+ (app|web|phone|store|ars)\b/.test(name));

/** What stands outside its place, or is cut off. */
function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) wide.push(`page: ${scrollWidth} > ${clientWidth}`);
    const transcript = document.querySelector('.webchat__basic-transcript__scrollable');
    if (transcript !== null && transcript.scrollWidth > transcript.clientWidth)
      wide.push(`transcript: ${transcript.scrollWidth} > ${transcript.clientWidth}`);
    for (const element of document.querySelectorAll(
      '#chat .webchat__bubble, #chat .ac-pushButton, #chat .ac-textBlock',
    )) {
      const { left, right, width } = element.getBoundingClientRect();
      if (width > 0 && (left < -1 || right > clientWidth + 1))
        wide.push(element.textContent?.slice(0, 60) ?? '');
    }
    return wide;
  });
}

/** Buttons and fields of the chat that a finger would miss. */
function small(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [
      ...document.querySelectorAll<HTMLElement>(
        '#chat .webchat__bubble :is(button, input, a), #chat form button',
      ),
    ].flatMap((target) => {
      const { width, height } = target.getBoundingClientRect();
      const shown = width > 0 && height > 0;
      return shown && (width < 24 || height < 24)
        ? [`${target.outerHTML.slice(0, 90)} ${width} × ${height}`]
        : [];
    }),
  );
}

describe('every card in the chat', () => {
  it('covers all kinds of reply, in both languages', () => {
    expect(kinds.length).toBeGreaterThan(60);
  });

  it.each([
    ['320 px', 320, 1, /\((ko|en)\)$/],
    // The same width in CSS pixels: what zoom adds does not depend on the language.
    ['640 px at 200%', 640, 2, /\(en\)$/],
    ['1280 px at 400%', 1280, 4, /\(ko\)$/],
  ])(
    'needs no sideways scrolling on %s and keeps its targets large',
    async (_, width, zoom, languages) => {
      const visitor = await demo.visitor({
        viewport: { width: width / zoom, height: Math.max(256, Math.round(900 / zoom)) },
        deviceScaleFactor: zoom,
      });
      const { page } = visitor;
      const line = await between(page);
      await visitor.open(demo.url);
      const shown = kinds.filter(([name]) => languages.test(name));
      expect(shown.length).toBeGreaterThan(50);
      for (let at = 0; at < shown.length; at += 25) {
        const part = shown.slice(at, at + 25);
        line.say(asSent(part));
        await page.waitForFunction(
          (count) => document.querySelectorAll('#chat .webchat__bubble').length >= count,
          at,
        );
        await page
          .locator('#chat .webchat__bubble')
          .nth(at + part.length)
          .waitFor({ state: 'attached' });
      }

      expect(await sideways(page)).toEqual([]);
      expect(await small(page)).toEqual([]);
      expect(visitor.trouble).toEqual([]);
    },
    60_000,
  );

  it.each(['light', 'dark'] as const)(
    'breaks no WCAG 2.2 AA rule, %s',
    async (colorScheme) => {
      const visitor = await demo.visitor({ colorScheme, viewport: { width: 1280, height: 1_000 } });
      const { page } = visitor;
      const line = await between(page);
      await visitor.open(demo.url);
      const language = colorScheme === 'light' ? '(ko)' : '(en)';
      const shown = kinds.filter(([name]) => name.endsWith(language));
      line.say(asSent(shown));
      await page.locator('#chat .webchat__bubble').nth(shown.length).waitFor({ state: 'attached' });

      expect(await violations(page)).toEqual([]);
    },
    60_000,
  );
});

describe('the chat for those who hear it', () => {
  it('says amounts as words', async () => {
    const visitor = await demo.visitor();
    const { page } = visitor;
    const spoken: string[] = [];
    await page.exposeFunction('heard', (text: string) => spoken.push(text));
    await visitor.open(demo.url);
    await page.evaluate(() => {
      const heard: unknown = Reflect.get(window, 'heard');
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes)
          for (const node of addedNodes) {
            const live = node instanceof Element ? node.closest('[role=log], [aria-live]') : null;
            if (live !== null && typeof heard === 'function') heard(node.textContent ?? '');
          }
      }).observe(document.body, { childList: true, subtree: true });
    });
    await visitor.hold('010-0000-1001');
    await visitor.showBalance('내 미납요금이 얼마예요?', '010-0000-1001', '77,300원');

    await page.waitForLoadState('networkidle');
    expect(spoken.join('\n')).toContain('칠만칠천삼백 원');
    expect(spoken.join('\n')).toContain('요금길잡이의 말:');
    expect(spoken.join('\n')).toContain('누르거나 적는 곳이 있어요');
  });

  it('reads quick replies out from one place, and names the language of what it reads', async () => {
    const visitor = await demo.visitor();
    const { page } = visitor;
    await visitor.open(demo.url, 'en');
    await visitor.suggestions.first().waitFor();
    await visitor.say('고마워요');
    await visitor.bubbles.nth(2).waitFor();

    const label = (await visitor.suggestions.first().textContent()) ?? '';
    const live = page.locator('[role=log], [role=status], [role=alert], [aria-live]').getByText(label);
    expect(await live.count()).toBe(1);
    const said = await page
      .locator('.webchat__live-region-activity > div')
      .evaluateAll((parts) => parts.map((part) => [part.textContent, part.getAttribute('lang')]));
    expect(said).toContainEqual(['고마워요', 'ko']);
    expect(said).toContainEqual(['Bill Guide said:', 'en']);
  });

  it('reads each message in the language that it is written in, when the page changes in the middle', async () => {
    const visitor = await demo.visitor();
    const { page } = visitor;
    await visitor.open(demo.url);
    await visitor.say('고마워요');
    await visitor.bubbles.getByText('도움이 됐다니').waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByPlaceholder('Type your message').waitFor();
    await visitor.say('thank you');
    await visitor.bubbles.nth(4).waitFor();

    const languages = await visitor.bubbles.evaluateAll((bubbles) =>
      bubbles.map((bubble) => {
        const hangul = /\p{Script=Hangul}/u.test(bubble.textContent ?? '');
        return [hangul ? 'ko' : 'en', bubble.closest('[lang]')?.getAttribute('lang')?.slice(0, 2)];
      }),
    );
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(new Set(languages.map(([written]) => written))).toEqual(new Set(['ko', 'en']));
    for (const [written, marked] of languages) expect(marked).toBe(written);
  });
});

describe('a slow answer', () => {
  it('shows that it is being made, and the sign goes when it is there', async () => {
    const visitor = await demo.visitor();
    const { page } = visitor;
    const line = await between(page);
    await visitor.open(demo.url);
    const sign = page.locator('.webchat__typing-indicator');

    line.hold();
    await visitor.say('고마워요');
    await sign.waitFor();
    line.release();

    await visitor.bubbles.getByText('도움이 됐다니').waitFor();
    // By itself it would go after 5 s.
    await sign.waitFor({ state: 'detached', timeout: 2_500 });
    expect(visitor.trouble).toEqual([]);
  });

  it('shows none when the answer comes at once', async () => {
    const visitor = await demo.visitor();
    const { page } = visitor;
    await visitor.open(demo.url);
    await page.evaluate(() => {
      new MutationObserver(() => {
        if (document.querySelector('.webchat__typing-indicator') !== null)
          document.documentElement.dataset.typed = 'yes';
      }).observe(document.body, { childList: true, subtree: true });
    });

    await visitor.say('고마워요');
    await visitor.bubbles.getByText('도움이 됐다니').waitFor();

    expect(await page.locator('html').getAttribute('data-typed')).toBeNull();
  });
});

/** The tag of what the keyboard is in. */
function focusedTag(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.activeElement?.tagName);
}

describe('the keyboard in the chat', () => {
  it('is somewhere after a card was sent, and after a quick reply was chosen', async () => {
    const visitor = await demo.visitor();
    const { page } = visitor;
    await visitor.open(demo.url);
    await visitor.hold('010-0000-1006');
    await visitor.say('미납요금 얼마예요?');
    await visitor.field('phone').waitFor();

    await visitor.field('phone').fill('010-0000-1006');
    await visitor.newestCard.locator('.ac-pushButton').press('Enter');
    expect(await focusedTag(page)).not.toBe('BODY');
    await visitor.field('code').waitFor();
    expect(await focusedTag(page)).not.toBe('BODY');

    await visitor.field('code').fill(await visitor.codeOnHandset());
    await visitor.newestCard.locator('.ac-pushButton').press('Enter');
    await visitor.newestCard.getByText('88,000원').first().waitFor();
    expect(await focusedTag(page)).not.toBe('BODY');

    await visitor.suggestions.first().press('Enter');
    expect(await focusedTag(page)).not.toBe('BODY');
  });
});

describe('Enter in a field of a card', () => {
  it('sends the card, from the number to the balance, and not while a syllable is composed', async () => {
    const visitor = await demo.visitor();
    const { page } = visitor;
    await visitor.open(demo.url);
    await visitor.hold('010-0000-1002');
    await visitor.say('미납요금 얼마예요?');
    await visitor.field('phone').fill('010-0000-1002');
    await visitor.field('phone').evaluate((field) => {
      for (const composing of [{ isComposing: true }, { keyCode: 229 }])
        field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, ...composing }));
    });
    const before = await visitor.bubbles.count();
    await visitor.field('phone').press('Enter');
    await visitor.field('code').waitFor();
    expect(await visitor.bubbles.count()).toBe(before + 1);

    await visitor.field('code').fill(await visitor.codeOnHandset());
    await visitor.field('code').press('Enter');
    await visitor.bubbles.getByText('010-****-1002').first().waitFor();
    expect(await focusedTag(page)).not.toBe('BODY');
    expect(visitor.trouble).toEqual([]);
  });
});

describe('somebody who wants things to stand still', () => {
  it('sees nothing move', async () => {
    const visitor = await demo.visitor({ reducedMotion: 'reduce' });
    const { page } = visitor;
    await visitor.open(demo.url);
    await visitor.say('고마워요');
    await visitor.bubbles.getByText('도움이 됐다니').waitFor();
    await page.getByRole('button', { name: '대화 끝내고 지우기' }).click();

    const moving = await page.evaluate(
      () =>
        document.getAnimations().filter((animation) => {
          const timing = animation.effect?.getComputedTiming();
          return animation.playState === 'running' && Number(timing?.duration ?? 0) > 1;
        }).length,
    );
    expect(moving).toBe(0);
  });
});
