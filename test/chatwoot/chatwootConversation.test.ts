import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eraseConversation } from '../../bot/conversationErasure';
import type { TestAssistant, TestCustomer } from '../assistant';
import { assistantAt, handoffWords, monday, settled, told } from './chatwootScene';
import { ChatwootServer } from './chatwootServer';

const ask = '상담원 연결해줘';
let hub: ChatwootServer;
let test: TestAssistant;
let relay: ReturnType<typeof assistantAt>['relay'];
let customer: TestCustomer;

beforeEach(async () => {
  hub = await ChatwootServer.open(() => test.nowMs);
  ({ test, relay } = assistantAt(hub, { nowMs: monday }));
  customer = test.customer();
});

afterEach(async () => {
  await test.stop();
  await hub.close();
});

async function called(): Promise<void> {
  await customer.say(ask);
  await test.delivered();
}

const open = () => test.store.listRecords('handoff/', undefined, 10);
const traces = async () => [
  ...(await test.store.listRecords('chatwoot/', undefined, 10)),
  ...(await test.store.listRecords('chatwootConversation/', undefined, 10)),
];

describe('a conversation with somebody in Chatwoot', () => {
  it('goes from asking to the rating, and nothing of it is left over', async () => {
    await called();
    expect(hub.conversations).toHaveLength(1);
    expect(hub.conversation.attributes).toMatchObject({
      bill_guide_reason: 'asked',
      bill_guide_skill: 'billing',
    });
    expect(hub.conversation.messages[0]?.content).toContain('고객이 상담원을 불렀어요.');
    await relay.take(hub.agentWrites('안녕하세요, 무엇을 도와드릴까요?'), true);
    await settled(test);
    expect((await told(test, customer)).slice(-2)).toEqual([
      handoffWords.joined('박서준'),
      '안녕하세요, 무엇을 도와드릴까요?',
    ]);
    expect(await customer.say('요금이 두 번 나갔어요. 010-1234-5678이에요')).toEqual([]);
    await test.delivered();
    expect(hub.heard()).toHaveLength(1);
    expect(hub.heard().join()).toContain('요금이 두 번 나갔어요');
    expect(JSON.stringify(hub.conversation)).not.toContain('1234-5678');
    await relay.take(hub.agentResolves(), true);
    await settled(test);
    expect((await told(test, customer)).at(-1)).toContain(handoffWords.resolved);
    expect(await open()).toEqual([]);
    expect(await traces()).toEqual([]);
  });

  it('doubles nothing when webhooks come twice, and keeps the order when they come in the wrong one', async () => {
    await called();
    const first = hub.agentWrites('첫째');
    const second = hub.agentWrites('둘째', { name: '이하나' });
    const over = hub.agentResolves();
    await relay.take(over, true);
    await Promise.all([first, second, over, first].map((body) => relay.take(body, true)));
    await settled(test);
    const heard = await told(test, customer);
    expect(heard.slice(1, 4)).toEqual([handoffWords.joined('박서준'), '첫째', '둘째']);
    expect(heard).toHaveLength(5);
  });

  it('catches up with a message whose webhook never came', async () => {
    await called();
    hub.agentWrites('놓친 글');
    await relay.take(hub.agentWrites('다음 글'), true);
    await settled(test);
    expect((await told(test, customer)).slice(-2)).toEqual(['놓친 글', '다음 글']);
  });

  it('passes on a signed message although Chatwoot cannot be read', async () => {
    await called();
    const body = hub.agentWrites('잘 보이나요?');
    hub.fault = 'busy';
    await relay.take(body, true);
    await settled(test);
    expect((await told(test, customer)).at(-1)).toBe('잘 보이나요?');
  });

  it('passes on nothing that a webhook without signature made up', async () => {
    await called();
    const real = hub.agentWrites('진짜');
    await relay.take({ ...real, id: 9_999, content: '가짜' }, false);
    await settled(test);
    const heard = (await told(test, customer)).join();
    expect(heard).toContain('진짜');
    expect(heard).not.toContain('가짜');
  });

  it.each([
    ['a private note', { private: true }],
    ['a bot of the hub', { type: 'agent_bot' }],
    ['a greeting or survey', { wordType: 'template' }],
    ["the customer's own words", { wordType: 'incoming', type: 'contact' }],
  ])('keeps %s from the customer', async (_what, options) => {
    await called();
    const before = await told(test, customer);
    expect(await relay.take(hub.agentWrites('안 보여야 해요', options), true)).toBe('ignored');
    await settled(test);
    expect(await told(test, customer)).toEqual(before);
  });

  it('of other conversations and other events takes nothing', async () => {
    await called();
    const message = hub.agentWrites('남의 글');
    expect(await relay.take({ ...message, conversation: { id: 999 } }, true)).toBe('ignored');
    expect(await relay.take({ event: 'contact_updated', id: 1 }, true)).toBe('ignored');
    expect(await relay.take(hub.agentIsAssigned(), true)).toBe('ignored');
  });

  it('says that somebody has come at the assignment, when it is set up so', async () => {
    const other = assistantAt(hub, { nowMs: monday }, { config: { acceptOn: 'assignment' } });
    const guest = other.test.customer();
    await guest.say(ask);
    await other.test.delivered();
    await other.relay.take(hub.agentIsAssigned(), true);
    await settled(other.test);
    expect((await told(other.test, guest)).at(-1)).toBe(handoffWords.joined('박서준'));
    await other.test.stop();
  });

  it('resolves there what the customer gives up here', async () => {
    await called();
    await customer.say('상담원 연결 취소할게요');
    await test.delivered();
    expect(hub.conversation.status).toBe('resolved');
    expect(await traces()).toEqual([]);
  });

  it('goes on after a restart in the middle', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'chatwoot-'));
    const file = path.join(folder, 'assistant.db');
    const before = assistantAt(hub, { nowMs: monday }, { file });
    const asking = before.test.customer();
    await asking.say(ask);
    await before.test.delivered();
    const hello = hub.agentWrites('안녕하세요');
    await before.relay.take(hello, true);
    await settled(before.test);
    await before.test.stop();
    const after = assistantAt(hub, { nowMs: monday + 60_000 }, { file });
    await after.test.assistant.start();
    const again = after.test.customer({ conversationId: asking.conversationId });
    await after.relay.take(hello, true);
    expect(await again.say('네, 있어요')).toEqual([]);
    await settled(after.test);
    expect(hub.conversations).toHaveLength(1);
    expect(hub.heard()).toEqual(['네, 있어요']);
    await after.relay.take(hub.agentWrites('다시 왔어요'), true);
    await settled(after.test);
    const heard = await told(after.test, again);
    expect(heard.filter((text) => text === '안녕하세요')).toHaveLength(1);
    expect(heard.at(-1)).toBe('다시 왔어요');
    await after.test.stop();
    rmSync(folder, { recursive: true, force: true });
  });
});

