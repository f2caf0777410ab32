import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TestAssistant, type TestCustomer } from '../assistant';
import { FakeAgent } from './fakeAgent';
import { ask, handoffScene, minuteMs, monday } from './handoffScene';

let test: TestAssistant;
let agent: FakeAgent;
let customer: TestCustomer;

beforeEach(() => {
  ({ test, agent, customer } = handoffScene());
});

afterEach(() => test.stop());

describe('a conversation with a person', () => {
  it('goes from asking to the rating, and the bot is silent in between', async () => {
    const [called = ''] = await customer.say(ask);
    expect(called).toContain('상담원을 부르고 있어요');
    expect(called).toContain('바로 다음 차례예요.');
    expect(called).toContain('얼마나 걸릴지는 아직 알 수 없어요.');
    expect(await agent.claims(customer.key)).toEqual([
      '상담원 김민지 님이 들어왔어요. 편하게 말씀해 주세요.',
    ]);
    expect(await customer.say('내 미납요금이 얼마예요?')).toEqual([]);
    expect(await customer.say('취소')).toEqual([]);
    expect(await agent.says(customer.key, '네, 확인해 볼게요.')).toEqual(['네, 확인해 볼게요.']);
    const [over = ''] = await agent.resolves(customer.key);
    expect(over).toContain('상담원이 상담을 마쳤어요.');
    expect(over).toContain('상담은 어떠셨어요?');
    expect(await customer.say('4점이요')).toEqual([
      '알려 주셔서 고마워요. 더 궁금한 게 있으면 편하게 물어보세요.',
    ]);
    expect((await customer.say('연체료가 붙나요?')).join()).toContain('연체료');
  });

  it('in English', async () => {
    const guest = test.customer({ locale: 'en-US' });
    expect((await guest.say('I want to talk to an agent')).join()).toContain('I am calling an agent');
    expect(await agent.claims(guest.key)).toEqual(['김민지 has joined the chat. Please go ahead.']);
    expect((await guest.say('end chat')).join()).toContain('How was the chat?');
    expect((await guest.say('5')).join()).toContain('Thank you');
  });

  it('ends when the customer says so', async () => {
    await customer.say(ask);
    await agent.claims(customer.key);
    expect((await customer.say('이제 그만할게요')).join()).toContain('네, 상담을 마쳤어요.');
    expect(await agent.open()).toEqual([]);
    expect((await customer.say('안녕하세요')).join()).toContain('무엇이 궁금하세요?');
  });

  it('goes back to the bot with a summary', async () => {
    await customer.say(ask);
    await agent.claims(customer.key);
    const { id } = await agent.handoffOf(customer.key);
    const summary = '납부일을 25일로 바꿨어요.';
    const [back = ''] = await agent.does(customer.key, 'handoff.return', { handoffId: id, summary });
    expect(back).toContain('이제 제가 이어서 도와드릴게요.');
    expect(back).toContain('상담원이 남긴 말: 납부일을 25일로 바꿨어요.');
  });

  it('is passed on to another agent, or back into the queue', async () => {
    await customer.say(ask);
    await agent.claims(customer.key);
    const other = new FakeAgent(test, '박도윤');
    const { id } = await agent.handoffOf(customer.key);
    const by = agent.agent;
    expect(
      await agent.does(customer.key, 'handoff.transfer', { handoffId: id, by, to: { agent: other.agent } }),
    ).toEqual(['이제 상담원 박도윤 님이 이어서 도와드려요.']);
    expect(await agent.says(customer.key, '제가 할게요')).toEqual([]);
    expect(await other.says(customer.key, '안녕하세요')).toEqual(['안녕하세요']);
    expect(
      await other.does(customer.key, 'handoff.transfer', { handoffId: id, to: { skill: 'care' } }),
    ).toEqual(['다른 상담원에게 넘겨 드릴게요. 잠시만 기다려 주세요.']);
    expect(await agent.handoffOf(customer.key)).toMatchObject({ state: 'requested', skill: 'care', wait: 2 });
    test.nowMs += 15 * minuteMs;
    await test.delivered();
    expect(await agent.open()).toEqual([]);
    expect(await customer.log()).toContain('지금은 상담원이 모두 바빠서');
  });

  it('says once and plainly what an agent wrote, whatever is in it', async () => {
    await customer.say(ask);
    await agent.claims(customer.key);
    const text = '<img src=x onerror=alert(1)> 900101-1234567';
    await agent.says(customer.key, text, 'same');
    await agent.says(customer.key, text, 'same');
    const log = await test.store.readLog(customer.key, 0, 100);
    const said = log.filter(({ activity }) => JSON.stringify(activity.channelData ?? {}).includes('김민지'));
    expect(said).toHaveLength(1);
    expect(said[0]?.activity).toMatchObject({ textFormat: 'plain', from: { role: 'bot' } });
    expect(said[0]?.activity.text).toContain('<img src=x onerror=alert(1)>');
    expect(JSON.stringify(said)).not.toContain('1234567');
  });

  it('tells our own page, and no other, for whom an answer is when the assistant says something meanwhile', async () => {
    const marks = async (guest: TestCustomer) => {
      await guest.say('안녕하세요');
      await guest.say(ask);
      await agent.claims(guest.key);
      await agent.resolves(guest.key);
      const log = await test.store.readLog(guest.key, 0, 100);
      const said = log.filter(({ activity }) => Object(activity.from).role === 'bot');
      return said.map(({ activity }) => Object(Object(activity.channelData).handoff).state);
    };
    expect(await marks(customer)).toEqual([undefined, 'requested', 'accepted', undefined]);
    expect(await marks(test.customer({ channelId: 'slack' }))).toEqual(Array(4).fill(undefined));
  });

  it('does not take files or old buttons for something that reaches the agent', async () => {
    await customer.say(ask);
    await agent.claims(customer.key);
    const replies = await customer.send({ type: 'message', attachmentNames: ['bill.png'] });
    expect(JSON.stringify(replies)).toContain('사진이나 파일은 상담원에게 전해지지 않아요.');
    expect((await customer.press({ action: 'unpaidBalance.pay' })).join()).toContain("'상담 종료'");
  });

  it('survives a restart in the middle, and misses nothing', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'handoff-'));
    const file = path.join(folder, 'assistant.db');
    try {
      const before = new TestAssistant({ nowMs: monday, file });
      const asking = before.customer();
      await asking.say(ask);
      await new FakeAgent(before).claims(asking.key);
      await before.stop();
      const after = new TestAssistant({ nowMs: monday + minuteMs, file });
      await after.assistant.start();
      const again = after.customer({ conversationId: asking.conversationId });
      const agentAgain = new FakeAgent(after);
      expect(await again.say('아직 계세요?')).toEqual([]);
      expect(await agentAgain.handoffOf(again.key)).toMatchObject({
        state: 'accepted',
        lastText: '아직 계세요?',
      });
      expect(await agentAgain.says(again.key, '네, 있어요.')).toEqual(['네, 있어요.']);
      await after.stop();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
