import { readFileSync } from 'node:fs';
import type { Frame, Page } from 'playwright-core';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const wcag22aa = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * Broken WCAG 2.2 AA rules with the elements that break them; empty when all is well.
 * @param only axe's names of the rules to look at; without it, all of the standard
 */
export async function violations(page: Page | Frame, only?: readonly string[]): Promise<string[]> {
  // What still fades in has colours that nobody reads by.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter(({ playState }) => playState === 'running')
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
        .map(({ finished }) => finished.catch(() => undefined)),
    ),
  );
  await page.evaluate(axe);
  return page.evaluate(
    async (runOnly) => {
      const run: unknown = Reflect.get(Reflect.get(window, 'axe'), 'run');
      if (typeof run !== 'function') throw new Error('axe is not there');
      const found: { violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] } =
        await run(document, { runOnly });
      return found.violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
      );
    },
    only === undefined ? { type: 'tag', values: wcag22aa } : { type: 'rule', values: only },
  );
}