describe('when Chatwoot fails', () => {
  it('the customer hears so within half a minute, and may have the request kept; that one arrives later', async () => {
    hub.fault = 'down';
    await called();
    for (let waited = 0; waited < 30; waited += 1) {
      test.nowMs += 1_000;
      await test.delivered();
    }
    await settled(test);
    const heard = (await told(test, customer)).at(-1) ?? '';
    expect(heard).toContain(handoffWords.failed);
    expect(heard).toContain('1588-0010');
    expect(await open()).toEqual([]);
    expect((await customer.say('네')).join()).toContain('남겨 두었어요');
    hub.fault = 'none';
    test.nowMs += 31 * 60_000;
    await test.delivered();
    await settled(test);
    expect(hub.conversation.attributes).toMatchObject({ bill_guide_callback: true });
    await relay.take(hub.agentWrites('이제 연결됐어요'), true);
    await settled(test);
    expect((await told(test, customer)).at(-1)).toBe('이제 연결됐어요');
  });

  it('says each message once although the answer was lost, and in order', async () => {
    hub.messageFaults.push('lostAnswer');
    await called();
    test.nowMs += 10_000;
    await test.delivered();
    hub.messageFaults.push('lostAnswer', 'none', 'busy', 'down');
    await customer.say('하나');
    await customer.say('둘');
    for (let waited = 0; waited < 10; waited += 1) {
      test.nowMs += 5_000;
      await test.delivered();
    }
    expect(hub.conversations).toHaveLength(1);
    expect(
      hub.conversation.messages.filter(({ content }) => content.startsWith('[요금길잡이]')),
    ).toHaveLength(1);
    expect(hub.heard()).toEqual(['하나', '둘']);
  });

  it('opens another conversation when the contact was merged away, and still hears the old one', async () => {
    await called();
    const old = hub.conversation;
    await relay.take(hub.agentWrites('처음'), true);
    await settled(test);
    hub.messageFaults.push('merged');
    await customer.say('아직 계세요?');
    await test.delivered();
    expect(hub.conversations).toHaveLength(2);
    expect(hub.heard()).toEqual(['아직 계세요?']);
    const late = { ...hub.agentWrites('옛 창에서'), conversation: { id: old.id } };
    await relay.take(late, true);
    await settled(test);
    expect((await told(test, customer)).at(-1)).toBe('옛 창에서');
  });

  it('tells at once when Chatwoot refuses for good', async () => {
    const other = assistantAt(hub, { nowMs: monday }, { config: { inboxIdentifier: 'no-such-inbox' } });
    const guest = other.test.customer();
    await guest.say(ask);
    await settled(other.test);
    expect((await told(other.test, guest)).at(-1)).toContain(handoffWords.failed);
    await other.test.stop();
  });
});

describe('what leaves the house', () => {
  it('is a masked balance with its time, and neither code nor number', async () => {
    await customer.verify('01000001001');
    const code = await test.codeSentTo('01000001001');
    await called();
    const sent = JSON.stringify(hub.conversation);
    expect(sent).toContain('77,300원');
    expect(sent).toContain('010-****-1001');
    expect(sent).not.toContain(code);
    expect(sent).not.toMatch(/010-?0000-?1001/);
  });

  it('goes under an id that nobody can guess, proved when the inbox wants that', async () => {
    const other = assistantAt(hub, { nowMs: monday }, { config: { hmacToken: 'hmac-token-of-the-inbox' } });
    const guest = other.test.customer();
    await guest.say(ask);
    await other.test.delivered();
    const [[sourceId = '', contact] = []] = [...hub.contacts];
    expect(sourceId).toMatch(/^[\w-]{43}$/);
    expect(contact?.hash).toMatch(/^[0-9a-f]{64}$/);
    await other.test.stop();
  });

  it('is nothing at all from KakaoTalk, which hands over by itself', async () => {
    const friend = test.customer({ channelId: 'kakao' });
    await friend.say(ask);
    await test.delivered();
    expect(hub.calls).toEqual([]);
    expect(await open()).toEqual([]);
  });

  it('is forgotten here with the conversation', async () => {
    await called();
    expect(await traces()).toHaveLength(2);
    const { channelId, conversationId, userId } = customer;
    await eraseConversation(test.store, { channelId, conversationId, userId });
    expect(await traces()).toEqual([]);
    expect(await relay.take(hub.agentWrites('계세요?'), true)).toBe('ignored');
  });
});
