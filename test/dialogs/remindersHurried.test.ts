import { ko } from '../../strings/ko';
import { TestAssistant, type TestCustomer } from '../assistant';

const seoul = (text: string) => Date.parse(`${text}:00+09:00`);

let test: TestAssistant;
beforeEach(() => {
  test = new TestAssistant();
});
afterEach(() => test.stop());

async function how(customer: TestCustomer, text: string): Promise<string> {
  return (await customer.say(text)).join('\n');
}

describe('a wish in a hurry', () => {
  it.each([
    ['담달5일날아침에 알려죠', '12월 5일 토요일 오전 9시에'],
    ['낼 알려줘', '11월 23일 월요일 오전 9시에'],
    ['낼모레 알려줘', '11월 24일 화요일 오전 9시에'],
    ['내일모레 알려줘', '11월 24일 화요일 오전 9시에'],
    ['31일에 알려줘', '12월 31일 목요일 오전 9시에'],
    ['30일에 알려줘', '11월 30일 월요일 오전 9시에'],
    ['20일에 알려줘', '12월 20일 일요일 오전 9시에'],
    ['오후 11시에 알려줘', '11월 23일 월요일 오전 8시에'],
    ['새벽 3시에 알려줘', '11월 23일 월요일 오전 8시에'],
    ['월급날 10일마다', '매달 10일에'],
    ['31일마다', '매달 마지막 날에'],
    ['납부일 이틀전', '휴대폰 번호'],
    ['연체되기 전에 알려줘', '휴대폰 번호'],
    ['냈는데 처리되면 알려주세요', '휴대폰 번호'],
    ['어제 알려줘', ko.reminders.ask.past],
    ['2월 30일에 알려줘', ko.reminders.ask.noSuchDay],
    ['11월 31일에 알려줘', ko.reminders.ask.noSuchDay],
    ['4월31일날 알려줘', ko.reminders.ask.noSuchDay],
    ['13월 5일에 알려줘', ko.reminders.ask.noSuchDay],
    ['두달뒤 5일에 알려줘', '2027년 1월 5일 화요일 오전 9시에'],
    ['알려줘 낼', '11월 23일 월요일 오전 9시에'],
    ['어저께 알려줘', ko.reminders.ask.past],
    ['지난주 금욜에 알려줘', ko.reminders.ask.past],
    ['토욜 오후 다섯시반에 알림좀', '11월 28일 토요일 오후 5시 30분에'],
    ['오늘밤 11시에 알려줘', '11월 23일 월요일 오전 8시에'],
    ['납부일 한달전에 알려줘', ko.reminders.ask.tooEarly],
    ['납부일 30일 전에 알려줘', ko.reminders.ask.tooEarly],
    ['납부일 몇일전에 알려줘', ko.reminders.ask.when],
    ['납부일삼일전에알려주세용', '휴대폰 번호'],
    ['돈 빠져나가기 하루전에 알려줄래', '휴대폰 번호'],
    ['요금내는날 까먹지않게 톡줘', '휴대폰 번호'],
    ['25시에 알려줘', ko.reminders.ask.when],
    ['매주 월요일에 알려줘', ko.reminders.ask.tooOften],
    ['월요일마다 알려줘', ko.reminders.ask.tooOften],
    ['매일 알려줘', ko.reminders.ask.tooOften],
    ['10분마다 알려줘', ko.reminders.ask.tooOften],
  ])('%s', async (text, answer) => expect(await how(test.customer(), text)).toContain(answer));

  it('of the morning of tomorrow, said early in the morning, is not of today', async () => {
    test.nowMs = seoul('2026-11-23T07:00');
    expect(await how(test.customer(), '낼 아침에 알려죠')).toContain('11월 24일 화요일 오전 9시에');
  });

  it.each([
    ['remind me 2 days before', 'mobile number'],
    ['every 10th', 'day 10 of each month'],
    ['remind me tmrw', 'Monday 23 Nov, 9 am'],
    ['remind me on the 31st', 'Thursday 31 Dec, 9 am'],
    ['remind me on due date at 7 in the morning', 'mobile number'],
    ['remind me when due', 'mobile number'],
    ['remind me tomorrow at 10 in the morning', 'Monday 23 Nov, 10 am'],
    ['remind me every week', 'cannot remind you daily or weekly'],
    ['remind me on feb 30', 'No calendar has that day'],
  ])('%s', async (text, answer) =>
    expect(await how(test.customer({ locale: 'en-US' }), text)).toContain(answer),
  );

  it.each([
    '연체되면 어떻게 되는지 알려줘',
    '납부일 지나면 어떻게 되는지 알려줘',
    '반영되면 뭐가 바뀌는지 알려줘',
    '내일까지 내야 하는지 알려줘',
    '5일까지 내면 되는지 알려줘',
    '그만 내고 싶어',
  ])('%s asks something now, and sets no reminder', async (text) => {
    const customer = test.customer();
    const said = await how(customer, text);
    expect(said).not.toMatch(/알려 드릴게요|휴대폰 번호|부탁하신 알림/);
    expect(await how(customer, '알림 목록')).toContain(ko.reminders.list.none);
  });
});

