import type { BrowserContextOptions, Page } from 'playwright-core';
import { watchForInjection } from './injectionWatch';
import { PageConversation } from './pageConversation';
import { payloads, payloadsNotIn, strangersHost } from './payloads';
import { WidgetRoom } from './widgetRoom';

let room: WidgetRoom;
beforeAll(async () => {
  room = await WidgetRoom.open();
}, 60_000);
afterAll(() => room?.close());

/** Without the content policy too: a payload must be text, and not only a script that is not let run. */
const open: BrowserContextOptions = { bypassCSP: true };

/** What is drawn of messages that is none of ours: elements that a message could only have brought itself. */
function strayElements(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [
      ...document.querySelectorAll(
        '#chat :is(script, iframe, object, embed, base, link, meta, form[action], video, audio, math, template, ' +
          'marquee, details, style:not(:empty), a[href^="javascript" i], a[href^="data" i], a[href^="vbscript" i]), ' +
          '#chat [class*="from-user"] :is(a, img)',
      ),
    ].map((element) => element.outerHTML.slice(0, 120)),
  );
}

const lastMessage = { type: 'message', text: '끝까지 왔어요', channelData: { clientActivityID: 'end' } };

const quarter = Math.ceil(payloads.length / 4);
const quarters = [0, 1, 2, 3].map(
  (at) => [at + 1, payloads.slice(at * quarter, (at + 1) * quarter)] as const,
);

describe('payloads in what a customer sends', () => {
  it('F29: are more than 500, counted with their places', () => {
    expect(new Set(payloads).size).toBe(payloads.length);
    expect(payloads.length * 6).toBeGreaterThanOrEqual(500);
  });

  it.each(quarters)(
    'F29: as message, name, value, channel data and file name stay text, part %i',
    async (_, part) => {
      const visitor = await room.demo.visitor(open);
      const { page } = visitor;
      const watched = await watchForInjection(page);
      await visitor.open(room.demo.url);

      const conversation = await PageConversation.of(page, room.demo.url);
      const statuses = await Promise.all(
        part.map((payload, at) =>
          conversation.post({
            type: 'message',
            text: payload,
            from: { id: 'me', name: payload },
            value: { action: payload, [payload.slice(0, 40)]: payload },
            channelData: { clientActivityID: `p${at}`, note: payload, 'webchat:fallback-text': payload },
            attachments: [{ name: payload, contentType: 'text/html', content: payload, contentUrl: payload }],
          }),
        ),
      );
      expect(new Set(statuses)).toEqual(new Set([200]));
      await conversation.post(lastMessage);
      await visitor.bubbles.getByText(lastMessage.text).waitFor({ timeout: 40_000 });

      expect(payloadsNotIn(await visitor.bubbles.allTextContents(), part)).toEqual([]);
      expect(await strayElements(page)).toEqual([]);
      expect(await watched.runs()).toBe(0);
      expect(watched.loads).toEqual([]);
    },
    60_000,
  );

  it('F29: uploaded as file names stay text', async () => {
    const visitor = await room.demo.visitor(open);
    const { page } = visitor;
    const watched = await watchForInjection(page);
    await visitor.open(room.demo.url);
    const conversation = await PageConversation.of(page, room.demo.url);
    const names = payloads.filter((payload) => !payload.includes('\n') && payload.length < 200).slice(0, 20);
    for (const name of names) {
      const status = await conversation.upload(name, new Blob(['x'], { type: 'image/svg+xml' }));
      // A name that ends in a slash is none.
      expect([200, 400]).toContain(status);
    }
    await conversation.post(lastMessage);
    await visitor.bubbles.getByText(lastMessage.text).waitFor({ timeout: 30_000 });

    expect(await strayElements(page)).toEqual([]);
    expect(await watched.runs()).toBe(0);
    expect(watched.loads).toEqual([]);
  }, 60_000);
});

