import type { Page } from 'playwright-core';
import { strangersHost } from './payloads';

/** What payloads have brought about in a page. */
export interface InjectionWatch {
  /** How often one of them has run, once what only waited for a moment has had it. */
  runs(): Promise<number>;
  /** What was asked of strangers. */
  readonly loads: readonly string[];
}

/** Puts the function that payloads call into every document of the page, and notes what is asked of strangers. */
export async function watchForInjection(page: Page): Promise<InjectionWatch> {
  let runs = 0;
  const loads: string[] = [];
  await page.exposeFunction('pwned', () => {
    runs += 1;
  });
  page.on('request', (request) => {
    if (request.url().includes(`//${strangersHost}`)) loads.push(request.url());
  });
  page.on('dialog', (dialog) => dialog.dismiss());
  return {
    loads,
    runs: async () => {
      await page.evaluate(
        () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50))),
      );
      return runs;
    },
  };
}
