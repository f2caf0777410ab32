import {
  asksHowLong,
  asksToEndTalk,
  asksToStopWaiting,
  handoffRequestOf,
  starsIn,
} from '../../dialogs/handoffWords';
import { stringsFor } from '../../strings';

describe('ending the talk with a person', () => {
  it.each([
    '상담 종료',
    '상담 그만할게요',
    '그만',
    '이제 그만할게요.',
    '대화 끝낼게요',
    'end chat',
    'Leave the chat',
  ])('means it: %s', (text) => expect(asksToEndTalk(text)).toBe(true));

  it.each([
    '취소',
    '취소해 주세요',
    '그만큼이나 나왔어요?',
    '상담 시간이 언제예요?',
    '연결 계좌가 어디예요?',
    '부가서비스 그만 쓰고 싶어요',
    '상담이 끝나면 문자 오나요?',
    'when does the chat end?',
  ])('is rather said to the agent: %s', (text) => expect(asksToEndTalk(text)).toBe(false));
});

describe('waiting', () => {
  it.each([
    '상담원 연결 취소할게요',
    '연결 취소',
    '취소',
    '그만',
    '안 기다릴래요',
    '상담원 필요 없어요',
    '됐어요',
    'cancel',
    'I do not need an agent',
  ])('is over: %s', (text) => expect(asksToStopWaiting(text)).toBe(true));

  it.each([
    '결제가 취소됐는데 또 나갔어요',
    '요금이 이상해요',
    '자동이체 취소가 안 돼요',
    'my payment was cancelled',
  ])('goes on, and this is for the agent: %s', (text) => expect(asksToStopWaiting(text)).toBe(false));

  it.each([
    '얼마나 기다려야 해요?',
    '몇 분 남았어요?',
    '언제 연결돼요?',
    '아직 멀었어요?',
    'how long?',
    'when will someone join',
  ])('asks how it stands: %s', (text) => expect(asksHowLong(text)).toBe(true));

  it.each(['요금이 얼마예요?', '두 번 나갔어요'])('asks something else: %s', (text) =>
    expect(asksHowLong(text)).toBe(false),
  );
});

describe('points', () => {
  it.each([
    ['5', 5],
    ['4점이요', 4],
    ['3점 줄게요', 3],
    ['2 stars', 2],
    ['6', undefined],
    ['0', undefined],
    ['5만원', undefined],
    ['15', undefined],
  ])('in %s', (text, stars) => expect(starsIn(text)).toBe(stars));
});

describe('buttons about people', () => {
  it('mean the same when their words are typed, in both languages', () => {
    for (const locale of ['ko', 'en'] as const) {
      const { connect, again, callback, callbackDrop } = stringsFor(locale).handoff;
      const asked = (text: string) => handoffRequestOf({ kind: 'text', text });
      expect([connect, again, callback, callbackDrop.label, callbackDrop.text].map(asked)).toEqual([
        'start',
        'start',
        'callback',
        'drop',
        'drop',
      ]);
    }
    expect(handoffRequestOf({ kind: 'text', text: '안녕하세요' })).toBeUndefined();
  });
});
