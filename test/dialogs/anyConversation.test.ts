import { suggestions, TestAssistant, words } from '../assistant';

/** What people send besides pressing what is offered: answers, doubts, noise, cards of other steps. */
const sent: readonly (string | { readonly [field: string]: string })[] = [
  '내 미납요금이 얼마예요?',
  '010-0000-1001',
  '010-0000-1005',
  '010-9999-8888',
  '010-0000-1001 아니면 010-0000-1003',
  '02-123-4567',
  '123456',
  '12345678',
  '네',
  '아니요',
  '아 됐어요',
  '왜요?',
  '?',
  '🙂',
  'ㅋㅋㅋ',
  'ㅅㅂ',
  '음 글쎄',
  '안 왔어요',
  '다시 보내줘',
  '다른 번호로 할게요',
  '연체료가 붙나요?',
  '상담원',
  '도움말',
  '안녕하세요',
  '감사합니다',
  '안녕히 계세요',
  '영어로 해주세요',
  '한국어로 해줘',
  '900101-1234567',
  '로그아웃',
  '국민은행 대출 금리 알려줘',
  'how much do I owe?',
  'resend',
  '요금',
  '두 번째 거',
  '9번',
  '그럼 홈페이지는요?',
  '거기 몇 시까지 해요?',
  '아니 앱 말고',
  '금액 말고 방법',
  '얼마인지 보고 상담원도 연결해줘',
  '연체료 있나요, 정지는 언제 되나요, 상담원 연결해 주세요',
  '너무 힘들어요',
  '죽고 싶다',
  '<b>hi</b>',
  { action: 'stepUp.phone', phone: '010-0000-1001' },
  { action: 'stepUp.code', code: '123456' },
  { action: 'stepUp.code', code: '' },
  { action: 'other.button' },
];

/** Numerical Recipes' generator: the same walk every time. */
function walker(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('a conversation of any course', () => {
  it.each([1, 2, 3, 4])(
    'always gets an answer, and every quick reply is understood (walk %i)',
    async (seed) => {
      const test = new TestAssistant();
      const choose = walker(seed);
      let customer = test.customer();
      let offered: string[] = [];
      for (let turn = 0; turn < 100; turn += 1) {
        if (turn % 25 === 0) customer = test.customer();
        test.nowMs += choose(3) * 20_000 + (choose(20) === 0 ? 45 * 60_000 : 0);
        const pressed = choose(3) > 0 ? offered[choose(offered.length)] : undefined;
        const message = pressed ?? sent[choose(sent.length)] ?? '';
        const replies = await customer.send(
          typeof message === 'string'
            ? { type: 'message', text: message }
            : { type: 'message', value: message },
        );
        const said = words(replies);
        expect({ message, said: said.length }).not.toEqual({ message, said: 0 });
        expect(said.length).toBeLessThanOrEqual(3);
        for (const reply of said) expect(reply.trim()).not.toBe('');
        if (pressed !== undefined)
          expect({ pressed, said: said.join() }).not.toEqual({
            pressed,
            said: expect.stringMatching(
              /잘 이해하지|혹시 '|제가 모르는|did not understand|Did you mean|do not know\./,
            ),
          });
        offered = suggestions(replies);
        const memory = await test.store.readRecord(`memory/${customer.key}`);
        expect(JSON.stringify(memory.value).length).toBeLessThanOrEqual(2_048);
      }
      expect(test.logged.filter(({ message }) => message === 'turn failed')).toEqual([]);
      await test.stop();
    },
  );
});
