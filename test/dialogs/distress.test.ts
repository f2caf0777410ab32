import path from 'node:path';
import { soundsInDanger } from '../../dialogs/distressWords';
import { loadHelplines } from '../../services/faq/helplines';
import { suggestions, TestAssistant, words } from '../assistant';

let test: TestAssistant;
beforeEach(() => {
  test = new TestAssistant();
});
afterEach(() => test.stop());

describe('a life that may be in danger', () => {
  it.each([
    ['죽고 싶다'],
    ['요금도 못 내고 그냥 죽고싶어요'],
    ['살고 싶지 않아요'],
    ['다 끝내고 싶고 자살 생각만 나요'],
    ['스스로 목숨을 끊고 싶어요'],
    ['I want to die'],
    ['i keep thinking about suicide'],
  ])('comes before everything else: %s', async (text) => {
    const replies = await test.customer().send({ type: 'message', text });
    const said = words(replies).join('\n');
    for (const number of ['109', '119', '112']) expect(said).toContain(number);
    expect(said).toMatch(/혼자 견디지 마시고|You do not have to bear this alone/);
    expect(suggestions(replies)).toHaveLength(1);
  });

  it('asks for no phone number in the middle of a check, which can go on later', async () => {
    const customer = test.customer();
    await customer.say('내 미납요금이 얼마예요?');
    const replies = await customer.say('죽고 싶어요');
    expect(replies).toHaveLength(1);
    expect(replies.join()).not.toContain('휴대폰 번호');
    expect((await customer.say('010-0000-1001')).join()).toContain('인증번호');
  });

  it.each([
    ['요금 때문에 죽겠네'],
    ['배고파 죽겠다'],
    ['전화 기다리다 죽는 줄 알았어요'],
    ['앱이 자꾸 죽어요'],
    ['죽을 만큼 비싸네'],
    ['자살골 넣었네'],
    ['this app is killing me'],
    ['유서 깊은 회사'],
  ])('is not read into a way of speaking: %s', (text) => {
    expect(soundsInDanger(text)).toBe(false);
  });

  it('is met with numbers that name who runs them', () => {
    const helplines = loadHelplines(path.resolve(__dirname, '../../data'));
    expect(helplines.map(({ phoneNumber, source }) => [phoneNumber, source.publisher])).toEqual([
      ['109', '보건복지부 자살예방정책과'],
      ['119', '소방청'],
      ['112', '경찰청'],
    ]);
    for (const { phoneNumber, texts } of helplines)
      for (const { label, sentence } of [texts.ko, texts.en])
        for (const text of [label, sentence]) expect(text).toContain(phoneNumber);
  });
});

describe('anger and weariness', () => {
  it.each([
    ['아 진짜 짜증나', /죄송해요/],
    ['닥쳐 이 새끼야 ㅅㅂ', /죄송해요/],
    ['씨발 뭐 이런 게 다 있어', /죄송해요/],
    ['this is fucking ridiculous', /Sorry for the trouble/],
    ['너무 힘들어요', /많이 힘드시겠어요/],
    ['진짜 막막하네요', /많이 힘드시겠어요/],
    ["I'm so desperate", /That sounds hard/],
  ])('%s meets a kind word and a way to a person', async (text, kind) => {
    const customer = test.customer();
    const replies = await customer.send({ type: 'message', text });
    const said = words(replies).join('\n');
    expect(said).toMatch(kind);
    expect(said).not.toMatch(/욕|바른 말|예의|language|polite|rude/i);
    expect(suggestions(replies)[0]).toMatch(/상담원과 이야기|Talk to a person/);
    expect((await customer.say('네')).join()).toMatch(/사람과 이야기하려면|114/);
  });

  it('do not keep a question from its answer', async () => {
    expect((await test.customer().say('ㅅㅂ 연체료가 왜 붙나요?')).join()).toContain('연체료가 붙어요');
  });
});
