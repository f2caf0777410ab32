import { z } from 'zod';
import { createSystemEventSink } from '../../bot/systemEvents';
import { TestAssistant } from '../assistant';
import { FakeAgent } from '../dialogs/fakeAgent';

const monday = Date.parse('2026-11-23T10:00:00+09:00');
let test: TestAssistant;

beforeEach(() => {
  test = new TestAssistant({ nowMs: monday });
});

afterEach(() => test.stop());

describe('an event of our own', () => {
  it('has one effect however often it comes, and says the same each time', async () => {
    const customer = test.customer();
    await customer.say('상담원 연결해줘');
    const agent = new FakeAgent(test);
    const { id } = await agent.handoffOf(customer.key);
    const claim = () =>
      agent.does(customer.key, 'handoff.claim', { handoffId: id, agent: agent.agent }, 'the same');
    const [first, second] = await Promise.all([claim(), claim()]);
    expect(first).toEqual(['상담원 김민지 님이 들어왔어요. 편하게 말씀해 주세요.']);
    expect(second).toEqual(first);
    expect(await customer.log()).toEqual(expect.not.stringMatching(/들어왔어요.*들어왔어요.*들어왔어요/));
  });

  it('cannot be made by a customer, whatever the event is called and carries', async () => {
    const customer = test.customer();
    await customer.say('상담원 연결해줘');
    const agent = new FakeAgent(test);
    const { id } = await agent.handoffOf(customer.key);
    const value = { handoffId: id, agent: { id: 'me', name: '나' }, system: true, systemKey: 'x' };
    for (const name of ['handoff.claim', 'handoff.resolve', 'handoff.timeout', 'reminder.due'])
      expect(await customer.send({ type: 'event', name, value, channelData: { system: true } })).toEqual([]);
    expect(await agent.handoffOf(customer.key)).toMatchObject({ state: 'requested' });
  });

  it('is not the same as what a customer sends under its key', async () => {
    const customer = test.customer();
    await customer.say('상담원 연결해줘');
    const agent = new FakeAgent(test);
    const { id } = await agent.handoffOf(customer.key);
    await customer.send({
      type: 'message',
      text: '여보세요',
      id: 'k',
      channelData: { clientActivityID: 'k' },
    });
    expect(
      await agent.does(customer.key, 'handoff.claim', { handoffId: id, agent: agent.agent }, 'k'),
    ).toHaveLength(1);
  });

  it('of no conversation, or of an erased one, is gone', async () => {
    const { events } = test.assistant;
    const event = { name: 'handoff.resolve', value: { handoffId: 'h' }, key: 'k' };
    expect(await events.submit('directline/nobody', event)).toEqual({ status: 'gone' });
    const customer = test.customer();
    await customer.say('안녕하세요');
    await test.store.eraseConversation({ conversationKey: customer.key, recordKeys: [], outboxKeys: [] });
    expect(await events.submit(customer.key, event)).toEqual({ status: 'gone' });
  });

  it('that nobody knows says nothing', async () => {
    const customer = test.customer();
    await customer.say('안녕하세요');
    const result = await test.assistant.events.submit(customer.key, {
      name: 'nobody.knows',
      value: null,
      key: 'k',
    });
    expect(result).toEqual({ status: 'done', replies: [] });
  });

  it('goes to the Connector where the customer came from there, in order, as an answer to nothing', async () => {
    const posted: unknown[] = [];
    const teams = new TestAssistant({
      nowMs: monday,
      sinks: {
        connector: async (payload) => {
          const { conversationKey, ticket } = z
            .object({ conversationKey: z.string(), ticket: z.number() })
            .parse(payload);
          for (const { activity } of await teams.store.repliesOf(conversationKey, ticket))
            posted.push(activity);
        },
      },
    });
    const customer = teams.customer({ channelId: 'msteams' });
    const serviceUrl = 'https://smba.trafficmanager.net/kr/';
    const { conversationId, userId } = customer;
    const asked = await teams.assistant.intake.submit({
      channelId: 'msteams',
      conversationId,
      userId,
      activity: {
        type: 'message',
        text: '상담원 연결해줘',
        from: { id: userId },
        recipient: { id: '28:bot', name: 'Bill Guide' },
        conversation: { id: conversationId },
        serviceUrl,
      },
      echo: true,
      delivery: 'connector',
    });
    await asked.replies();
    const agent = new FakeAgent(teams);
    await agent.claims(customer.key);
    await agent.says(customer.key, '안녕하세요');
    await teams.delivered();
    await teams.assistant.outbox.settled();
    expect(posted).toHaveLength(3);
    const [called, , said] = posted;
    expect(called).toHaveProperty('replyToId');
    expect(said).toMatchObject({
      text: '안녕하세요',
      from: { id: '28:bot' },
      channelData: { handoff: { agent: '김민지' } },
    });
    expect(said).not.toHaveProperty('replyToId');
    const head = await teams.store.getConversation(customer.key);
    expect(head?.reference).toMatchObject({ serviceUrl, bot: { id: '28:bot' } });
    await teams.stop();
  });
});

describe('an event for later', () => {
  it('carries name and value, and its entry key as its own', async () => {
    const submitted: unknown[] = [];
    const sink = createSystemEventSink(() => ({
      submit: async (conversation, event) => {
        submitted.push({ conversation, ...event });
        return { status: 'gone' };
      },
    }));
    await sink({ conversationKey: 'directline/c', name: 'a.b', value: { n: 1 } }, 'entry');
    expect(submitted).toEqual([{ conversation: 'directline/c', key: 'entry', name: 'a.b', value: { n: 1 } }]);
    await expect(sink({ name: 'a.b' }, 'entry')).rejects.toThrow();
  });
});
