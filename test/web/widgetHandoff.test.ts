import type { Locator } from 'playwright-core';
import { deskAccounts } from '../../bot/desk/registerDesk';
import { systemRandomness } from '../../services/randomness';
import { ko } from '../../strings/ko';
import { DeskBrowser, DeskSocket } from '../bot/desk/deskServer';
import type { HelpReader } from './helpPage';
import { WidgetRoom } from './widgetRoom';

let room: WidgetRoom;
let agent: DeskBrowser;
beforeAll(async () => {
  room = await WidgetRoom.open({ HANDOFF_HOURS: 'always' });
  const clock = { now: () => Date.now() };
  const { accounts } = deskAccounts({ store: room.demo.store, clock, randomness: systemRandomness });
  const added = await accounts.add('nari', 'agent');
  agent = new DeskBrowser(room.demo.url);
  await agent.signInFirst('nari', added.status === 'added' ? added.password : '', Date.now());
}, 120_000);
afterAll(() => room?.close());

/** Says something in the panel's chat. */
async function say(reader: HelpReader, text: string): Promise<void> {
  const sendBox = reader.panel.locator('[data-id="webchat-sendbox-input"]');
  await sendBox.fill(text);
  await sendBox.press('Enter');
}

const dots = (reader: HelpReader): Locator => reader.panel.locator('.webchat__typing-indicator');

describe('a person in the widget', () => {
  it('comes into the chat of the panel, is heard there once, and is rated there', async () => {
    const reader = await room.reader();
    await reader.openPanel();
    await reader.panel.getByRole('button', { name: '채팅으로 이어가기' }).click();
    await reader.chatBubbles.first().waitFor();
    const socket = await DeskSocket.connected(agent);
    await say(reader, '상담원 연결해줘');
    await reader.chatBubbles.getByText('상담원을 부르고 있어요').waitFor();

    const id = await socket.until((events) => {
      const queue = events.findLast((event) => event.type === 'queue');
      return queue?.type === 'queue' && queue.waiting[0]?.id;
    });
    const claimed = await agent.act(id, 'claim');
    expect(claimed.status).toBe(200);
    await reader.chatBubbles.getByText(ko.handoff.joined('nari')).waitFor();
    socket.send({ type: 'watch', handoffId: id, afterSeq: claimed.json.lastSeq });
    await socket.until((events) => events.some(({ type }) => type === 'handoff'));
    socket.send({ type: 'typing', handoffId: id });
    await dots(reader).waitFor();
    await say(reader, '보고 계세요?');
    await socket.until(() => socket.texts(id).includes('보고 계세요?'));

    await agent.act(id, 'messages', { text: '네, 보고 있어요.' });
    await reader.chatBubbles.getByText('네, 보고 있어요.').waitFor();
    await dots(reader).waitFor({ state: 'detached' });
    expect(await reader.chatBubbles.getByText('네, 보고 있어요.').count()).toBe(1);

    await agent.act(id, 'resolve');
    await reader.panel
      .locator('#chat .ac-adaptiveCard')
      .last()
      .getByText(ko.handoff.stars[4] ?? '')
      .click();
    await reader.chatBubbles.getByText(ko.handoff.rated).waitFor();
    expect((await agent.get(`handoffs/${id}`)).json.rating).toBe(5);
    expect(reader.trouble).toEqual([]);
    await socket.end();
  }, 90_000);
});
