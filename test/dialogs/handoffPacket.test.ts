import { packetKey } from '../../services/handoff/handoff';
import { suggestions, type TestAssistant, type TestCustomer } from '../assistant';
import type { FakeAgent } from './fakeAgent';
import { ask, handoffScene, minuteMs, monday } from './handoffScene';

let test: TestAssistant;
let agent: FakeAgent;
let customer: TestCustomer;

beforeEach(() => {
  ({ test, agent, customer } = handoffScene());
});

afterEach(() => test.stop());

describe('reasons and packet', () => {
  const reasonAfter = async (...messages: string[]) => {
    for (const text of messages) await customer.say(text);
    await customer.say(ask);
    return (await agent.handoffOf(customer.key)).reason;
  };

  it('knows why: asked, not understood, upset, worn out, a topic for people', async () => {
    expect(await reasonAfter()).toBe('asked');
    customer = test.customer();
    expect(await reasonAfter('ㅁㄴㅇㄹ', 'ㅂㅈㄷㄱ', 'ㅋㅌㅊㅍ')).toBe('notUnderstood');
    customer = test.customer();
    expect(await reasonAfter('짜증나네 진짜')).toBe('upset');
    customer = test.customer();
    expect(await reasonAfter('너무 힘들어요')).toBe('distress');
    customer = test.customer();
    expect(await reasonAfter('요금을 안 내면 정지되나요?')).toBe('topic');
  });

  it('offers a person after three messages that were not understood; a yes calls one', async () => {
    await customer.say('ㅁㄴㅇㄹ');
    await customer.say('ㅂㅈㄷㄱ');
    expect((await customer.say('ㅋㅌㅊㅍ')).join()).toContain('이 채팅에서 상담원을 연결해 드릴게요');
    expect((await customer.say('네')).join()).toContain('상담원을 부르고 있어요');
  });

  it('offers a person first where a topic is marked so', async () => {
    const replies = await customer.send({ type: 'message', text: '요금을 안 내면 정지되나요?' });
    expect(suggestions(replies)[0]).toBe('상담원과 이야기');
  });

  it('says that the check failed', async () => {
    await customer.say('내 미납요금이 얼마예요?');
    await customer.say('아니요');
    await customer.say(ask);
    expect(await agent.handoffOf(customer.key)).toMatchObject({
      reason: 'verificationFailed',
      skill: 'identity',
    });
  });

  it('hands over a verified balance with its time, and neither code nor number', async () => {
    await customer.verify('01000001001');
    test.nowMs += minuteMs;
    await customer.say(ask);
    const { id } = await agent.handoffOf(customer.key);
    const packet = await agent.packetOf(id);
    expect(packet.verification).toMatchObject({
      level: 'acr1',
      verifiedAtMs: monday,
      maskedLine: '010-****-1001',
    });
    expect(packet.balance?.totalKrw).toBe(77_300);
    expect(packet.balance?.asOfMs).toBe(monday + minuteMs);
    expect(packet.balance?.bills.map(({ amountKrw }) => amountKrw)).toEqual([35_000, 42_300]);
    expect(packet.saidByBot.join()).toContain('77,300원');
    const code = await test.codeSentTo('01000001001');
    const text = JSON.stringify(packet);
    expect(text).not.toContain(code);
    expect(text).not.toMatch(/010-?0000-?1001/);
    expect(await customer.log()).not.toContain('handoff.initiate');
    const { value } = await test.store.readRecord(packetKey(id));
    expect(JSON.stringify(value)).not.toMatch(/77,?300|1001|totalKrw/);
  });

  it('holds no amount once the proof is too old, not even one that was told before', async () => {
    await customer.verify('01000001001');
    test.nowMs += 11 * minuteMs;
    await customer.say(ask);
    const { id } = await agent.handoffOf(customer.key);
    const packet = await agent.packetOf(id);
    expect(packet).toMatchObject({ verification: { level: 'acr0' } });
    expect(packet.balance).toBeUndefined();
    expect(JSON.stringify(packet)).not.toMatch(/77,300|35,000|42,300/);
    expect(packet.transcript.length).toBeGreaterThan(3);
  });
});
