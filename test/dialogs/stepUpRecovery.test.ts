import { StoreUnavailableError } from '../../services/errors';
import { suggestions, TestAssistant, words } from '../assistant';

let test: TestAssistant;
beforeEach(() => {
  test = new TestAssistant();
});
afterEach(() => test.stop());

const question = '내 미납요금이 얼마예요?';

async function atCodeStep(phoneNumber = '010-0000-1001') {
  const customer = test.customer();
  await customer.say(question);
  await customer.say(phoneNumber);
  return customer;
}

describe('codes as people type them', () => {
  it.each([
    ['CODE인데요'],
    ['CODE원'],
    ['네 CODE 이라고 왔어요'],
    ['인증번호는 CODE 이에요'],
    ['my code is CODE thanks'],
    ['문자로 CODE 왔어요'],
  ])('%s', async (form) => {
    const customer = await atCodeStep();
    const answer = await customer.say(form.replace('CODE', await test.codeSentTo('01000001001')));
    expect(answer.join()).toContain('77,300');
  });

  it('does not guess between two', async () => {
    const customer = await atCodeStep();
    const [answer] = await customer.say('123456 아니면 654321 이에요');
    expect(answer).toContain('문자의 숫자만 여기에 적어 주세요');
  });
});

describe('another number', () => {
  it('never shows a verified customer the bill of the old line for a number named anew', async () => {
    const customer = test.customer();
    await customer.verify('01000001001');
    const [asked] = await customer.say('010-0000-1003은 얼마예요?');
    expect(asked).toContain('인증번호 6자리를 보냈어요');
    expect(asked).not.toContain('77,300원');
    const answer = (await customer.say(await test.codeSentTo('01000001003'))).join();
    expect(answer).toContain('31,000원');
    expect(answer).not.toContain('77,300원');
  });

  it.each([['다른 번호도 볼래요'], ['번호 바꾸기'], ['Other number']])(
    'is asked for when a verified customer says %s',
    async (text) => {
      const customer = test.customer();
      await customer.verify('01000001001');
      expect((await customer.say(text))[0]).toMatch(/휴대폰 번호를 적어 주세요|mobile number/);
    },
  );

  it.each([['아 번호 잘못 적었어요'], ['번호가 틀렸어요'], ['다른 번호로 할게요']])(
    'is asked for without "let us go on" when the customer says %s',
    async (text) => {
      const customer = await atCodeStep('010-0000-1003');
      expect(await customer.say(text)).toEqual(['네, 그럼 요금을 확인할 휴대폰 번호를 적어 주세요.']);
    },
  );

  it('changed back: the code that was sent still counts', async () => {
    const customer = await atCodeStep();
    await customer.say('번호 바꾸기');
    expect((await customer.say(await test.codeSentTo('01000001001'))).join()).toContain('77,300원');
  });

  it('is not asked for when it is the code that is wrong', async () => {
    const customer = await atCodeStep();
    expect((await customer.say('인증번호가 틀렸대요')).join()).not.toContain('휴대폰 번호를 적어 주세요');
  });

  it('asks for one number when two are given', async () => {
    const customer = test.customer();
    await customer.say(question);
    const [answer] = await customer.say('010-0000-1001 아니면 010-0000-1003');
    expect(answer).toContain('번호 하나만 적어 주세요');
  });
});

describe('sending again', () => {
  it.each([['안 왔어요'], ['인증번호가 안 와요'], ['다시 보내줘'], ['still nothing!!!'], ["didn't get it"]])(
    '%s sends a new code and says that the newest counts',
    async (text) => {
      const customer = await atCodeStep();
      expect((await customer.say(text))[0]).toMatch(/가장 나중에 온 번호|the latest one/);
    },
  );

  it('does not take an unanswered phone for a missing text', async () => {
    const customer = await atCodeStep();
    await customer.say('상담원이 전화를 안 받아요');
    await test.delivered();
    expect(test.assistant.handset.messagesOf('01000001001')).toHaveLength(1);
  });

  it('refused, still takes the last code, which is on its way', async () => {
    const customer = await atCodeStep();
    await customer.say('다시 받기');
    await customer.say('다시 받기');
    const refused = await customer.send({ type: 'message', text: '다시 받기' });
    expect(words(refused)[0]).toContain('더 보낼 수 없어요');
    expect(words(refused)[0]).toContain('먼저 받은 인증번호가 있으면');
    expect(suggestions(refused)).not.toContain('다시 받기');
    expect((await customer.say(await test.codeSentTo('01000001001'))).join()).toContain('77,300원');
  });

  it('refused after the last code became void, says when and where, and again when asked again', async () => {
    const customer = await atCodeStep();
    await customer.say('다시 받기');
    await customer.say('다시 받기');
    const code = await test.codeSentTo('01000001001');
    for (let n = 0; n < 3; n += 1) await customer.say(code === '111111' ? '222222' : '111111');
    const [refused] = await customer.say('네');
    expect(refused).toContain('더 보낼 수 없어요');
    expect(refused).not.toContain('먼저 받은 인증번호');
    expect((await customer.say('다시 보내줘'))[0]).toContain('더 보낼 수 없어요');
  });

  it('keeps waiting for the code while the customer looks for their glasses', async () => {
    const customer = await atCodeStep();
    await customer.say('잠깐만요 안경 좀');
    await customer.say('어디 갔지');
    await customer.say('아 여기 있네');
    expect((await customer.say(await test.codeSentTo('01000001001'))).join()).toContain('77,300원');
  });
});

