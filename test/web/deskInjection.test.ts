import type { Page } from 'playwright-core';
import type { DeskVisitor } from '../../bot/cli/deskVisitor';
import { DeskRoom } from './deskRoom';
import { watchForInjection } from './injectionWatch';
import { PageConversation } from './pageConversation';
import { payloads, payloadsNotIn } from './payloads';

let room: DeskRoom;
beforeAll(async () => {
  room = await DeskRoom.open();
}, 120_000);
afterAll(() => room?.close());

const patience = 180_000;

/** Elements that only a message could have brought. */
function strayElements({ page }: DeskVisitor): Promise<string[]> {
  return page.evaluate(() =>
    [
      ...document.querySelectorAll(
        '#desk :is(script, iframe, object, embed, base, link, meta, video, audio, math, template, marquee, ' +
          'details, style, img, form[action], svg :not(path), a[href^="javascript" i], a[href^="data" i]), ' +
          '.bubble *, .card-last *, .note-text *, .said-by-bot li *',
      ),
    ]
      .filter((element) => element.closest('.logo') === null)
      .map((element) => element.outerHTML.slice(0, 120)),
  );
}

describe('payloads at the desk', () => {
  it(
    'F29: in messages, names, values and file names of a customer stay text, with no content policy at all',
    async () => {
      const desk = await room.agent('minji', 'supervisor', { bypassCSP: true });
      const watched = await watchForInjection(desk.page);
      const half = Math.ceil(payloads.length / 2);
      // What was said before the handover comes as transcript, what was said after it live.
      const customer = await room.waitingCustomer(async (visitor) => {
        await post(visitor.page, payloads.slice(0, 6), 'before');
      });
      await desk.claimFirst();
      await post(customer.page, payloads.slice(0, half), 'first');
      await post(customer.page, payloads.slice(half), 'second');
      await post(customer.page, ['끝까지 왔어요'], 'end');
      await desk.bubbles.getByText('끝까지 왔어요').waitFor({ timeout: 90_000 });

      expect(payloadsNotIn(await desk.bubbles.allTextContents())).toEqual([]);
      await desk.page.getByRole('button', { name: '현황' }).click();
      await desk.page.locator('.load table').first().waitFor();
      await desk.page.getByRole('button', { name: '상담', exact: true }).click();
      await desk.bubbles.first().waitFor();
      expect(await strayElements(desk)).toEqual([]);
      expect(await watched.runs()).toBe(0);
      expect(watched.loads).toEqual([]);
    },
    patience,
  );

  it(
    'F29: in notes and answers of agents stay text too, on both sides',
    async () => {
      const desk = await room.agent('haneul', 'agent', { bypassCSP: true });
      const customer = await room.waitingCustomer(undefined, { bypassCSP: true });
      const watched = [await watchForInjection(desk.page), await watchForInjection(customer.page)];
      await desk.claimFirst();
      for (const payload of payloads.slice(0, 8)) {
        await desk.page.locator('#new-note').fill(payload);
        await desk.page.getByRole('button', { name: '메모 남기기' }).click();
        await desk.page.locator('.note-text').getByText(payload, { exact: true }).waitFor();
        await desk.say(payload);
      }
      await desk.say('여기까지예요');
      await customer.bubbles.getByText('여기까지예요').waitFor({ timeout: 30_000 });

      expect(await strayElements(desk)).toEqual([]);
      for (const { runs, loads } of watched) {
        expect(await runs()).toBe(0);
        expect(loads).toEqual([]);
      }
    },
    patience,
  );

  it('come against a policy that lets nothing in, and into no cache and no frame', async () => {
    const { status, headers } = await fetch(`${room.demo.url}/desk`);

    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self';");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe|https?:|\*/);
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

/** Posts messages in the name of the page's customer, with the payload in every field that a customer can fill. */
async function post(page: Page, texts: readonly string[], mark: string): Promise<void> {
  const conversation = await PageConversation.of(page, room.demo.url);
  for (const [at, text] of texts.entries()) {
    const status = await conversation.post({
      type: 'message',
      text,
      from: { id: 'me', name: text },
      value: { action: text, [text.slice(0, 40)]: text },
      channelData: { clientActivityID: `${mark}${at}`, note: text, agent: { name: text } },
      attachments: [{ name: text, contentType: 'text/html', content: text, contentUrl: text }],
    });
    expect(status).toBe(200);
  }
}