describe('payloads in the widget', () => {
  it('F29: typed as a question stay text, also when they are carried into the chat', async () => {
    const reader = await room.reader(open);
    const watched = await watchForInjection(reader.page);
    await reader.page.reload();
    await reader.openPanel();
    for (const payload of payloads) {
      await reader.field.fill(payload.replaceAll('\n', ' ').slice(0, 200));
    }
    const asked = `<img src=x onerror=pwned(1)> [x](javascript:pwned(1)) 이사`;
    await reader.field.fill(asked);
    await reader.panel.getByRole('button', { name: '채팅으로 이어가기' }).click();

    await reader.chatBubbles.getByText(asked).waitFor();
    expect(await reader.panel.locator('#chat [class*="from-user"] :is(a, img)').count()).toBe(0);
    expect(await watched.runs()).toBe(0);
    expect(watched.loads).toEqual([]);
  }, 60_000);

  it('F29: in what the server would answer stay text, and lead nowhere', async () => {
    const reader = await room.reader(open);
    const watched = await watchForInjection(reader.page);
    await reader.page.reload();
    let part: readonly string[] = [];
    await reader.page.route('**/api/faq?**', (route) =>
      route.fulfill({
        json: {
          questions: part.map((payload) => ({
            kind: 'answer',
            topic: payload,
            question: payload,
            answer: {
              title: part.join(' '),
              sentences: part,
              actions: part.flatMap((label) => [
                { kind: 'open', label, url: `javascript:pwned(1)` },
                { kind: 'open', label, url: label },
                { kind: 'call', label, phoneNumber: label },
              ]),
            },
          })),
        },
      }),
    );
    await reader.openPanel();
    for (let at = 0; at < payloads.length; at += 25) {
      part = payloads.slice(at, at + 25);
      const found = reader.page.waitForResponse((response) => response.url().includes(`q=${at}&`));
      await reader.field.fill(`${at}`);
      await found;
      await reader.questions.nth(part.length - 1).waitFor();
      expect(await reader.questions.allTextContents()).toEqual(part);
      await reader.field.press('Enter');
      const answer = reader.panel.locator('#answer');
      expect(await answer.locator('#answer-title').textContent()).toBe(part.join(' '));
      expect(await answer.locator('#answer-body > p').allTextContents()).toEqual(part);
      expect(await answer.locator(':is(a, img, script, svg, iframe)').count()).toBe(0);
      await reader.panel.locator('#back').click();
    }

    expect(await watched.runs()).toBe(0);
    expect(watched.loads).toEqual([]);
  }, 120_000);
});

describe('the content policy', () => {
  /** Has every payload parsed as markup, as if some part of the page trusted it. */
  const trust = (page: Page) =>
    page.evaluate(
      (markup) => {
        for (const html of markup) {
          const place = document.createElement('div');
          document.body.append(place);
          place.innerHTML = html;
        }
      },
      payloads.filter((payload) => !/refresh|<base|prefetch/.test(payload)),
    );

  it('F29: lets no script run and nothing be loaded even if markup got through', async () => {
    const visitor = await room.demo.visitor();
    const { page } = visitor;
    const watched = await watchForInjection(page);
    const ends: (string | undefined)[] = [];
    page.on('requestfailed', (request) => {
      if (request.url().includes(strangersHost)) ends.push(request.failure()?.errorText);
    });
    await visitor.open(room.demo.url);

    await trust(page);

    expect(await watched.runs()).toBe(0);
    expect(ends.length).toBe(watched.loads.length);
    expect(new Set(ends)).toEqual(new Set(['csp']));
  });

  it('F29: is what stops them there: without it they run', async () => {
    const visitor = await room.demo.visitor(open);
    const watched = await watchForInjection(visitor.page);
    await visitor.open(room.demo.url);

    await trust(visitor.page);

    expect(await watched.runs()).toBeGreaterThan(5);
  });
});
