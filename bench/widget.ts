import path from 'node:path';
import { launchBrowser } from '../bot/cli/browser';
import { readEnvironment } from '../bot/config';
import { ScratchFolder, startAssistant } from './assistantServer';
import type { Benchmark, BenchmarkOptions, BenchmarkResult } from './benchmark';
import { HelpPages } from './helpPage';
import { runRounds } from './rounds';
import { type Spread, spreadOf } from './statistics';
import { figure, spreadFigure } from './table';
import { helpTimes, type LoadCost, loadCost, stockChatTime } from './widgetPage';
import { widgetSizes } from './widgetSizes';

/** A phone of some years ago is about so many times slower. */
const slowdown = 4;
const typed = '연체료';

export const widgetBenchmark: Benchmark = {
  name: 'widget',
  purpose: 'what the help widget costs a page, and how soon it answers, beside the stock webchat.js',
  run: runWidget,
};

async function runWidget({ root, quick }: BenchmarkOptions): Promise<BenchmarkResult> {
  const startedAtMs = performance.now();
  const stockFile = path.join(root, 'node_modules', 'botframework-webchat', 'dist', 'webchat.js');
  const pages = await HelpPages.open(stockFile);
  const scratch = new ScratchFolder();
  const settings = { WIDGET_ORIGINS: pages.origin };
  const server = await startAssistant({ root, varDir: scratch.path, settings });
  const browser = await launchBrowser(readEnvironment());
  const loads: { without: LoadCost; with: LoadCost }[] = [];
  const chats: { ours: number; oursSlow: number; stock: number; stockSlow: number }[] = [];
  const suggestions: number[] = [];
  try {
    pages.use(server.url);
    const help = { url: `${pages.origin}/with`, assistant: server.url };
    // Not counted: the first page starts the browser's processes and fills the server's caches.
    await loadCost(browser, help.url);
    await runRounds(quick ? 1 : 3, startedAtMs, async () => {
      loads.push({
        without: await loadCost(browser, `${pages.origin}/without`),
        with: await loadCost(browser, help.url),
      });
      const ours = await helpTimes(browser, help, '', 1);
      const oursSlow = await helpTimes(browser, help, typed, slowdown);
      suggestions.push(...oursSlow.suggestionMs);
      const stock = `${pages.origin}/stock`;
      chats.push({
        ours: ours.chatMs,
        oursSlow: oursSlow.chatMs,
        stock: await stockChatTime(browser, stock, 1),
        stockSlow: await stockChatTime(browser, stock, slowdown),
      });
    });
  } finally {
    await browser.close();
    await server.stop();
    await pages.close();
    scratch.remove();
  }
  const chatMs = (which: keyof (typeof chats)[number]) => spreadOf(chats.map((chat) => chat[which]));
  return resultOf({
    rounds: loads.length,
    sizes: widgetSizes(path.join(root, 'dist', 'web'), stockFile),
    load: {
      addedBlockingMs: added(loads, 'blockingMs'),
      addedBusyMs: added(loads, 'busyMs'),
      addedLayoutShift: added(loads, 'layoutShift'),
    },
    suggestionMs: spreadOf(suggestions),
    chat: {
      oursMs: chatMs('ours'),
      oursSlowMs: chatMs('oursSlow'),
      stockMs: chatMs('stock'),
      stockSlowMs: chatMs('stockSlow'),
    },
  });
}

interface Figures {
  readonly rounds: number;
  readonly sizes: ReturnType<typeof widgetSizes>;
  readonly load: Record<'addedBlockingMs' | 'addedBusyMs' | 'addedLayoutShift', Spread>;
  readonly suggestionMs: Spread;
  readonly chat: Record<'oursMs' | 'oursSlowMs' | 'stockMs' | 'stockSlowMs', Spread>;
}

function added(loads: readonly { without: LoadCost; with: LoadCost }[], what: keyof LoadCost): Spread {
  return spreadOf(loads.map((load) => load.with[what] - load.without[what]));
}

function resultOf(figures: Figures): BenchmarkResult {
  const { rounds, sizes, load, suggestionMs, chat } = figures;
  const kb = (bytes: number) => figure(bytes / 1_024);
  return {
    figures: { ...figures, slowdown, chatTimesStock: chat.oursSlowMs.median / chat.stockSlowMs.median },
    tables: [
      {
        title: 'Sizes, KB gzipped',
        header: ['', 'KB', 'goal'],
        rows: [
          ['loader, on every page', kb(sizes.loader), '4'],
          ['panel, when the button is pressed', kb(sizes.panel), '25'],
          ['chat, when it is opened', kb(sizes.chat), '-'],
          ['stock webchat.js', kb(sizes.stock), '-'],
        ],
      },
      {
        title: `What it adds to a page, ${rounds} rounds`,
        header: ['', 'added', 'goal'],
        rows: [
          ['blocking time, ms', spreadFigure(load.addedBlockingMs), '50'],
          ['busy main thread, ms', spreadFigure(load.addedBusyMs), '-'],
          ['layout shift', spreadFigure(load.addedLayoutShift), '0'],
        ],
      },
      {
        title: `How soon it answers, ${rounds} rounds`,
        header: ['ms', 'this machine', `${slowdown} x slower`, 'goal, slower'],
        rows: [
          ['questions after a key', '-', spreadFigure(suggestionMs), '100'],
          ['chat usable after the press', spreadFigure(chat.oursMs), spreadFigure(chat.oursSlowMs), '2500'],
          ['stock webchat.js page, same', spreadFigure(chat.stockMs), spreadFigure(chat.stockSlowMs), '-'],
        ],
      },
    ],
    notes: [
      'Medians, lowest and highest in brackets. Each load has an empty cache; server and browser share the machine.',
    ],
  };
}
