import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eraseConversation } from '../../bot/conversationErasure';
import { packetKey } from '../../services/handoff/handoff';
import { suggestions, TestAssistant, type TestCustomer } from '../assistant';
import { FakeAgent } from './fakeAgent';

const monday = Date.parse('2026-11-23T10:00:00+09:00');
const minuteMs = 60_000;
const ask = '상담원 연결해줘';

let test: TestAssistant;
let agent: FakeAgent;
let customer: TestCustomer;

beforeEach(() => {
  test = new TestAssistant({ nowMs: monday });
  agent = new FakeAgent(test);
  customer = test.customer();
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

describe('outside opening hours', () => {
  beforeEach(() => {
    test.nowMs = Date.parse('2026-11-22T17:20:00+09:00');
  });

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
    test.nowMs = Date.parse('2026-11-22T17:20:00+09:00');
    await customer.press({ action: 'handoff.callback' });
    const { channelId, conversationId, userId } = customer;
    await eraseConversation(test.store, { channelId, conversationId, userId });
    for (const prefix of ['callback/', 'handoffPacket/'])
      expect(await test.store.listRecords(prefix, undefined, 10)).toEqual([]);
  });
});

describe('the rating', () => {
  it('counts once, is kept without anything personal, and only for who was helped', async () => {
    await customer.say(ask);
    const { id } = await agent.handoffOf(customer.key);
    await agent.claims(customer.key);
    await agent.resolves(customer.key);
    const button = { action: 'handoff.rate', handoff: id, stars: '5' };
    const stranger = test.customer();
    expect((await stranger.press(button)).join()).toContain('이미 점수를');
    expect((await customer.press(button)).join()).toContain('고마워요');
    expect((await customer.press({ ...button, stars: '1' })).join()).toContain('이미 점수를 남겨 주셨어요');
    const closed = await test.store.listRecords('handoffClosed/', undefined, 10);
    expect(closed.map(({ value }) => value)).toMatchObject([{ id, rating: 5, ending: 'resolved' }]);
    const rows = await Promise.all(
      Array.from({ length: 16 }, (_, at) => test.store.readJournal(`handoff/${at}`, 0, 100)),
    );
    const rated = rows.flat().filter(({ body }) => JSON.stringify(body).includes('"rated"'));
    expect(rated.map(({ body }) => body)).toEqual([
      { kind: 'rated', stars: 5, reason: 'asked', skill: 'billing', handoff: id },
    ]);
  });

  it('is understood when a channel without buttons has it typed', async () => {
    const phone = test.customer({ channelId: 'sms' });
    await phone.say(ask);
    await agent.claims(phone.key);
    expect((await phone.say('상담 종료')).join()).toContain("'5점 아주 좋았어요'");
    expect((await phone.say('5점 아주 좋았어요')).join()).toContain('알려 주셔서 고마워요');
  });

  it('leaves a number alone that answers something else', async () => {
    await customer.say(ask);
    await agent.claims(customer.key);
    await agent.resolves(customer.key);
    await customer.say('안녕하세요');
    expect((await customer.say('3')).join()).not.toContain('알려 주셔서');
  });
});
