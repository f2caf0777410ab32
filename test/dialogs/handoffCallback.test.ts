import type { TestAssistant, TestCustomer } from '../assistant';
import type { FakeAgent } from './fakeAgent';
import { ask, handoffScene, sunday } from './handoffScene';

let test: TestAssistant;
let agent: FakeAgent;
let customer: TestCustomer;

beforeEach(() => {
  ({ test, agent, customer } = handoffScene(sunday));
});

afterEach(() => test.stop());

describe('outside opening hours', () => {
  it('says when people are there next, and keeps a request until then', async () => {
    const [closed = ''] = await customer.say(ask);
    expect(closed).toContain('내일 오전 9시');
    expect(await agent.open()).toEqual([]);
    expect((await customer.say('네')).join()).toContain('네, 남겨 두었어요. 내일 오전 9시부터');
    expect((await customer.say(ask)).join()).toContain('이미 남겨 두셨어요.');
    expect((await customer.say('연체료가 붙나요?')).join()).toContain('연체료');
    test.nowMs = Date.parse('2026-11-23T09:00:00+09:00');
    await test.delivered();
    expect(await customer.log()).toContain('상담 시간이 되어 상담원을 부르고 있어요.');
    expect(await agent.handoffOf(customer.key)).toMatchObject({ callback: true, state: 'requested' });
    expect(await agent.claims(customer.key)).toHaveLength(1);
  });

  it('counts substitute holidays: nobody is there on Monday, 1 March 2027', async () => {
    test.nowMs = Date.parse('2027-02-27T12:00:00+09:00');
    expect((await customer.say(ask)).join()).toContain('화요일 오전 9시');
  });

  it('drops the request again', async () => {
    await customer.say(ask);
    await customer.press({ action: 'handoff.callback' });
    expect((await customer.say('남긴 상담 요청 취소할게요')).join()).toContain('상담 요청을 취소했어요');
    test.nowMs = Date.parse('2026-11-23T09:00:00+09:00');
    await test.delivered();
    expect(await agent.open()).toEqual([]);
  });
});