describe('words that stop', () => {
  it.each([
    ['1번이랑 3번 알림 꺼줘', "네, '11월 25일 수요일 오전 9시', '11월 27일 금요일 오전 9시' 알림을 껐어요."],
    ['1번 3번 꺼줘', "네, '11월 25일 수요일 오전 9시', '11월 27일 금요일 오전 9시' 알림을 껐어요."],
    [
      'stop reminders 1 and 3',
      'Sure, I stopped these: Wednesday 25 Nov, 9 am (Korean time); Friday 27 Nov, 9 am (Korean time).',
    ],
  ])('%s: stops those two', async (text, answer) => {
    const customer = test.customer();
    for (const day of ['25일', '26일', '27일']) await customer.say(`${day} 오전 9시에 알려줘`);
    expect(await how(customer, text)).toBe(answer);
    const list = await how(customer, '알림 목록');
    expect(list).toContain('11월 26일');
    expect(list).not.toMatch(/11월 2[57]일/);
    expect(await how(customer, '1번이랑 4번 꺼줘')).toBe(ko.reminders.stopped.noSuch);
    expect(await how(customer, '알림 목록')).toContain('11월 26일');
  });

  it.each([
    '그만좀 보내',
    '알림 다 꺼',
    '알림 그만',
    '문자 그만 보내',
    '수신거부',
    '1번 꺼줘',
    'stop reminding me',
    'stop sending',
    'unsubscribe',
    'pls stop msg me',
    'opt out',
  ])('%s', async (text) => {
    const customer = test.customer();
    await customer.say('내일 알려줘');
    expect(await how(customer, text)).toMatch(/알려 드리지 않을게요|will not remind/);
  });

  it.each([
    '알림 끄지 마',
    '알림 취소하지 마세요',
    '알림 끄지 말고 그대로 둬',
    '알림 끄는 법',
    '알림 꺼졌어?',
    '알림 꺼도 돼?',
    'stop it',
    "don't stop reminding me",
    'do not stop reminding me',
    '그만 내고 싶어',
    '앱 알림 꺼줘',
    '알림톡 그만 보내',
    '자동이체 그만할래',
  ])('%s does not', async (text) => {
    const customer = test.customer();
    await customer.say('내일 알려줘');
    await customer.say(text);
    expect(await how(customer, '알림 목록')).toContain('11월 23일 월요일 오전 9시');
  });

  it.each([
    '그만',
    '이제 그만',
    '그만해',
    '됐어 그만해요',
    '안 받을래요',
    '귀찮아',
    'stop',
    'enough',
    'stop please',
  ])('%s, just after a reminder', async (text) => {
    const customer = test.customer();
    await customer.say('매달 23일에 알려줘');
    test.nowMs = seoul('2026-11-23T09:00');
    await test.delivered();
    await customer.say(text);
    expect(await how(customer, '알림 목록')).toContain(ko.reminders.list.none);
  });

  it('"취소" in the middle of proving a line stops that, and no reminder that just came', async () => {
    const customer = test.customer();
    await customer.say('매달 23일에 알려줘');
    test.nowMs = seoul('2026-11-23T08:59');
    await customer.say('내 미납요금이 얼마예요?');
    test.nowMs = seoul('2026-11-23T09:00');
    await test.delivered();
    await customer.say('취소');
    expect(await how(customer, '알림 목록')).toContain('매달 23일');
  });
});
