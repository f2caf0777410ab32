import { suggestions, TestAssistant } from '../assistant';
import { converse } from './conversationTable';

let test: TestAssistant;
beforeEach(() => {
  test = new TestAssistant();
});
afterEach(() => test.stop());

const minute = 60_000;
const both = '얼마인지 보고 상담원도 연결해줘';
const three = '내 요금 얼마인지 알려주고 어디서 내는지도 알려주고 상담원 연결해줘';
const count = (all: readonly string[], part: string) => all.join('\n').split(part).length - 1;

describe('two requests in one message', () => {
  it('are answered in order', async () => {
    const replies = await test.customer().say('연체료 얼마고 어디서 내요?');
    expect(replies).toEqual([
      expect.stringContaining('연체료가 궁금할 때'),
      expect.stringMatching(/요금 내는 방법\n함께 물어보신 것도 알려 드릴게요/),
    ]);
  });

  it('of which the first needs a check: the second comes once, after it is done', async () => {
    const customer = test.customer();
    const before = await converse(customer, [
      [both, '휴대폰 번호를 적어 주세요'],
      ['본인 확인은 왜 하나요?', '이어서 할게요'],
      ['010-0000-1001', '인증번호'],
    ]);
    expect(count(before, '사람과 이야기하려면')).toBe(0);
    const done = await customer.say(await test.codeSentTo('01000001001'));
    expect(done).toEqual([
      expect.stringContaining('77,300원'),
      expect.stringContaining('사람과 이야기하려면'),
    ]);
    expect(
      count(await converse(customer, [['연체료가 붙나요?', '연체료가 붙어요']]), '사람과 이야기하려면'),
    ).toBe(0);
  });

  it.each([['취소'], ['아니요'], ['금액 말고 방법']])(
    'of which the first is given up by %s: the second is answered all the same',
    async (givenUp) => {
      const customer = test.customer();
      await customer.say(both);
      expect(count(await customer.say(givenUp), '함께 물어보신 것도')).toBe(1);
      expect(count(await customer.say('취소'), '함께 물어보신 것도')).toBe(0);
    },
  );

  it('are not answered twice when the second is asked again on the way', async () => {
    const customer = test.customer();
    await customer.say(both);
    expect((await customer.say('상담원과 이야기하고 싶어요')).join()).toContain('사람과 이야기하려면');
    await customer.say('010-0000-1001');
    const done = await customer.say(await test.codeSentTo('01000001001'));
    expect(count(done, '사람과 이야기하려면')).toBe(0);
  });

  it('of which the second needs a check: it begins after the first', async () => {
    const customer = test.customer();
    const replies = await customer.say('연체료 얼마고 내 요금은 얼마인지 보여줘');
    expect(replies).toEqual([
      expect.stringContaining('연체료가 궁금할 때'),
      expect.stringContaining('휴대폰 번호를 적어 주세요'),
    ]);
    await customer.say('010-0000-1001');
    expect((await customer.say(await test.codeSentTo('01000001001'))).join()).toContain('77,300원');
  });

  it('in the middle of a check are both answered before it goes on', async () => {
    const customer = test.customer();
    await customer.say('내 미납요금이 얼마예요?');
    expect(await customer.say('연체료 얼마고 어디서 내요?')).toEqual([
      expect.stringContaining('연체료가 궁금할 때'),
      expect.stringContaining('요금 내는 방법'),
      expect.stringContaining('이어서 할게요'),
    ]);
  });

  it('are forgotten with the check that nobody came back to, and at a goodbye', async () => {
    const customer = test.customer();
    await customer.say(both);
    test.nowMs += 40 * minute;
    expect(count(await customer.say('연체료가 붙나요?'), '사람과 이야기하려면')).toBe(0);
    await customer.say(both);
    expect(await customer.say('안녕히 계세요')).toHaveLength(1);
  });

  it('are understood in English', async () => {
    const customer = test.customer();
    await customer.say('tell me my balance and connect me to someone');
    await customer.say('010-0000-1001');
    const done = await customer.say(await test.codeSentTo('01000001001'));
    expect(done).toEqual([
      expect.stringContaining('77,300 won'),
      expect.stringContaining('Here is the other thing you asked'),
    ]);
  });
});

describe('three requests in one message', () => {
  it('are answered but for the last, which is a button', async () => {
    const customer = test.customer();
    await customer.say(three);
    await customer.say('010-0000-1001');
    const done = await customer.send({ type: 'message', text: await test.codeSentTo('01000001001') });
    expect(done).toHaveLength(3);
    expect(suggestions(done)).toEqual(['상담원과 이야기']);
    expect((await customer.say('네')).join()).toContain('사람과 이야기하려면');
  });

  it('without a check come at once, the button last', async () => {
    const customer = test.customer();
    const replies = await customer.send({
      type: 'message',
      text: '연체료 있나요, 정지는 언제 되나요, 상담원 연결해 주세요',
    });
    expect(replies).toHaveLength(3);
    expect(suggestions(replies)).toEqual(['상담원과 이야기']);
  });
});
