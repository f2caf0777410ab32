import { suggestions, TestAssistant, words } from '../assistant';
import { converse, recognizerThatReads } from './conversationTable';

const unclear = '그 뭐냐 그거 좀';
const readings = {
  [unclear]: { decision: 'unsure', topics: ['late_fee', 'suspension', 'pay_methods', 'check_app'] },
  '그 뭐냐, 그거 좀요!': {
    decision: 'unsure',
    topics: ['late_fee', 'suspension', 'pay_methods', 'check_app'],
  },
  아무거나: { decision: 'unsure', topics: ['greeting', 'out_of_scope', 'due_alerts'] },
} as const;

let test: TestAssistant;
beforeEach(() => {
  test = new TestAssistant({ recognizer: recognizerThatReads(readings) });
});
afterEach(() => test.stop());

const send = (customer: ReturnType<TestAssistant['customer']>, text: string) =>
  customer.send({ type: 'message', text });

describe('a message that could mean several things', () => {
  it('is asked back about, with the likeliest as buttons', async () => {
    const replies = await send(test.customer(), unclear);
    expect(words(replies)).toEqual(["혹시 '연체료', '이용 정지', '내는 방법' 중에 찾으시는 게 있을까요?"]);
    expect(suggestions(replies)).toEqual(['연체료', '이용 정지', '내는 방법']);
  });

  it('with one likely meaning is asked so, and yes means it', async () => {
    const customer = test.customer();
    const replies = await send(customer, '아무거나');
    expect(words(replies)).toEqual(["혹시 '요금 알림' 말씀이세요?"]);
    expect((await customer.say('네')).join()).toContain('납부 기한을 놓치지 않으려면');
  });

  it.each([
    ['이용 정지'],
    ['요금을 안 내면 정지되나요?'],
    ['두 번째 거'],
    ['2번'],
    ['둘째요'],
    ['the second one'],
  ])('is settled by %s, and not asked about again in this conversation', async (choice) => {
    const customer = test.customer();
    await customer.say(unclear);
    expect((await customer.say(choice)).join()).toMatch(/이용 정지가 걱정될 때|worried about suspension/);
    await customer.say('안녕하세요');
    expect((await customer.say(unclear)).join()).toContain('이용 정지가 걱정될 때');
    expect((await customer.say('그 뭐냐, 그거 좀요!')).join()).toContain('이용 정지가 걱정될 때');
    expect((await test.customer().say(unclear)).join()).toContain('혹시');
  });

  it('is asked about with the next-best after a no, then no more', async () => {
    const customer = test.customer();
    await customer.say(unclear);
    const next = await send(customer, '아니요');
    expect(words(next)).toEqual(["네, 그럼 다시 여쭤볼게요. 혹시 '앱으로 보기' 말씀이세요?"]);
    const help = await send(customer, '아니');
    expect(words(help)).toEqual([expect.stringContaining('제가 잘못 짚었네요')]);
    expect(suggestions(help)).toHaveLength(4);
    expect(await customer.say(unclear)).toEqual([expect.stringContaining('아까도 여쭤봤는데')]);
  });

  it('stays open after a number that no button has', async () => {
    const customer = test.customer();
    await customer.say(unclear);
    const replies = await send(customer, '9번');
    expect(words(replies)).toEqual([expect.stringContaining('그 번호의 버튼은 없어요')]);
    expect(suggestions(replies)).toEqual(['연체료', '이용 정지', '내는 방법']);
    expect((await customer.say('마지막 거')).join()).toContain('요금 내는 방법');
  });

  it('leads to a person at the third time in a row', async () => {
    const customer = test.customer();
    await customer.say(unclear);
    await customer.say('아무거나');
    expect((await customer.say(unclear)).join()).toContain('사람과 이야기하는 게 빠를 수 있어요');
  });
});

describe('a number', () => {
  it('picks a button under any answer, but is a code where one is awaited', async () => {
    const customer = test.customer();
    await converse(customer, [
      ['연체료가 붙나요?', '연체료가 붙어요'],
      ['두 번째 거', '요금 내는 방법'],
      ['the first one', 'mobile number'],
      ['1번', /휴대폰 번호|mobile number/],
    ]);
  });

  it('means nothing where nothing is offered', async () => {
    expect((await test.customer().say('2번')).join()).not.toContain('그 번호의 버튼은 없어요');
  });
});

describe('what is remembered of a conversation', () => {
  it('stays small and holds no words, however long it goes on', async () => {
    const customer = test.customer();
    let largest = 0;
    for (let turn = 0; turn < 60; turn += 1) {
      const messy = `이름은 홍길동이고 ${'요금 '.repeat(turn % 7)}${turn}`;
      for (const text of [unclear, messy, '두 번째 거', '아니요', '연체료 얼마고 어디서 내요?', '앱은요?']) {
        await customer.say(text);
        const memory = JSON.stringify((await test.store.readRecord(`memory/${customer.key}`)).value);
        largest = Math.max(largest, memory.length);
        expect(memory).not.toMatch(/[가-힣]/);
      }
    }
    expect(largest).toBeLessThanOrEqual(2_048);
  });
});
