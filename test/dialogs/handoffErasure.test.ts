import { eraseConversation } from '../../bot/conversationErasure';
import type { TestAssistant, TestCustomer } from '../assistant';
import type { FakeAgent } from './fakeAgent';
import { ask, handoffScene, minuteMs, sunday } from './handoffScene';

let test: TestAssistant;
let agent: FakeAgent;
let customer: TestCustomer;

beforeEach(() => {
  ({ test, agent, customer } = handoffScene());
});

afterEach(() => test.stop());

describe('erasing the conversation', () => {
  it('leaves nothing of its handoffs, and an agent who writes reaches nobody', async () => {
    await customer.say(ask);
    await agent.claims(customer.key);
    await agent.resolves(customer.key);
    await customer.say(ask);
    await agent.claims(customer.key);
    const { id } = await agent.handoffOf(customer.key);
    const { channelId, conversationId, userId } = customer;
    await eraseConversation(test.store, { channelId, conversationId, userId });
    for (const prefix of ['handoff/', 'handoffClosed/', 'handoffPacket/'])
      expect(await test.store.listRecords(prefix, undefined, 10)).toEqual([]);
    const value = { handoffId: id, agent: agent.agent, text: '계세요?' };
    expect(await agent.does(customer.key, 'handoff.agentMessage', value)).toEqual(['gone']);
    test.nowMs += 15 * minuteMs;
    await test.delivered();
  });

  it('takes the request for opening time with it', async () => {
    test.nowMs = sunday;
    await customer.press({ action: 'handoff.callback' });
    const { channelId, conversationId, userId } = customer;
    await eraseConversation(test.store, { channelId, conversationId, userId });
    for (const prefix of ['callback/', 'handoffPacket/'])
      expect(await test.store.listRecords(prefix, undefined, 10)).toEqual([]);
  });
});
