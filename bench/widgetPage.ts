import type { Browser, Frame, Page } from 'playwright-core';

export interface LoadCost {
  /** Main-thread tasks of the page's load beyond 50 ms each, ms (Total Blocking Time, from start to rest). */
  readonly blockingMs: number;
  /** All tasks of the main thread, ms. */
  readonly busyMs: number;
  /** Cumulative Layout Shift. */
  readonly layoutShift: number;
}

/** Time at rest that ends a load. */
const restMs = 400;
const viewport = { width: 1100, height: 800 };

/** Loads a page in a browser profile of its own, as somebody does who was never there. */
export async function loadCost(browser: Browser, url: string): Promise<LoadCost> {
  const context = await browser.newContext({ viewport, locale: 'ko-KR' });
  try {
    const page = await context.newPage();
    await page.addInitScript(() => {
      const seen = { blockingMs: 0, layoutShift: 0 };
      Reflect.set(window, 'seen', seen);
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) seen.blockingMs += Math.max(0, duration - 50);
      }).observe({ type: 'longtask', buffered: true });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.layoutShift += Number(Reflect.get(entry, 'value'));
      }).observe({ type: 'layout-shift', buffered: true });
    });
    const devtools = await context.newCDPSession(page);
    await devtools.send('Performance.enable');
    await page.goto(url, { waitUntil: 'networkidle' });
    await page.waitForTimeout(restMs);
    const { metrics } = await devtools.send('Performance.getMetrics');
    const busy = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
    const seen: { blockingMs: number; layoutShift: number } = await page.evaluate(() =>
      Reflect.get(window, 'seen'),
    );
    return { ...seen, busyMs: busy * 1_000 };
  } finally {
    await context.close();
  }
}

export interface HelpTimes {
  /** From each key to the questions that it brought, as drawn, ms. */
  readonly suggestionMs: readonly number[];
  /** From the press of "go on in the chat" to a chat that greets and can be typed into, ms. */
  readonly chatMs: number;
}

/** @param slowdown how many times slower than this machine the reader's is */
export async function helpTimes(
  browser: Browser,
  page: { url: string; assistant: string },
  typed: string,
  slowdown: number,
): Promise<HelpTimes> {
  const context = await browser.newContext({ viewport, locale: 'ko-KR' });
  try {
    const reader = await context.newPage();
    await reader.goto(page.url);
    await reader.locator('bill-guide').waitFor({ state: 'attached' });
    const isPanel = (frame: Frame) => frame.url().startsWith(page.assistant);
    const opened = reader.waitForEvent('framenavigated', isPanel);
    await reader.mouse.click(viewport.width - 60, viewport.height - 45);
    const panel = await opened;
    await panel.locator('#questions [role=option]').first().waitFor();
    const slow = await context.newCDPSession(panel);
    await slow.send('Emulation.setCPUThrottlingRate', { rate: slowdown });

    await panel.locator('#ask').focus();
    const suggestionMs: number[] = [];
    for (const key of typed) suggestionMs.push(await suggestionTime(panel, key));

    const startedAtMs = performance.now();
    await panel.locator('#to-chat').click();
    await usableChat(panel);
    return { suggestionMs, chatMs: performance.now() - startedAtMs };
  } finally {
    await context.close();
  }
}

/** @returns from the press of the launcher to a usable chat, ms, on a page with the makers' own bundle */
export async function stockChatTime(browser: Browser, url: string, slowdown: number): Promise<number> {
  const context = await browser.newContext({ viewport, locale: 'ko-KR' });
  try {
    const page = await context.newPage();
    await page.goto(url);
    const slow = await context.newCDPSession(page);
    await slow.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    const startedAtMs = performance.now();
    await page.locator('#launch').click();
    await usableChat(page);
    return performance.now() - startedAtMs;
  } finally {
    await context.close();
  }
}

/** The greeting is drawn and the message box takes words. */
async function usableChat(place: Page | Frame): Promise<void> {
  await place.waitForFunction(
    () => {
      const box = document.querySelector<HTMLInputElement>('[data-id="webchat-sendbox-input"]');
      const greeted = document.querySelector('.webchat__bubble') !== null;
      return greeted && box !== null && !box.disabled && !box.readOnly;
    },
    undefined,
    { timeout: 30_000 },
  );
}

/** One key into the field, to the frame in which its questions are drawn. */
function suggestionTime(panel: Frame, key: string): Promise<number> {
  return panel.evaluate(
    (text) =>
      new Promise<number>((resolve) => {
        const field = document.querySelector<HTMLInputElement>('#ask');
        const list = document.querySelector('#questions');
        if (field === null || list === null) throw new Error('the panel has no search');
        const startedAtMs = performance.now();
        const watcher = new MutationObserver(() => {
          watcher.disconnect();
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - startedAtMs)));
        });
        watcher.observe(list, { childList: true });
        field.value += text;
        field.dispatchEvent(new InputEvent('input', { bubbles: true, data: text }));
      }),
    key,
  );
}
