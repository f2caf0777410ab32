import { erasedResidentNumber } from '../../services/redaction/residentNumber';
import { suggestions, TestAssistant, words } from '../assistant';

let test: TestAssistant;
beforeEach(() => {
  test = new TestAssistant();
});
afterEach(() => test.stop());

const join = { type: 'conversationUpdate', membersAdded: [{ id: 'dl_customer' }, { id: 'bill-guide' }] };

describe('greeting', () => {
  it('welcomes once, however often the page is loaded again', async () => {
    const customer = test.customer();
    expect(words(await customer.send(join))).toEqual([expect.stringContaining('요금길잡이예요')]);
    expect(await customer.send(join)).toEqual([]);
    expect(
      await customer.send({ type: 'event', name: 'webchat/join', value: { language: 'ko-KR' } }),
    ).toEqual([]);
  });

  it('welcomes in the language of the browser', async () => {
    const customer = test.customer({ locale: 'en-US' });
    expect(words(await customer.send(join))[0]).toContain('Bill Guide');
  });

  it('says nothing to the bot itself, nor to activities it does not take part in', async () => {
    const customer = test.customer();
    expect(await customer.send({ type: 'conversationUpdate', membersAdded: [{ id: 'bill-guide' }] })).toEqual(
      [],
    );
    for (const type of ['typing', 'messageReaction', 'invoke', 'somethingNew']) {
      expect(await customer.send({ type })).toEqual([]);
    }
  });
});

describe('answers', () => {
  it.each([
    ['미납요금 조회는 어떻게 하나요?', '앱, 홈페이지, 전화, KT 플라자나 대리점에서 확인할 수 있어요.'],
    ['연체되면 어떻게 되나요?', '납부 기한을 넘기면 연체료가 붙어요.'],
    ['홈페이지에서 미납요금 보는 법', 'KT 홈페이지'],
    ['요금 냈는데 왜 아직 미납으로 나와요?', '바로 사라지지 않을 수 있어요'],
    ['how do I check my unpaid bill?', 'app'],
    ['what happens if my bill is overdue?', 'late fee'],
  ])('%s', async (question, answer) => {
    expect((await test.customer().say(question)).join('\n')).toContain(answer);
  });

  it('offers the natural next questions, which are understood when pressed', async () => {
    const customer = test.customer();
    const offered = suggestions(await customer.send({ type: 'message', text: '연체되면 어떻게 되나요?' }));
    expect(offered.length).toBeGreaterThanOrEqual(2);
    for (const label of offered) {
      const [answer = ''] = await test.customer().say(label);
      expect(answer).not.toContain('이해하지 못했어요');
    }
  });

  it('names the claims behind what it says about the carrier', async () => {
    const [reply] = await test.customer().send({ type: 'message', text: '연체료가 붙나요?' });
    expect(JSON.stringify(reply?.channelData)).toContain('S42');
  });

  it('gives the true ways to a person, and says whether somebody answers now', async () => {
    const [closed = ''] = await test.customer().say('상담원이랑 얘기할래요');
    expect(closed).toContain('지금은 고객센터 상담 시간이 아니에요. 보통 내일 오전 9시에 열어요.');
    expect(closed).toContain('1588-0010');
    test.nowMs = Date.parse('2026-11-23T10:00:00+09:00');
    const [open = ''] = await test.customer().say('상담원이랑 얘기할래요');
    expect(open).toContain('상담원을 부르고 있어요');
    const [group = ''] = await test.customer({ isGroup: true }).say('상담원이랑 얘기할래요');
    expect(group).toContain('평일 오후 6시까지 전화를 받아요. 지금 걸 수 있어요.');
  });

  it('does not pretend to send reminders where none arrive', async () => {
    const [answer = ''] = await test.customer({ channelId: 'kakao' }).say('납부일 이틀 전에 알려 주세요');
    expect(answer).toContain('제가 알림을 보내 드리지는 못해요.');
    expect(answer).toContain('마이케이티 앱의 푸시 알림');
  });

  it.each([
    ['국민은행 대출 금리 알려줘'],
    ['삼척 공공근로 신청 방법'],
    ['내일 서울 날씨 어때?'],
    ['SKT 요금제 추천해줘'],
  ])('does not know: %s', async (question) => {
    const [answer = ''] = await test.customer().say(question);
    expect(answer).toMatch(/제가 모르는 일이에요|이해하지 못했어요|혹시 /);
  });
});

