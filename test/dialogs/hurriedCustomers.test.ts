import { suggestions, TestAssistant, words } from '../assistant';

let test: TestAssistant;
beforeEach(() => {
  test = new TestAssistant();
});
afterEach(() => test.stop());

type Customer = ReturnType<TestAssistant['customer']>;

async function last(customer: Customer, texts: readonly string[]) {
  let replies: Awaited<ReturnType<Customer['send']>> = [];
  for (const text of texts) replies = await customer.send({ type: 'message', text });
  return replies;
}

async function verified(phoneNumber: string): Promise<Customer> {
  const customer = test.customer();
  await customer.say('내 미납요금이 얼마예요?');
  await customer.say(phoneNumber);
  await customer.say(await test.codeSentTo(phoneNumber.replaceAll('-', '')));
  return customer;
}

describe('what hurried customers write', () => {
  it.each([
    ['미납 조회', ['내 미납요금', '조회 방법']],
    ['미납', ['내 미납요금', '조회 방법']],
    ['미납요금', ['내 미납요금', '조회 방법']],
    ['요금조회요', ['내 미납요금', '조회 방법']],
    ['연체', ['내 미납요금', '연체되면?', '연체료']],
    ['unpaid bill', ['My unpaid bill', 'Ways to check']],
  ])('a bare "%s" is asked back about', async (text, either) => {
    const replies = await last(test.customer(), [text]);
    expect(words(replies)).toEqual([expect.stringMatching(/혹시|Did you mean/)]);
    expect([...suggestions(replies)].sort()).toEqual([...either].sort());
  });

  it.each([
    [['미납 조회', '아니', '됐어요'], '네, 필요하면 언제든 편하게 물어보세요.'],
    [['미납 조회', '됐어'], '네, 필요하면 언제든 편하게 물어보세요.'],
    [['미납 조회', '괜찮아요'], '네, 필요하면 언제든 편하게 물어보세요.'],
    [['요금 어떻게 내요', '알겠어'], '네, 필요하면 언제든 편하게 물어보세요.'],
    [['죽고 싶어요', '미안해요 괜찮아요'], '네, 필요하면 언제든 편하게 물어보세요.'],
    [['하이고 복잡하네'], '불편하게 해 드려서 죄송해요.'],
    [['무슨 말인지 모르겠어'], '불편하게 해 드려서 죄송해요.'],
    [['바보야'], '불편하게 해 드려서 죄송해요.'],
    [['엄마 번호로 조회해줘'], '다른 분의 요금은 그분만 볼 수 있어요.'],
    [['저 12살이에요'], '만 14세 미만이면'],
    [['잠깐만요'], '네, 천천히 하세요.'],
    [['전화로 물어볼게요', '그럼 어디로 전화해요'], '114'],
    [['전화로 물어볼게요', '지금 되나요'], '지금은 고객센터 상담 시간이 아니에요.'],
    [['앱에서 미납요금은 어떻게 봐요?', '전화번호는요?'], '114'],
    [['앱에서 미납요금은 어떻게 봐요?', '다른 방법은 없어?'], '네, 그럼 어느 쪽이 궁금하세요?'],
    [['요금 어떻게 내요', '두번째도'], '매장에 가서 확인하기'],
    [['연체료가 붙나요?', '뭐라고요?'], '연체료가 궁금할 때'],
    [['연체료가 붙나요?', '더 자세히'], '연체료가 궁금할 때'],
    [['how do i check in the app', 'no app'], 'All right, which one would you like to know about?'],
  ])('%j ends in "%s"', async (texts, answer) => {
    expect(words(await last(test.customer(), texts)).join('\n')).toContain(answer);
  });

  it('a question about who speaks English there is no wish to speak it here', async () => {
    const replies = words(await last(test.customer(), ['고객센터 상담원이 영어 하나요?']));
    expect(replies.join()).not.toContain('Sure, let us speak English');
  });

  it.each([['네'], ['확인해줘'], ['응 봐줘'], ['yes please']])(
    '%s to the offer to look up a payment does so',
    async (yes) => {
      const customer = test.customer();
      await customer.say('돈 냈는데 왜 아직 미납이에요?');
      await customer.say(yes);
      await customer.say('010-0000-1004');
      expect((await customer.say(await test.codeSentTo('01000001004'))).join()).toMatch(/52,800/);
    },
  );

  it('yes means the offer only while it is the last thing said', async () => {
    const customer = test.customer();
    await customer.say('돈 냈는데 왜 아직 미납이에요?');
    await customer.say('고마워요');
    expect((await customer.say('네')).join()).not.toContain('휴대폰 번호를 적어 주세요');
  });

  it('"아 잠깐만" stops nothing', async () => {
    const customer = test.customer();
    await customer.say('내 미납요금이 얼마예요?');
    expect((await customer.say('아 잠깐만'))[0]).toBe('네, 천천히 하세요.');
    await customer.say('010-0000-1001');
    expect((await customer.say(await test.codeSentTo('01000001001'))).join()).toContain('77,300');
  });

  it.each([
    ['이거 언제까지 내'],
    ['납부기한이 언제예요?'],
    ['진짜?'],
    ['인터넷은 얼마야'],
    ['when is it due'],
  ])('"%s" after the balance shows it with its dates', async (question) => {
    const customer = await verified('010-0000-1001');
    expect((await customer.say(question)).join()).toContain('77,300');
  });

  it('"진짜 없어?" after nothing is owed says so again', async () => {
    const customer = await verified('010-0000-1002');
    expect((await customer.say('진짜 없어?')).join()).toContain('안 낸 요금이 없어요');
  });

  it.each([['자세히'], ['상세내역 보여줘'], ['more details']])(
    '"%s" after the balance leads to what the bill is made of',
    async (question) => {
      const customer = await verified('010-0000-1001');
      expect((await customer.say(question)).join()).toMatch(/명의자 본인|owner of the line|verify/i);
    },
  );

  it('what is none of our business comes with the way to a person', async () => {
    expect(suggestions(await last(test.customer(), ['와이파이가 안 돼요']))).toContain('상담원과 이야기');
  });
});
