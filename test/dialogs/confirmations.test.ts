import { suggestions, TestAssistant, words } from '../assistant';

let test: TestAssistant;
beforeEach(() => {
  test = new TestAssistant();
});
afterEach(() => test.stop());

const minute = 60_000;
const question = '내 미납요금이 얼마예요?';

async function atCodeStep(phoneNumber = '010-0000-1001') {
  const customer = test.customer();
  await customer.say(question);
  await customer.say(phoneNumber);
  return customer;
}

describe('a bare yes or no', () => {
  it.each([['네'], ['응'], ['ㅇㅇ'], ['ok'], ['yes please']])('%s to nothing asks which', async (yes) => {
    const last = await test.customer().send({ type: 'message', text: yes });
    expect(words(last)[0]).toMatch(/무엇을 도와드릴까요|What can I do for you/);
    expect(suggestions(last).length).toBeGreaterThanOrEqual(3);
  });

  it.each([['아니요'], ['ㄴㄴ'], ['no thanks']])('%s to nothing is taken as it is', async (no) => {
    expect((await test.customer().say(no))[0]).toMatch(/언제든 편하게 물어보세요|All right/);
  });

  it('that gives thanks, or ends the talk, is taken so', async () => {
    const customer = test.customer();
    expect((await customer.say('네 감사합니다'))[0]).toContain('다행이에요');
    expect((await customer.say('네 알겠습니다'))[0]).toContain('언제든 편하게 물어보세요');
  });

  it('to the question for the number: yes asks for it, no names the other ways and lets go', async () => {
    const customer = test.customer();
    await customer.say(question);
    expect((await customer.say('네'))[0]).toBe('네, 그럼 요금을 확인할 휴대폰 번호를 적어 주세요.');
    const no = await customer.send({ type: 'message', text: '아니요' });
    expect(words(no)[0]).toContain('번호를 안 적어도 괜찮아요');
    expect(suggestions(no)).toEqual(['앱으로 보기', '매장에서 보기', '상담원과 이야기', '처음으로']);
    expect(await customer.say('연체료가 붙나요?')).toHaveLength(1);
  });

  it.each([['네'], ['응 보내줘'], ['ㅇㅇ'], ['네 보내주세요'], ['yes']])(
    '%s to the offer of a new code sends one',
    async (yes) => {
      const customer = await atCodeStep();
      test.nowMs += 4 * minute;
      expect((await customer.say('123456'))[0]).toContain('새로 받으시겠어요?');
      expect((await customer.say(yes))[0]).toMatch(/새로 보냈어요|new 6-digit code/);
      expect((await customer.say(await test.codeSentTo('01000001001'))).join()).toContain('77,300');
    },
  );

  it('no to the offer of a new code sends none and names the other ways', async () => {
    const customer = await atCodeStep();
    for (let n = 0; n < 3; n += 1) await customer.say((await wrongCode()) ?? '');
    const [answer] = await customer.say('아니요 괜찮아요');
    expect(answer).toContain('새로 보내지 않을게요');
    await test.delivered();
    expect(test.assistant.handset.messagesOf('01000001001')).toHaveLength(1);
  });

  it('while a code is awaited is no failed try and no misunderstanding', async () => {
    const customer = await atCodeStep();
    expect((await customer.say('네'))[0]).toBe('네, 문자로 받은 숫자를 적어 주세요.');
    for (let n = 0; n < 4; n += 1) expect((await customer.say('아니요'))[0]).toContain('다시 받기');
    expect((await customer.say('fine'))[0]).toContain('digits from the text message');
    expect((await customer.say(await test.codeSentTo('01000001001'))).join()).toContain('77,300');
  });

  it('takes up the offer of a person after swearing', async () => {
    const customer = test.customer();
    expect((await customer.say('아 짜증나 진짜'))[0]).toContain('불편하게 해 드려서 죄송해요');
    expect((await customer.say('네'))[0]).toContain('사람과 이야기하려면');
  });

  it('after several candidates offers the same ones again', async () => {
    const customer = test.customer();
    const text = '미납 조회';
    const offered = suggestions(await customer.send({ type: 'message', text }));
    const again = suggestions(await customer.send({ type: 'message', text: '네' }));
    expect(again.length).toBeGreaterThan(0);
    expect(offered).toEqual(expect.arrayContaining(again));
  });
});

async function wrongCode(): Promise<string> {
  return (await test.codeSentTo('01000001001')) === '111111' ? '222222' : '111111';
}
