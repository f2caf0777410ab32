import { suggestions, TestAssistant } from '../assistant';
import { converse, type Line } from './conversationTable';

let test: TestAssistant;
beforeEach(() => {
  test = new TestAssistant();
});
afterEach(() => test.stop());

const minute = 60_000;

describe('half a sentence after an answer', () => {
  it.each<[string, readonly Line[]]>([
    [
      'goes from channel to channel and keeps what was asked',
      [
        ['매장에서 미납요금은 어떻게 봐요?', '신분증을 꼭 챙겨 주세요'],
        ['거기 몇 시까지 해요?', 'KT 플라자·대리점', '영업 시간은 매장마다 다를 수 있으니'],
        ['전화는요?', '평일 오전 9시부터 오후 6시까지', '보통 내일 오전 9시에 열어요'],
        ['앱은요?', '24시간 언제든지'],
        ['그럼 홈페이지는요?', '이용 시간은 제가 정확히 알지 못해요', 'KT 홈페이지나 고객센터에서 확인'],
      ],
    ],
    [
      'asks what a call costs, which number it is and what comes next',
      [
        ['전화로 미납요금을 물어보려면 어디로 걸어요?', '1588-0010'],
        ['그건 무료예요?', '114는 무료', '1588-0010은 유료'],
        ['번호가 뭐예요', '114', '1588-0010'],
        ['얼마나 걸려요?', '연결될 때까지 기다릴 수 있어요', '정확히 얼마나 걸리는지는 제가 알지 못해요'],
        ['그다음은요?', '본인 명의의 정보를 준비해 주세요', '제가 아는 순서는 여기까지예요'],
      ],
    ],
    [
      'gets no invented time, fee or amount',
      [
        ['요금을 냈는데 왜 아직 미납으로 나와요?', '바로 사라지지 않을 수 있어요'],
        ['얼마나 걸려요?', '정확히 얼마나 걸리는지는 제가 알 수 없어요'],
        ['연체료가 붙나요?', '연체료가 붙어요'],
        ['얼마예요?', '고객마다 달라서 제가 말씀드릴 수 없어요'],
        ['얼마나 걸려요?', '제가 알지 못해요'],
      ],
    ],
    [
      'stays with paying after a question about paying',
      [
        ['미납요금은 어떻게 내요?', '그 자리에서 낼 수 있어요'],
        ['홈페이지는요?', '낼 수 있는지는 제가 알지 못해요'],
        ['앱은요?', '납부 방법도 바꿀 수 있어요', '바로 낼 수 있는지는 제가 알지 못해요'],
        ['매장은요?', '그 자리에서 바로 낼 수 있어요'],
        ['아니 그거 말고 홈페이지', '낼 수 있는지는 제가 알지 못해요'],
      ],
    ],
    [
      'is asked of all ways together when none was named',
      [
        ['미납요금은 어디서 확인해요?', '앱, 홈페이지, 전화'],
        ['몇 시까지 해요?', '24시간 언제든지', '평일 오전 9시', '다른 방법의 이용 시간은 제가 알지 못해요'],
        ['그건 무료예요?', '114는 무료', '다른 방법에 비용이 드는지는 제가 알지 못해요'],
      ],
    ],
    [
      'works in English',
      [
        ['How do I see my unpaid bill in the app?', 'Install MyKT'],
        ['what about the website?', 'Checking on the KT website'],
        ['how long does it take?', 'I do not know exactly how long it takes', 'ask customer service'],
        ['is that free?', 'I do not know whether it costs anything'],
        ['not that, by phone', 'dial 114 without an area code'],
        ['what are the hours?', 'on weekdays from 9 a.m. to 6 p.m.', 'tomorrow 9 am'],
        ['is that free?', '114 from a KT mobile is free'],
      ],
    ],
  ])('%s', async (_, lines) => {
    await converse(test.customer(), lines);
  });

  it('names the claims behind it, as every answer does', async () => {
    const customer = test.customer();
    await customer.say('매장에서 미납요금은 어떻게 봐요?');
    const [reply] = await customer.send({ type: 'message', text: '신분증 필요해요?' });
    expect(reply?.channelData).toEqual({ claims: ['S32'] });
  });

  it('is not bent to the old topic when it asks anew', async () => {
    await converse(test.customer(), [
      ['매장에서 미납요금은 어떻게 봐요?', '신분증'],
      ['연체료가 붙나요?', '연체료가 붙어요'],
      ['앱에서 미납요금은 어떻게 봐요?', '스마트폰에 설치해 주세요'],
    ]);
  });

  it('means nothing any more after half an hour', async () => {
    const customer = test.customer();
    await customer.say('매장에서 미납요금은 어떻게 봐요?');
    test.nowMs += 29 * minute;
    expect((await customer.say('그건 무료예요?')).join()).toContain('KT 플라자·대리점');
    test.nowMs += 31 * minute;
    expect((await customer.say('그건 무료예요?')).join()).not.toContain('KT 플라자·대리점');
  });

  it('means nothing after a question about something else', async () => {
    const customer = test.customer();
    await converse(customer, [['매장에서 미납요금은 어떻게 봐요?', '신분증'], ['내일 서울 날씨 어때?']]);
    expect((await customer.say('얼마나 걸려요?')).join()).not.toContain('KT 플라자·대리점');
  });

  it('is answered in the middle of a check, which then goes on', async () => {
    const customer = test.customer();
    await converse(customer, [
      ['내 미납요금이 얼마예요?', '휴대폰 번호를 적어 주세요'],
      ['연체료가 붙나요?', '연체료가 붙어요', '이어서 할게요'],
      ['얼마예요?', '고객마다 달라서', '이어서 할게요'],
      ['010-0000-1001', '인증번호'],
    ]);
    expect((await customer.say(await test.codeSentTo('01000001001'))).join()).toContain('77,300원');
    expect((await customer.say('앱은요?')).join()).toContain('마이케이티 앱으로 확인하기');
  });
});