describe('language', () => {
  it('follows the customer, and keeps it over digits and emoji', async () => {
    const customer = test.customer();
    expect((await customer.say('안녕하세요'))[0]).toMatch(/[가-힣]/);
    expect((await customer.say('Is there a late fee?'))[0]).not.toMatch(/[가-힣]/);
    expect((await customer.say('🙂'))[0]).not.toMatch(/[가-힣]/);
    expect((await customer.say('연체료 있어요?'))[0]).toMatch(/[가-힣]/);
  });
});

describe('trouble', () => {
  it('answers an empty message, a picture and an old button with something useful', async () => {
    const customer = test.customer();
    expect(await customer.say('   ')).toEqual([expect.stringContaining('메시지가 비어 있어요')]);
    expect(words(await customer.send({ type: 'message', attachmentNames: ['bill.png'] }))).toEqual([
      expect.stringContaining('사진이나 파일은 열어 볼 수 없어요'),
    ]);
    expect(await customer.press({ action: 'stepUp.code', code: '123456' })).toEqual([
      expect.stringContaining('지난 단계의 버튼'),
    ]);
  });

  it.each([
    [{ action: 'unpaidBalance.show', lineId: 'line-000000000000' }],
    [{ action: ['stepUp.code'], code: ['123456'] }],
    [{ action: '__proto__' }],
    ['just a string'],
    [[1, 2, 3]],
    [42],
    [{ admin: true }],
  ])('takes nothing from a forged card value: %j', async (value) => {
    const customer = test.customer();
    const [answer = ''] = await customer.press(value);
    expect(answer).toContain('지난 단계의 버튼');
    expect(answer).not.toMatch(/\d원/);
  });

  it('offers a person after three messages in a row that it did not understand', async () => {
    const customer = test.customer();
    await customer.say('ㅁㄴㅇㄹ');
    await customer.say('qwpoeiru zxmv');
    const [third = ''] = await customer.say('ㅋㅌㅊㅍ ㅂㅈㄷㄱ');
    expect(third).toContain('사람과 이야기하는 게 빠를 수 있어요');
    expect(third).toContain('114');
  });

  it('counts again after a message that it did understand', async () => {
    const customer = test.customer();
    await customer.say('ㅁㄴㅇㄹ');
    await customer.say('qwpoeiru zxmv');
    await customer.say('연체료가 붙나요?');
    expect((await customer.say('ㅋㅌㅊㅍ ㅂㅈㄷㄱ'))[0]).not.toContain('사람과 이야기하는 게');
  });

  it.each([['처음으로'], ['취소'], ['start over'], ['cancel']])(
    '%s leads back to the start from anywhere',
    async (word) => {
      const customer = test.customer();
      await customer.say('내 미납요금이 얼마예요?');
      await customer.say(word);
      const [answer = ''] = await customer.say('123456');
      expect(answer).not.toMatch(/인증번호|code/);
    },
  );

  it('tells who types a resident registration number that it is gone, and keeps nothing of it', async () => {
    const customer = test.customer();
    const [notice] = await customer.say('900101-1234567');
    expect(notice).toContain('저장하지 않고 바로 지웠어요');
    const log = await customer.log();
    expect(log).toContain(erasedResidentNumber);
    expect(log).not.toMatch(/900101|1234567/);
  });

  it('asks nothing more of who only names the number', async () => {
    expect(await test.customer().say('제 주민등록번호는 900101-1234567이에요')).toHaveLength(1);
  });

  it('still answers the question that came with it', async () => {
    const answers = await test.customer().say('주민번호 900101-1234567 연체료가 붙나요?');
    expect(answers).toHaveLength(2);
    expect(answers[1]).toContain('연체료가 붙어요');
  });
});
