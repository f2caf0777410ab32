import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { streamsOf } from '../../services/journal/journal';
import { DemoPage } from './demoPage';

let demo: DemoPage;
let evil: Server;
let evilOrigin: string;
beforeAll(async () => {
  demo = await DemoPage.open();
  evil = createServer((_req, res) => {
    res.setHeader('Content-Type', 'text/html');
    res.end('<!doctype html><title>evil</title>');
  });
  await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
  evilOrigin = `http://localhost:${(evil.address() as AddressInfo).port}`;
}, 60_000);
afterAll(async () => {
  evil.closeAllConnections();
  await new Promise((resolve) => evil.close(resolve));
  await demo.close();
});

/** All that a stranger could have changed. */
async function state(conversationId: string): Promise<string> {
  const { store } = demo;
  const journal = ['deflection', 'audit', 'unanswered'] as const;
  const rows = await Promise.all(
    journal.flatMap((name) => streamsOf(name)).map((stream) => store.readJournal(stream, 0, 1_000)),
  );
  const log = await store.readLog(`directline/${conversationId}`, 0, 1_000);
  return JSON.stringify([rows, log, await store.getConversation(`directline/${conversationId}`)]);
}

/** Sends a form as every page may, into a frame, and returns what the server answered. */
async function submitForm(page: Page, url: string, enctype: string, body: string): Promise<number> {
  const answered = page.waitForResponse((response) => response.url() === url);
  await page.evaluate(
    ([action = '', type = '', field = '']) => {
      const frame = document.createElement('iframe');
      frame.name = `to-${Math.floor(performance.now() * 1_000)}`;
      const form = document.createElement('form');
      Object.assign(form, { method: 'post', action, enctype: type, target: frame.name });
      const input = document.createElement('input');
      // text/plain forms send name=value: together that can be JSON.
      const cut = field.lastIndexOf('":');
      input.name = field.slice(0, cut);
      input.value = field.slice(cut);
      form.append(input);
      document.body.append(frame, form);
      form.submit();
    },
    [url, enctype, body],
  );
  return (await answered).status();
}

describe('a page of another site', () => {
  const report = '{"outcome":"solved","topic":"late_fee","language":"ko","x":"="}';
  const message = '{"type":"message","text":"내 미납요금 알려줘","x":"="}';

  it('F28: changes nothing by forms, by JSON in disguise, or with its reader’s cookies', async () => {
    const visitor = await demo.visitor();
    await visitor.open(demo.url);
    const kept = await visitor.page.evaluate(() => sessionStorage.getItem('billGuide.conversation'));
    const { conversationId, token }: { conversationId: string; token: string } = JSON.parse(kept ?? '{}');
    const before = await state(conversationId);
    const page = await visitor.page.context().newPage();
    await page.goto(evilOrigin);

    const targets: [string, string][] = [
      ['/api/deflection', report],
      ['/api/token', '{"siteToken":"x","x":"="}'],
      [`/v3/directline/conversations/${conversationId}/activities`, message],
      [`/v3/directline/conversations/${conversationId}/erase`, message],
      [`/v3/directline/conversations/${conversationId}/upload`, message],
      ['/identity/begin', '{"token":"x","x":"="}'],
      ['/api/messages', message],
    ];
    for (const [path, body] of targets) {
      for (const enctype of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data']) {
        const status = await submitForm(page, `${demo.url}${path}`, enctype, body);
        expect([path, enctype, [401, 403, 415].includes(status)]).toEqual([path, enctype, true]);
      }
    }

    // Without a form: what needs no preflight is refused for its type, what needs one never leaves.
    const tried = await page.evaluate(
      async ({ urls, bearer }) => {
        const send = (url: string, init: RequestInit) =>
          fetch(url, { method: 'POST', body: '{}', credentials: 'include', ...init }).then(
            ({ status }) => status,
            () => 'blocked',
          );
        const json = { 'Content-Type': 'application/json' };
        const results: (string | number)[] = [];
        for (const url of urls) {
          results.push(await send(url, { headers: json }));
          results.push(await send(url, { headers: { ...json, Authorization: `Bearer ${bearer}` } }));
        }
        return results;
      },
      { urls: targets.map(([path]) => `${demo.url}${path}`), bearer: token },
    );
    // A stolen token is worth nothing on a page of another origin.
    for (const result of tried) expect(['blocked', 401, 403, 415]).toContain(result);
    const beacons = await page.evaluate(
      ({ url, body }) => [
        navigator.sendBeacon(url, body),
        navigator.sendBeacon(url, new Blob([body], { type: 'text/plain' })),
        navigator.sendBeacon(url, new Blob([body], { type: 'application/json' })),
      ],
      { url: `${demo.url}/api/deflection`, body: report.replace(',"x":"="', '') },
    );
    expect(beacons).toHaveLength(3);
    await page.waitForLoadState('networkidle');

    expect(await state(conversationId)).toBe(before);
  }, 60_000);

  it('F28: finds no cookie to ride on, and cannot read what a page of ours gets', async () => {
    const visitor = await demo.visitor();
    await visitor.open(demo.url);
    await visitor.say('고마워요');
    await visitor.bubbles.nth(2).waitFor();

    expect(await visitor.page.context().cookies()).toEqual([]);
    const page = await visitor.page.context().newPage();
    await page.goto(evilOrigin);
    const read = await page.evaluate(
      (base) =>
        Promise.all(
          ['/api/faq?q=', '/demo/handset?phone=01000001001', '/readyz'].map((path) =>
            fetch(`${base}${path}`).then(
              () => 'read',
              () => 'blocked',
            ),
          ),
        ),
      demo.url,
    );
    expect(read).toEqual(['blocked', 'blocked', 'blocked']);
  });

  it('F27: gets no socket into a conversation, not even with the address of one', async () => {
    const visitor = await demo.visitor();
    const addresses: string[] = [];
    visitor.page.on('websocket', (socket) => addresses.push(socket.url()));
    await visitor.open(demo.url);
    const address = addresses[0] ?? '';
    expect(address).toContain('/stream?');
    const open = (page: Page, url: string) =>
      page.evaluate(
        (target) =>
          new Promise<string>((resolve) => {
            const socket = new WebSocket(target);
            socket.addEventListener('open', () => resolve('open'));
            socket.addEventListener('error', () => resolve('refused'));
          }),
        url,
      );
    const page = await visitor.page.context().newPage();
    await page.goto(evilOrigin);

    expect(await open(page, address)).toBe('refused');
    expect(
      await open(visitor.page, address.replace(/conversations\/[^/]+/, `conversations/${'0'.repeat(32)}`)),
    ).toBe('refused');
    expect(await open(visitor.page, address.replace(/t=[^&]+/, 't=not.a.token'))).toBe('refused');
    // The address itself is good, for a page of ours.
    expect(await open(visitor.page, address)).toBe('open');
  });
});
