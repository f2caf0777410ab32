import { BillingUnavailableError } from '../../services/errors';
import { suggestions, TestAssistant, words } from '../assistant';

let test: TestAssistant;
beforeEach(() => {
  test = new TestAssistant();
});
afterEach(() => test.stop());

const minute = 60_000;
const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const unknownNumber = '010-9999-8888';

describe('unpaid balance', () => {
  it.each([
    ['010-0000-1001', ['77,300원', '[기한 지남]', '35,000원', '[기한 전]', '42,300원', '010-****-1001']],
    ['010-0000-1002', ['안 낸 요금이 없어요']],
    ['010-0000-1003', ['31,000원', '66,000원 중 35,000원 납부']],
    ['010-0000-1004', ['반영하는 중이에요', '[반영 중]']],
    ['010-0000-1006', ['88,000원', '휴대폰 55,000원', '인터넷 33,000원']],
  ])('shows %s what they owe', async (phoneNumber, facts) => {
    const answer = (await test.customer().verify(phoneNumber.replaceAll('-', ''))).join('\n');
    for (const fact of facts) expect(answer).toContain(fact);
  });

  it('is told in English to who asks in English', async () => {
    const answers = await test.customer({ locale: 'en-US' }).verify('01000001001', 'how much do I owe?');
    expect(answers.join('\n')).toContain('Unpaid 77,300 won');
    expect(answers.join('\n')).not.toMatch(/[가-힣]/);
  });

  it('lists the channels for now: the call centre, closed on Sunday, comes last', async () => {
    const answer = (await test.customer().verify('01000001001')).join('\n');
    const places = ['마이케이티 앱', 'KT 홈페이지', 'KT 플라자', 'KT 고객센터'].map((place) =>
      answer.indexOf(`- ${place}`),
    );
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(answer).toContain('내일 오전 9시에 열어요');
  });

  it('asks for nothing again while the proof is fresh, and again when it is not', async () => {
    const customer = test.customer();
    await customer.verify('01000001001');
    test.nowMs += 4 * minute;
    expect((await customer.say('내 미납요금이 얼마예요?'))[0]).toContain('77,300원');
    test.nowMs += 6 * minute;
    expect((await customer.say('내 미납요금이 얼마예요?'))[0]).toContain('휴대폰 번호를 적어 주세요');
  });

  it('takes a number that comes with the question', async () => {
    const [answer = ''] = await test.customer().say('010-0000-1001 미납요금 얼마예요');
    expect(answer).toContain('인증번호 6자리를 보냈어요');
  });

  it('apologises and names the ways that work when billing is down', async () => {
    await test.stop();
    const down = async () => {
      throw new BillingUnavailableError('down');
    };
    test = new TestAssistant({
      billing: { unpaidBills: down, payments: down, billItems: down, paymentAccount: down },
    });
    const answer = (await test.customer().verify('01000001001')).join('\n');
    expect(answer).toContain('지금은 요금을 불러올 수 없어요');
    expect(answer).toContain('마이케이티 앱');
    expect(answer).not.toMatch(/\d원/);
  });
});