describe('a correction', () => {
  it.each<[string, readonly Line[]]>([
    [
      'gets what is wanted instead',
      [
        ['앱에서 미납요금은 어떻게 봐요?', '마이케이티'],
        ['아니 그거 말고 홈페이지', 'KT 홈페이지에서 확인하기'],
        ['앱 말고 전화로 할래요', '전화로 물어보기'],
      ],
    ],
    [
      'gives up the check when not the amount is wanted',
      [
        ['내 미납요금이 얼마예요?', '휴대폰 번호를 적어 주세요'],
        ['금액 말고 방법', /^(?!.*이어서 할게요)[\s\S]*미납요금은 이렇게 확인해요/],
        ['123456', '숫자만으로는'],
      ],
    ],
    [
      'leaves the check alone when it is about something else',
      [
        ['내 미납요금이 얼마예요?', '휴대폰 번호를 적어 주세요'],
        ['앱에서 미납요금은 어떻게 봐요?', '이어서 할게요'],
        ['앱 말고 매장이요', '매장에 가서 확인하기', '이어서 할게요'],
      ],
    ],
    [
      'works in English',
      [
        ['How do I see my unpaid bill in the app?', 'MyKT'],
        ['not that, the website', 'Checking on the KT website'],
      ],
    ],
  ])('%s', async (_, lines) => {
    await converse(test.customer(), lines);
  });

  it('that names nothing instead offers the other ways, to pick by number', async () => {
    const customer = test.customer();
    await customer.say('앱에서 미납요금은 어떻게 봐요?');
    const replies = await customer.send({ type: 'message', text: '아니 앱 말고' });
    expect(suggestions(replies)).toEqual(['홈페이지로 보기', '전화로 묻기', '매장에서 보기']);
    expect((await customer.say('2번')).join()).toContain('전화로 물어보기');
  });
});
