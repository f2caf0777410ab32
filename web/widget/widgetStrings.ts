import { type PageStrings, pageStrings } from '../page/pageStrings';

/** What the widget says around answers and chat. Answers come from the server. */
const ko = {
  name: '요금길잡이',
  launch: '요금이 궁금하세요?',
  close: '닫기',
  ask: '무엇이 궁금하세요?',
  placeholder: '예: 냈는데 왜 아직 미납이에요?',
  common: '많이 찾는 질문',
  likely: '이런 질문인가요?',
  count: (count: number) => (count === 0 ? '맞는 질문이 없어요.' : `질문 ${count}개가 있어요.`),
  nothing: '여기에는 맞는 답이 없어요. 채팅으로 물어보면 찾아 드릴게요.',
  offline: '지금은 질문을 찾지 못해요. 잠시 뒤에 다시 적어 주세요.',
  back: '다른 질문 보기',
  helped: '궁금한 게 풀렸나요?',
  solved: '해결됐어요',
  notSolved: '아직이요',
  glad: '다행이에요. 또 궁금하면 언제든 물어보세요.',
  sorry: '아직 안 풀리셨군요. 채팅에서 이어서 도와드릴게요.',
  toChat: '채팅으로 이어가기',
  toHelp: '질문으로 돌아가기',
};

/** A sentence for every key of the Korean original. */
type OwnStrings = typeof ko;
export type WidgetStrings = OwnStrings & PageStrings;

const en: OwnStrings = {
  name: 'Bill Guide',
  launch: 'Questions about your bill?',
  close: 'Close',
  ask: 'What would you like to know?',
  placeholder: 'For example: I paid, why is it still unpaid?',
  common: 'Asked most often',
  likely: 'Is it one of these?',
  count: (count: number) => (count === 0 ? 'No question fits.' : `${count} questions found.`),
  nothing: 'There is no answer for this here. Ask in the chat and we will look for it.',
  offline: 'Questions cannot be searched right now. Please try again in a moment.',
  back: 'Other questions',
  helped: 'Did this answer your question?',
  solved: 'Yes, solved',
  notSolved: 'Not yet',
  glad: 'Good to hear. Ask again any time.',
  sorry: 'Not solved yet. Let us go on in the chat.',
  toChat: 'Continue in the chat',
  toHelp: 'Back to questions',
};

export const widgetStrings = {
  ko: { ...pageStrings.ko, ...ko },
  en: { ...pageStrings.en, ...en },
} satisfies Record<'ko' | 'en', WidgetStrings>;
