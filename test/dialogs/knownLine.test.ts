import { loadDemoLedger } from '../../services/billing/demoLedger';
import { dataDir, suggestions, TestAssistant, words } from '../assistant';

let test: TestAssistant;
beforeEach(() => {
  test = new TestAssistant();
});
afterEach(() => test.stop());

const question = '내 미납요금이 얼마예요?';
const lineOf = (phoneNumber: string) =>
  loadDemoLedger(dataDir).customers.find((customer) => customer.phoneNumber === phoneNumber)?.lineId;
const knownLine = lineOf('01000001001');

describe('a customer whose line the site knows', () => {
  it('is asked whether the code may go there, and shows no bill without it', async () => {
    const customer = test.customer({ knownLine });
    const asked = await customer.send({ type: 'message', text: question });
    expect(words(asked)).toEqual([expect.stringContaining('010-****-1001번으로 인증번호를 보내 드릴까요?')]);
    expect(suggestions(asked)).toEqual(expect.arrayContaining(['네, 보내 주세요', '번호 바꾸기']));
    expect((await customer.say('네, 보내 주세요'))[0]).toContain('인증번호 6자리를 보냈어요');
    const code = await test.codeSentTo('01000001001');
    expect((await customer.say(code === '111111' ? '222222' : '111111')).join()).not.toContain('77,300');
    expect((await customer.say(code)).join()).toContain('77,300원');
  });

  it.each([['아니요'], ['번호 바꾸기'], ['음 글쎄']])('may say %s and write another number', async (text) => {
    const customer = test.customer({ knownLine });
    await customer.say(question);
    expect((await customer.say(text))[0]).toContain('요금을 확인할 휴대폰 번호를 적어 주세요');
    await customer.say('010-0000-1003');
    expect((await customer.say(await test.codeSentTo('01000001003'))).join()).toContain('31,000원');
  });

  it('may write another number at once', async () => {
    const customer = test.customer({ knownLine });
    await customer.say(question);
    await customer.say('010-0000-1003');
    expect((await customer.say(await test.codeSentTo('01000001003'))).join()).toContain('31,000원');
  });

  it('is asked again after a digression', async () => {
    const customer = test.customer({ knownLine });
    await customer.say(question);
    expect((await customer.say('연체료가 붙나요?')).at(-1)).toContain('010-****-1001번으로');
  });

  it('hears of the limit like everybody else', async () => {
    const stranger = test.customer();
    await stranger.say(question);
    for (const text of ['010-0000-1001', '다시 받기', '다시 받기']) await stranger.say(text);
    const customer = test.customer({ knownLine });
    await customer.say(question);
    expect((await customer.say('네')).join()).toContain('더 보낼 수 없어요');
  });

  it('is asked for the number when the site names a line that nobody has, or stops naming one', async () => {
    const unknown = test.customer({ knownLine: 'line-of-nobody' });
    expect((await unknown.say(question))[0]).toContain('휴대폰 번호를 적어 주세요');
    const customer = test.customer({ knownLine });
    await customer.say(question);
    const later = test.customer({ conversationId: customer.conversationId });
    expect((await later.say('네'))[0]).toContain('휴대폰 번호를 적어 주세요');
  });
});
