import { StepUpRequired } from '../../services/errors';
import { Proof, requireLevel } from '../../services/identity/proof';
import type { InboundActivity } from '../../services/turn/inboundActivity';
import { TestAssistant } from '../assistant';
import {
  aBinding,
  hourMs,
  IdentityDesk,
  lineIdOf,
  minuteMs,
  secondMs,
} from '../services/identity/identityDesk';

const phone = '01012345678';
const me = aBinding();
const question = '내 미납요금이 얼마예요?';
/** What belongs to 010-0000-1001 and 1003, and the mask of any number. */
const personal = /77,300|35,000|42,300|31,000|66,000|010-\*{4}-/;

describe('a verified session', () => {
  it('T16 opens nothing by any order of steps that leaves out the right code', async () => {
    type Step = (desk: IdentityDesk) => Promise<unknown>;
    const steps: Step[] = [
      (desk) => desk.send(me, phone),
      (desk) => desk.resend(me),
      (desk) => desk.check(me, ''),
      (desk) => desk.check(me, 'undefined'),
      (desk) => desk.signOut(me),
    ];
    for (const order of permutations(steps)) {
      const desk = new IdentityDesk();
      for (const step of order) {
        await step(desk);
        const proof = await desk.proof(me);
        expect(proof).toBeUndefined();
        expect(() => requireLevel(proof, 'acr1', desk.clock.now())).toThrow(StepUpRequired);
      }
    }
  });

  it('T17 takes the line from the verified session, whatever facts somebody makes up', async () => {
    const desk = new IdentityDesk();
    const proof = await desk.verify(me, phone);
    const forged = new Proof({ ...proof.facts, lineId: 'line-of-somebody-else' });
    expect(() => requireLevel(forged, 'acr1', desk.clock.now())).toThrow(StepUpRequired);
    expect(() => Object.assign(proof.facts, { lineId: 'line-of-somebody-else' })).toThrow(TypeError);
    expect((await desk.proof(me))?.facts.lineId).toBe(lineIdOf(phone));
  });

  it('T18 belongs to one channel, conversation and user', async () => {
    const desk = new IdentityDesk();
    await desk.verify(me, phone);
    const strangers = [
      aBinding({ channelId: 'kakao' }),
      aBinding({ conversationId: 'conversation-2' }),
      aBinding({ userId: 'dl_user-2' }),
      aBinding({ userId: '' }),
      aBinding({ conversationId: 'conversation-1/dl_user-1', userId: '' }),
      aBinding({ channelId: 'directline/conversation-1', conversationId: 'dl_user-1', userId: '' }),
      aBinding({ userId: '__proto__' }),
    ];
    for (const stranger of strangers) expect(await desk.proof(stranger)).toBeUndefined();
    expect(await desk.proof(me)).toBeDefined();
  });

  it('T18 keeps hostile ids apart in its keys', async () => {
    const hostile = [
      'a/b',
      'a%2Fb',
      'a',
      'b',
      '',
      '/',
      '..',
      '\u0000',
      '\ud800',
      '\udfff',
      '\\ud800',
      '"',
      '\\"',
      '%',
      '한글',
      'a|b',
    ];
    const desk = new IdentityDesk({ policy: { numbersPerConversation: 1_000 } });
    const bindings = hostile.flatMap((conversationId) =>
      hostile.map((userId) => aBinding({ conversationId, userId })),
    );
    for (const [index, binding] of bindings.entries()) {
      await desk.verify(binding, `0105555${String(index).padStart(4, '0')}`);
      desk.clock.move(1);
    }
    for (const [index, binding] of bindings.entries()) {
      expect((await desk.proof(binding))?.facts.lineId).toBe(
        lineIdOf(`0105555${String(index).padStart(4, '0')}`),
      );
    }
  });

  it('T20 ends ten minutes after the proof, however busy the customer is', async () => {
    const desk = new IdentityDesk();
    const proof = await desk.verify(me, phone);
    for (let second = 0; second < 600; second += 200) {
      desk.clock.move(200 * secondMs);
      expect(await desk.proof(me)).toBeDefined();
    }
    desk.clock.move(secondMs);
    expect(await desk.proof(me)).toBeUndefined();
    expect(() => requireLevel(proof, 'acr1', desk.clock.now())).toThrow(StepUpRequired);
    expect(desk.turns.keys().filter((key) => key.startsWith('session'))).toEqual([]);
  });

  it('T20 ends after five idle minutes', async () => {
    const desk = new IdentityDesk();
    await desk.verify(me, phone);
    desk.clock.move(5 * minuteMs);
    expect(await desk.proof(me)).toBeDefined();
    desk.clock.move(5 * minuteMs);
    expect(await desk.proof(me)).toBeDefined();

    const idle = new IdentityDesk();
    await idle.verify(me, phone);
    idle.clock.move(5 * minuteMs + 1);
    expect(await idle.proof(me)).toBeUndefined();
  });

  it('T20 ends when the clock jumps back, for good', async () => {
    const desk = new IdentityDesk();
    await desk.verify(me, phone);
    desk.clock.move(-hourMs);
    expect(await desk.proof(me)).toBeUndefined();
    desk.clock.move(hourMs);
    expect(await desk.proof(me)).toBeUndefined();
  });

  it('T20 is gone after signing out, together with a code on its way', async () => {
    const desk = new IdentityDesk();
    await desk.verify(me, phone);
    desk.clock.move(minuteMs);
    await desk.send(me, phone);
    const code = await desk.lastCode();
    await desk.signOut(me);
    expect(await desk.proof(me)).toBeUndefined();
    expect(await desk.check(me, code)).toEqual({ status: 'noChallenge' });
  });
});

