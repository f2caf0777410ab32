import fc from 'fast-check';
import { topics } from '../../../../services/intent/intent';
import { parseFollowUp } from '../../../../services/intent/requests/followUp';
import { resolveFollowUp } from '../../../../services/intent/requests/resolveFollowUp';
import { aspects, channelOfTopic, type Subject } from '../../../../services/intent/requests/subject';
import { sized } from '../../../size';

const channels = ['app', 'web', 'phone', 'store'] as const;

describe('a question that lives on what was said before', () => {
  it.each([
    ['그럼 홈페이지는요?', { channel: 'web' }],
    ['앱은요?', { channel: 'app' }],
    ['아니 홈페이지요', { channel: 'web' }],
    ['매장은 어때요', undefined],
    ['전화로도 돼요?', { channel: 'phone' }],
    ['거기 몇 시까지 해요?', { aspect: 'hours' }],
    ['주말에도 해요?', { aspect: 'hours' }],
    ['매장은 몇 시에 열어요?', { channel: 'store', aspect: 'hours' }],
    ['얼마나 걸려요?', { aspect: 'duration' }],
    ['그건 오래 걸리나요', { aspect: 'duration' }],
    ['그건 무료예요?', { aspect: 'cost' }],
    ['돈 들어요?', { aspect: 'cost' }],
    ['번호가 뭐예요', { aspect: 'number' }],
    ['거기 전화번호요', { aspect: 'number' }],
    ['어디에 있어요?', { aspect: 'place' }],
    ['뭐 가져가야 돼요?', { aspect: 'bring' }],
    ['거기서 낼 수 있어요?', { aspect: 'pay' }],
    ['얼마예요?', { aspect: 'amount' }],
    ['그다음은요?', { aspect: 'next' }],
    ['어떻게 해요?', { aspect: 'how' }],
    ['what about the website?', { channel: 'web' }],
    ['and the app?', { channel: 'app' }],
    ['how long does it take?', { aspect: 'duration' }],
    ['is that free?', { aspect: 'cost' }],
    ['what time do they close?', { aspect: 'hours' }],
    ["what's the number?", { aspect: 'number' }],
    ['can I pay there?', { aspect: 'pay' }],
    ['do I need to bring anything?', { aspect: 'bring' }],
    ['then what?', { aspect: 'next' }],
  ])('%s', (text, asked) => {
    const found = parseFollowUp(text);
    expect(found === undefined ? undefined : { channel: found.channel, aspect: found.aspect }).toEqual(asked);
  });

  it.each([
    ['연체료는 무료예요?'],
    ['홈페이지 로그인이 안 돼요'],
    ['미납요금은 어디서 확인해요?'],
    ['상담원 몇 시까지 일해요'],
    ['국민은행은 몇 시까지 해요?'],
    ['가스 요금은요?'],
    ['앱 말고 홈페이지'],
    ['앱이랑 홈페이지 중에 뭐가 나아요'],
    ['how long until my line is suspended?'],
    ['is roaming free?'],
    ['네'],
    ['그거요'],
    ['there'],
    [''],
    ['🙂'],
    [`${'그럼 '.repeat(30)}홈페이지는요?`],
  ])('is none with content of its own, or with none at all: %s', (text) => {
    expect(parseFollowUp(text)).toBeUndefined();
  });

  it('is read at once, whatever is typed', () => {
    const bits = fc.constantFrom(
      '그',
      '그건',
      '거기',
      '어',
      '어디',
      '는',
      '은',
      '요',
      '몇',
      '시',
      ' ',
      '?',
      'the',
      'it',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(bits, { maxLength: 40 }).map((some) => some.join('')),
    );
    const property = fc.property(text, (typed) => {
      const began = performance.now();
      parseFollowUp(typed);
      expect(performance.now() - began).toBeLessThan(200);
    });
    fc.assert(property, { numRuns: sized(300, 20_000) });
  });
});

describe('what it asks', () => {
  const after = (subject: Subject, text: string) => {
    const followUp = parseFollowUp(text);
    return followUp === undefined ? undefined : resolveFollowUp(followUp, subject);
  };

  it.each<[Subject, string, ReturnType<typeof after>]>([
    [{ topic: 'check_app' }, '홈페이지는요?', { kind: 'topic', topic: 'check_web' }],
    [{ topic: 'unpaid_balance' }, '앱은요?', { kind: 'topic', topic: 'check_app' }],
    [
      { topic: 'pay_methods' },
      '홈페이지는요?',
      { kind: 'aspect', topic: 'pay_methods', aspect: 'pay', channel: 'web' },
    ],
    [
      { topic: 'identity_check' },
      '매장은요?',
      { kind: 'aspect', topic: 'identity_check', aspect: 'bring', channel: 'store' },
    ],
    [
      { topic: 'check_store' },
      '몇 시까지 해요?',
      { kind: 'aspect', topic: 'check_store', aspect: 'hours', channel: 'store' },
    ],
    [
      { topic: 'check_store', channel: 'store', aspect: 'hours' },
      '전화는요?',
      { kind: 'aspect', topic: 'check_phone', aspect: 'hours', channel: 'phone' },
    ],
    [
      { topic: 'human_agent' },
      '그건 무료예요?',
      { kind: 'aspect', topic: 'human_agent', aspect: 'cost', channel: 'phone' },
    ],
    [
      { topic: 'payment_delay' },
      '얼마나 걸려요?',
      { kind: 'aspect', topic: 'payment_delay', aspect: 'duration', channel: undefined },
    ],
    [{ topic: 'late_fee' }, '얼마예요?', { kind: 'aspect', topic: 'late_fee', aspect: 'amount' }],
    [{ topic: 'check_methods' }, '얼마예요?', undefined],
    [{ topic: 'suspension' }, '어떻게 해요?', { kind: 'topic', topic: 'pay_methods' }],
    [{ topic: 'check_methods' }, '낼 수 있어요?', { kind: 'topic', topic: 'pay_methods' }],
    [{ topic: 'unpaid_balance' }, '얼마나 걸려요?', undefined],
    [{ topic: 'greeting' }, '번호가 뭐예요', undefined],
  ])('after %j, %s', (subject, text, request) => {
    expect(after(subject, text)).toEqual(request);
  });

  it('makes sense of any follow-up after any subject, or leaves it', () => {
    for (const topic of topics)
      for (const aspect of [undefined, ...aspects])
        for (const channel of [undefined, ...channels]) {
          const request = resolveFollowUp({ channel, aspect, pointsBack: true }, { topic });
          if (request?.kind === 'aspect' && channel !== undefined) expect(request.channel).toBe(channel);
          if (request === undefined) expect(channel).toBeUndefined();
        }
  });

  it('takes the channel that a topic is about', () => {
    expect(topics.map(channelOfTopic).filter((channel) => channel !== undefined)).toHaveLength(7);
  });
});