describe('a longer code, while guessers are at work', () => {
  it('is announced with its length, and no sentence or field speaks of six digits', async () => {
    for (let n = 0; n < 50; n += 1) {
      const guesser = await atCodeStep(`010-7777-${1000 + n}`);
      for (const guess of ['111111', '222222', '333333']) await guesser.say(guess);
    }
    const customer = test.customer();
    await customer.say(question);
    const sent = await customer.send({ type: 'message', text: '010-0000-1001' });
    expect(words(sent)[0]).toContain('인증번호 8자리를 보냈어요');
    const again = await customer.send({ type: 'message', text: '그게 뭐였더라' });
    expect(JSON.stringify([sent, again])).not.toMatch(/6자리/);
    const code = await test.codeSentTo('01000001001');
    expect(code).toHaveLength(8);
    expect((await customer.press({ action: 'stepUp.code', code })).join()).toContain('77,300원');
  });
});

describe('in the middle', () => {
  it.each([['얼마?'], ['얼만데'], ['내 미납요금이 얼마예요?']])(
    '%s again says what comes first, not "let us go on"',
    async (text) => {
      const customer = test.customer();
      await customer.say(question);
      expect(await customer.say(text)).toEqual([expect.stringContaining('본인 확인이 먼저 필요해요')]);
    },
  );

  it.each([['왜요?'], ['번호 꼭 적어야 돼요?'], ['왜 번호가 필요해요?']])(
    '%s gets the reason',
    async (text) => {
      const customer = test.customer();
      await customer.say(question);
      const [reason, back] = await customer.say(text);
      expect(reason).toContain('본인 확인은 왜');
      expect(back).toContain('이어서 할게요');
    },
  );

  it.each([
    ['안녕하세요', '네, 안녕하세요!'],
    ['감사합니다', '네, 별말씀을요.'],
  ])('%s is answered without a second question', async (text, answer) => {
    const customer = test.customer();
    await customer.say(question);
    const replies = await customer.say(text);
    expect(replies).toEqual([answer, expect.stringContaining('이어서 할게요')]);
  });

  it.each([[{ action: 'stepUp.code', code: '123456' }], [{ action: 'stepUp.admin' }]])(
    'a button of another step is no failed answer: %j',
    async (value) => {
      const customer = test.customer();
      await customer.say(question);
      for (let n = 0; n < 4; n += 1)
        expect(await customer.press(value)).toEqual([
          '지난 단계의 버튼이에요.',
          expect.stringContaining('휴대폰 번호를 적어 주세요'),
        ]);
    },
  );

  it('who comes back the next day is not thrown into yesterday', async () => {
    const customer = test.customer();
    await customer.say(question);
    test.nowMs += 24 * 3_600_000;
    expect(await customer.say('안녕하세요')).toEqual(['네, 안녕하세요! 무엇이 궁금하세요?']);
    expect((await customer.say('음 글쎄'))[0]).not.toContain('휴대폰 번호');
  });

  it('reads what was written into the code field like a message', async () => {
    const customer = await atCodeStep();
    const [again] = await customer.press({ action: 'stepUp.code', code: '안 왔어요' });
    expect(again).toContain('새로 보냈어요');
  });

  it('a line that gets no text hears of the ways without one, and nothing of why', async () => {
    for (const number of ['010-0000-1005', '010-0000-1007']) {
      const customer = await atCodeStep(number);
      const replies = [
        ...(await customer.say('문자가 안 와요')),
        ...(await customer.say('아직도 안 와요')),
        ...(await customer.say('아직도 안 와요')),
      ].join('\n');
      expect(replies).toMatch(/신분증을 챙겨서 가까운 매장.*홈페이지에 로그인.*상담원/);
      expect(replies).not.toMatch(/정지|유심|SIM|변경/);
      expect((await customer.say('상담원')).join()).toContain('1588-0010');
    }
  });
});

describe('a store that fails for a moment in the middle of a check', () => {
  it('costs the customer neither an apology nor a try', async () => {
    const test = new TestAssistant();
    const customer = test.customer();
    await customer.say('내 미납요금이 얼마예요?');
    await customer.say('010-0000-1001');
    const code = await test.codeSentTo('01000001001');
    const readRecord = test.store.readRecord.bind(test.store);
    let failures = 0;
    jest.spyOn(test.store, 'readRecord').mockImplementation(async (key) => {
      if (key.startsWith('challenge/') && failures < 1) {
        failures += 1;
        throw new StoreUnavailableError('down for a moment');
      }
      return readRecord(key);
    });
    expect((await customer.say(code)).join()).toContain('77,300원');
    expect(failures).toBe(1);
    await test.stop();
  });
});