describe('step-up', () => {
  it('answers an unknown, a suspended and a SIM-swapped line word for word as a known one, and sends them nothing', async () => {
    const answers = new Set<string>();
    for (const number of ['010-0000-1001', unknownNumber, '010-0000-1005', '010-0000-1007']) {
      const customer = test.customer();
      await customer.say('내 미납요금이 얼마예요?');
      answers.add(JSON.stringify(await customer.say(number)));
    }
    expect(answers.size).toBe(1);
    expect(await test.smsTo('01000001001')).toMatch(/\d{6}/);
    for (const silent of ['01099998888', '01000001005', '01000001007'])
      expect(await test.smsTo(silent)).toBeUndefined();
  });

  it('answers wrong codes for an unknown line as for a known one', async () => {
    const answersOf = async (number: string) => {
      const customer = test.customer();
      await customer.say('내 미납요금이 얼마예요?');
      await customer.say(number);
      const sent = number === unknownNumber ? '' : await test.codeSentTo(number.replaceAll('-', ''));
      const wrong = ['111111', '222222', '333333', '444444'].map((code) => (code === sent ? '555555' : code));
      const answers: string[][] = [];
      for (const code of wrong) answers.push(await customer.say(code));
      return answers;
    };
    expect(await answersOf(unknownNumber)).toEqual(await answersOf('010-0000-1001'));
  });

  it('gives three tries, then voids the code', async () => {
    const customer = test.customer();
    await customer.say('내 미납요금이 얼마예요?');
    await customer.say('010-0000-1001');
    const code = await test.codeSentTo('01000001001');
    const wrong = code === '000000' ? '000001' : '000000';
    expect((await customer.say(wrong))[0]).toContain('2번 더');
    expect((await customer.say(wrong))[0]).toContain('1번 더');
    expect((await customer.say(wrong))[0]).toContain('쓸 수 없게 했어요');
    expect((await customer.say(code)).join()).not.toContain('77,300원');
  });

  it('refuses a code after three minutes and sends a new one when asked; the old one stays void', async () => {
    const customer = test.customer();
    await customer.say('내 미납요금이 얼마예요?');
    await customer.say('010-0000-1001');
    const old = await test.codeSentTo('01000001001');
    test.nowMs += 3 * minute;
    expect((await customer.say(old))[0]).toContain('시간이 지났어요');
    expect((await customer.say('다시 받기'))[0]).toContain('인증번호 6자리를 새로 보냈어요');
    const fresh = await test.codeSentTo('01000001001');
    if (fresh !== old) expect((await customer.say(old))[0]).toContain('인증번호가 달라요');
    expect((await customer.say(fresh)).join()).toContain('77,300원');
  });

  it('uses a code once', async () => {
    const customer = test.customer();
    await customer.verify('01000001001');
    const code = await test.codeSentTo('01000001001');
    const stranger = test.customer();
    await stranger.say('내 미납요금이 얼마예요?');
    await stranger.say('010-0000-1001');
    const answer = (await stranger.say(code)).join();
    if (code !== (await test.codeSentTo('01000001001'))) expect(answer).toContain('인증번호가 달라요');
  });

  it('sends three codes a line and day, over all conversations, until one succeeds', async () => {
    const ask = async () => {
      const customer = test.customer();
      await customer.say('내 미납요금이 얼마예요?');
      return (await customer.say('010-0000-1001'))[0];
    };
    for (let n = 0; n < 3; n += 1) expect(await ask()).toContain('보냈어요');
    expect(await ask()).toContain('더 보낼 수 없어요');
    await test.delivered();
    expect(test.assistant.handset.messagesOf('01000001001')).toHaveLength(3);
  });

  it('forgets the count when the owner proves the line', async () => {
    for (let n = 0; n < 5; n += 1)
      expect((await test.customer().verify('01000001001')).join()).toContain('77,300원');
  });

  it('takes the code pasted with spaces or hyphens, in full-width digits, and in the card', async () => {
    const enter = async (form: (code: string) => string) => {
      const customer = test.customer();
      await customer.say('내 미납요금이 얼마예요?');
      await customer.say('010-0000-1001');
      return (await customer.say(form(await test.codeSentTo('01000001001')))).join();
    };
    const fullWidth = (code: string) =>
      code.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    expect(await enter((code) => `${code.slice(0, 3)} ${code.slice(3)}`)).toContain('77,300원');
    expect(await enter((code) => `${code.slice(0, 3)}-${code.slice(3)}`)).toContain('77,300원');
    expect(await enter(fullWidth)).toContain('77,300원');
    const customer = test.customer();
    await customer.say('내 미납요금이 얼마예요?');
    await customer.press({ action: 'stepUp.phone', phone: '010-0000-1001' });
    const code = await test.codeSentTo('01000001001');
    expect((await customer.press({ action: 'stepUp.code', code })).join()).toContain('77,300원');
  });

  it('answers a question in the middle and comes back to where it was', async () => {
    const customer = test.customer();
    await customer.say('내 미납요금이 얼마예요?');
    const [answer, back] = await customer.say('연체료가 붙나요?');
    expect(answer).toContain('연체료가 붙어요');
    expect(back).toContain('이어서 할게요. 요금을 확인할 휴대폰 번호를 적어 주세요.');
    await customer.say('010-0000-1001');
    const [, again] = await customer.say('앱으로는 어떻게 봐요?');
    expect(again).toContain('이어서 할게요. 문자로 받은 인증번호를 적어 주세요.');
    expect((await customer.say(await test.codeSentTo('01000001001'))).join()).toContain('77,300원');
  });

  it('offers a person after three answers that are no number', async () => {
    const customer = test.customer();
    await customer.say('내 미납요금이 얼마예요?');
    await customer.say('음 글쎄');
    await customer.say('02-123');
    const last = await customer.send({ type: 'message', text: '어 그게' });
    expect(words(last)[0]).toContain('사람과 이야기하는 게');
    expect(suggestions(last)).toContain('상담원과 이야기');
  });

  it('lets the customer correct the number', async () => {
    const customer = test.customer();
    await customer.say('내 미납요금이 얼마예요?');
    await customer.say('010-0000-1003');
    expect((await customer.say('번호 바꾸기'))[0]).toContain('휴대폰 번호를 적어 주세요');
    await customer.say('010-0000-1001');
    expect((await customer.say(await test.codeSentTo('01000001001'))).join()).toContain('77,300원');
  });

  it('shows no bill where others read along', async () => {
    const answers = await test.customer({ isGroup: true }).say('내 미납요금이 얼마예요?');
    expect(answers.join()).toContain('여러 사람이 있는 대화에서는 요금을 보여 드리지 않아요');
  });

  it('belongs to one user, conversation and channel', async () => {
    const owner = test.customer();
    await owner.verify('01000001001');
    const other = [
      test.customer({ conversationId: owner.conversationId, userId: 'dl_other' }),
      test.customer({ conversationId: `${owner.conversationId}x`, userId: owner.userId }),
      test.customer({ conversationId: owner.conversationId, userId: owner.userId, channelId: 'msteams' }),
    ];
    for (const stranger of other) {
      const answer = (await stranger.say('내 미납요금이 얼마예요?')).join();
      expect(answer).toContain('휴대폰 번호를 적어 주세요');
      expect(answer).not.toContain('원');
    }
  });

  it('ends when the customer signs out or says goodbye', async () => {
    for (const words of ['로그아웃', '안녕히 계세요']) {
      const customer = test.customer();
      await customer.verify('01000001001');
      await customer.say(words);
      expect((await customer.say('내 미납요금이 얼마예요?')).join()).toContain('휴대폰 번호를 적어 주세요');
    }
  });

  it('keeps code and number out of log, records and what was written to the journal', async () => {
    const customer = test.customer();
    await customer.verify('01000001001');
    const code = await test.codeSentTo('01000001001');
    const log = await customer.log();
    expect(log).not.toContain(code);
    expect(log).not.toMatch(/0000-?1001\b.*0000-?1001\b|010-?0000-?1001/);
    expect(log).toContain('010-****-1001');
    // Six digits may stand in a random id by chance.
    expect(JSON.stringify(test.logged).replaceAll(uuid, '')).not.toMatch(/1001|\d{6}/);
  });

  it('runs a repeated code once: the same delivery ten times opens the bill once', async () => {
    const customer = test.customer();
    await customer.say('내 미납요금이 얼마예요?');
    await customer.say('010-0000-1001');
    const text = await test.codeSentTo('01000001001');
    const deliveries = Array.from({ length: 10 }, () =>
      customer.send({ type: 'message', text, channelData: { clientActivityID: 'code-once' } }),
    );
    const answers = await Promise.all(deliveries);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(words(answers[0] ?? []).join()).toContain('77,300원');
  });
});