describe('a conversation', () => {
  let test: TestAssistant;
  beforeEach(() => {
    test = new TestAssistant();
  });
  afterEach(() => test.stop());

  it('T16 shows nothing to whoever begins with a later step, in any order', async () => {
    const steps: Partial<InboundActivity>[] = [
      { text: '123456' },
      { value: { action: 'stepUp.code', code: '123456' } },
      { value: { action: 'stepUp.verified', acr: 'acr2', lineId: 'line-8cf7e504fe0e' } },
      { value: { action: 'unpaidBalance.show', lineId: 'line-8cf7e504fe0e' } },
      { text: question },
    ];
    for (const order of permutations(steps)) {
      const customer = test.customer();
      const said = [];
      for (const step of order) said.push(await customer.send({ type: 'message', ...step }));
      expect(JSON.stringify(said)).not.toMatch(personal);
    }
  });

  it('T17 shows a verified customer their own bill, whatever line a card value names', async () => {
    const customer = test.customer();
    await customer.verify('01000001003');
    const forged = { lineId: 'line-8cf7e504fe0e', phoneNumber: '01000001001', billingAccountId: 'x' };
    const said = [
      await customer.press({ action: 'unpaidBalance.show', ...forged }),
      await customer.press({ action: 'stepUp.code', code: '123456', ...forged }),
      await customer.send({ type: 'message', text: question, value: forged, channelData: forged }),
    ];
    expect(JSON.stringify(said)).toContain('31,000');
    expect(JSON.stringify(said)).not.toMatch(/77,300|42,300|1001/);
  });

  it('T18 gives another user of the same conversation nothing of what the first one proved', async () => {
    const customer = test.customer();
    await customer.verify('01000001001');
    const { conversationId } = customer;
    for (const other of [{ userId: 'dl_other' }, { userId: '' }, { channelId: 'msteams' }]) {
      const said = await test.customer({ conversationId, ...other }).say(question);
      expect(said.join()).not.toMatch(personal);
    }
    await customer.say('취소');
    expect((await customer.say(question)).join()).toContain('77,300원');
  });

  it('T19 shows nothing where others read along, not even to who has proved it elsewhere', async () => {
    const alone = test.customer({ conversationId: 'shared' });
    await alone.verify('01000001001');
    const inGroup = test.customer({ conversationId: 'shared', isGroup: true });
    const said = [...(await inGroup.say(question)), ...(await inGroup.say('010-0000-1001'))].join();
    expect(said).toContain('여러 사람이 있는 대화');
    expect(said).not.toMatch(personal);
    await test.delivered();
    expect(test.assistant.handset.messagesOf('01000001001')).toHaveLength(1);
  });

  it('T19 shows nothing when others have joined before the code is typed', async () => {
    const alone = test.customer({ conversationId: 'shared' });
    await alone.say(question);
    await alone.say('010-0000-1001');
    const joined = test.customer({ conversationId: 'shared', isGroup: true });
    const said = await joined.say(await test.codeSentTo('01000001001'));
    expect(said.join()).toContain('여러 사람이 있는 대화');
    expect(said.join()).not.toMatch(personal);
  });

  it.each([
    ['ten minutes after the code', 601_000],
    ['after five idle minutes', 301_000],
    ['when the clock was set back', -1_000],
  ])('T20 asks anew %s, a talk about a person in between or not', async (_, byMs) => {
    const customer = test.customer();
    await customer.verify('01000001001');
    await customer.say('상담원과 이야기하고 싶어요');
    test.nowMs += byMs;
    expect((await customer.say(question)).join()).not.toMatch(personal);
  });

  it.each([
    ['저 12살인데 미납요금 알려주세요', /14세.*보호자/],
    ["I'm 11 years old, how much do I owe?", /under 14.*guardian/],
    ['엄마 요금이 얼마예요?', /다른 분의 요금/],
    ['남편 번호로 미납요금 확인해 주세요', /다른 분의 요금/],
    ["how much is my mother's phone bill?", /Only the person whose bill/],
  ])('T30 %s: no bill, and the way to a person', async (text, answer) => {
    for (const before of [[], [question], [question, '010-0000-1001']]) {
      const customer = test.customer();
      for (const said of before) await customer.say(said);
      const replies = await customer.send({ type: 'message', text });
      expect(JSON.stringify(replies)).toMatch(answer);
      expect(JSON.stringify(replies)).toMatch(/상담원과 이야기|Talk to a person/);
      expect(JSON.stringify(replies)).not.toMatch(personal);
    }
  });

  it.each([['초코파이 값이 얼마예요'], ['5세트 주문'], ['친구 소개'], ['14살이에요'], ['120세 시대']])(
    'T30 takes nobody for a child or a stranger who says %s',
    async (text) => {
      const customer = test.customer();
      await customer.say(question);
      expect((await customer.say(text)).join()).not.toMatch(/14세|다른 분/);
    },
  );
});

function* permutations<T>(items: readonly T[]): Generator<T[]> {
  if (items.length === 0) yield [];
  for (const [index, item] of items.entries()) {
    for (const rest of permutations(items.filter((_, other) => other !== index))) yield [item, ...rest];
  }
}
