import { TestAssistant, words } from '../assistant';

let test: TestAssistant;
beforeEach(() => {
  test = new TestAssistant();
});
afterEach(() => test.stop());

const question = '내 미납요금이 얼마예요?';

describe('card values that hide personal data where strings are not looked for', () => {
  it('a code or phone number as a JSON number or as a key is in no log', async () => {
    const customer = test.customer();
    await customer.press({ action: 'stepUp.phone', phone: 1000001001, '010-0000-1001': 1 });
    await customer.press({ action: 'stepUp.code', code: 482915, list: [482915, { deep: 482915 }] });
    expect(await customer.log()).not.toMatch(/482915|1000001001|0000-1001/);
  });

  it('a resident registration number as a JSON number is erased, and the customer is told', async () => {
    const customer = test.customer();
    const [notice] = await customer.press({ action: 'stepUp.code', code: 9001011234567 });
    expect(notice).toContain('저장하지 않고 바로 지웠어요');
    expect(await customer.log()).not.toContain('9001011234567');
  });
});

describe('a long number that the channel, not the customer, sent along', () => {
  const channelData = { event: { user: '900101-1234567' } };

  it('is erased without a word to the customer', async () => {
    const customer = test.customer();
    const replies = await customer.send({ type: 'message', text: '연체료가 붙나요?', channelData });
    expect(words(replies)).toEqual([expect.stringContaining('연체료가 붙어요')]);
    expect(await customer.log()).not.toContain('900101-1234567');
  });

  it('and that is a time or a sequence number comes back as the number it was', async () => {
    const customer = test.customer();
    const numbers = { sequence: 1_801_014_567_890, clientActivityID: 'abc' };
    await customer.send({ type: 'message', text: '연체료가 붙나요?', channelData: numbers });
    expect(await customer.log()).toContain('"sequence":1801014567890');
  });

  it('takes no button press away', async () => {
    const customer = test.customer();
    await customer.say(question);
    const value = { action: 'stepUp.phone', phone: '010-0000-1001' };
    const replies = await customer.send({ type: 'message', value, channelData });
    expect(words(replies)).toEqual([expect.stringContaining('인증번호 6자리를 보냈어요')]);
  });
});
