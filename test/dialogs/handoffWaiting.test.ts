import type { TestAssistant, TestCustomer } from '../assistant';
import type { FakeAgent } from './fakeAgent';
import { ask, handoffScene, minuteMs } from './handoffScene';

let test: TestAssistant;
let agent: FakeAgent;
let customer: TestCustomer;

beforeEach(() => {
  ({ test, agent, customer } = handoffScene());
});

afterEach(() => test.stop());

describe('waiting for a person', () => {
  it('says place and how long it takes lately, as soon as that is known', async () => {
    for (const waitedMinutes of [2, 4, 6]) {
      const other = test.customer();
      await other.say(ask);
      test.nowMs += waitedMinutes * minuteMs;
      await agent.claims(other.key);
    }
    await test.customer().say(ask);
    test.nowMs += 1_000;
    const [called = ''] = await customer.say(ask);
    expect(called).toContain('앞에 1명이 기다리고 있어요.');
    expect(called).toContain('요즘은 보통 4분쯤 기다려요.');
    const [place = ''] = await customer.say('얼마나 더 기다려야 해요?');
    expect(place).toContain('앞에 1명이 기다리고 있어요.');
  });

  it('passes on what is written meanwhile, and says so once in a minute', async () => {
    await customer.say(ask);
    expect(await customer.say('요금이 두 번 나갔어요')).toEqual(['네, 상담원에게 함께 전해 드릴게요.']);
    expect(await customer.say('어제요')).toEqual([]);
    test.nowMs += minuteMs;
    expect(await customer.say('확인 부탁해요')).toEqual(['네, 상담원에게 함께 전해 드릴게요.']);
    expect(await agent.handoffOf(customer.key)).toMatchObject({ lastText: '확인 부탁해요' });
  });

  it.each(['상담원 연결 취소할게요', '취소', '그만', '됐어요', 'stop waiting'])(
    'is given up with: %s',
    async (words) => {
      await customer.say(ask);
      expect((await customer.say(words)).join()).toMatch(/연결을 취소했어요|stopped calling/);
      expect(await agent.open()).toEqual([]);
    },
  );

  it('ends when nobody comes, once, with the numbers to call', async () => {
    await customer.say(ask);
    test.nowMs += 15 * minuteMs;
    await test.delivered();
    const log = await customer.log();
    expect(log.match(/상담원이 모두 바빠서 연결하지 못했어요/g)?.length).toBeGreaterThan(0);
    expect(log).toContain('1588-0010');
    expect(await agent.open()).toEqual([]);
    expect((await customer.say('안녕하세요')).join()).toContain('무엇이 궁금하세요?');
  });

  it('keeps a customer who was claimed in time', async () => {
    await customer.say(ask);
    await agent.claims(customer.key);
    test.nowMs += 15 * minuteMs;
    await test.delivered();
    expect(await customer.log()).not.toContain('바빠서');
    expect(await agent.handoffOf(customer.key)).toMatchObject({ state: 'accepted' });
  });

  it('still answers somebody in danger with who listens', async () => {
    await customer.say(ask);
    expect((await customer.say('죽고 싶어요')).join()).toContain('많이 힘드셨군요');
  });

  it('gives up the check that was under way', async () => {
    await customer.say('내 미납요금이 얼마예요?');
    await customer.say(ask);
    await customer.say('연결 취소');
    expect((await customer.say('네')).join()).not.toContain('인증번호');
  });
});
