import { dayOf, won } from '../format/ko';

export const manners = {
  welcome: '안녕하세요, 요금길잡이예요. 안 낸 요금을 확인하고 내는 길을 알려 드려요. 무엇이 궁금하세요?',
  hello: '네, 안녕하세요! 무엇이 궁금하세요?',
  thanks: '도움이 됐다니 다행이에요. 더 궁금한 게 있으면 편하게 물어보세요.',
  goodbye: '네, 좋은 하루 보내세요. 필요하면 언제든 다시 물어보세요.',
  helpTitle: '이런 걸 도와드려요',
  help: [
    '저는 사람이 아니라 자동으로 답하는 길잡이예요.',
    '미납요금이 얼마인지 보여 드려요. 본인 확인이 필요해요.',
    '앱, 홈페이지, 전화, 매장에서 확인하고 내는 방법을 알려 드려요.',
    '연체, 이용 정지, 납부 반영이 궁금해도 물어보세요.',
    "하던 일을 멈추려면 '취소', 처음부터 하려면 '처음으로'라고 적어 주세요.",
  ],
  cancelled: '네, 멈췄어요. 처음부터 다시 도와드릴게요. 무엇이 궁금하세요?',
  nothingToCancel: '네, 처음이에요. 무엇이 궁금하세요?',
  empty: '메시지가 비어 있어요.',
  attachment: '사진이나 파일은 열어 볼 수 없어요.',
  /** Follows the two above where no step waits. */
  writeIt: '궁금한 걸 글로 적어 주세요.',
  staleButton: '지난 단계의 버튼이에요.',
  chooseBelow: '지금은 아래에서 골라 주세요.',
  /** In the middle of something: what follows says what is needed. */
  helloMidway: '네, 안녕하세요!',
  thanksMidway: '네, 별말씀을요.',
  /** Answers a bare yes and a bare no. */
  whichOne: '네, 무엇을 도와드릴까요? 아래에서 골라 주세요.',
  noNeed: '네, 필요하면 언제든 편하게 물어보세요.',
  upset: '불편하게 해 드려서 죄송해요. 원하시면 사람과 이야기하는 방법을 알려 드릴게요.',
  wornOut: '많이 힘드시겠어요. 원하시면 사람과 이야기하는 방법을 알려 드릴게요.',
  takeYourTime: '네, 천천히 하세요.',
  speaking: '네, 한국어로 이야기할게요.',
  residentNumber:
    '주민등록번호처럼 보이는 숫자는 저장하지 않고 바로 지웠어요. 이 채팅에서는 주민등록번호를 절대 받지 않아요.',
};

export const unsure = {
  /** @param labels what the buttons below say, one to three */
  closest: (labels: readonly string[]) =>
    labels.length > 1
      ? `혹시 ${labels.map((label) => `'${label}'`).join(', ')} 중에 찾으시는 게 있을까요?`
      : `혹시 '${labels[0] ?? ''}' 말씀이세요?`,
  /** After "아니요" to the question above. */
  notThat: '네, 그럼 다시 여쭤볼게요.',
  notAny: '네, 제가 잘못 짚었네요. 조금 다르게 적어 주시거나 아래에서 골라 주세요.',
  sameAgain: '아까도 여쭤봤는데 제가 답을 찾지 못했어요. 조금 다르게 적어 주시거나 아래에서 골라 주세요.',
  notOnList: '그 번호의 버튼은 없어요. 아래에서 골라 주세요.',
  wordless: '궁금한 걸 글로 적어 주시면 도와드릴게요. 아래에서 골라도 돼요.',
  onlyNumber: '숫자만으로는 무엇을 도와드릴지 알기 어려워요. 요금을 보려면 아래에서 골라 주세요.',
  unknown: '잘 이해하지 못했어요. 조금 다르게 적어 주시거나 아래에서 골라 주세요.',
  outOfScope: '그건 제가 모르는 일이에요. 저는 KT 미납요금을 확인하고 내는 일을 도와드려요.',
  stuckOutOfScope: '제가 모르는 일이라 죄송해요. 사람과 이야기하는 게 빠를 수 있어요.',
  stuck: '제가 자꾸 못 알아들어서 죄송해요. 사람과 이야기하는 게 빠를 수 있어요.',
};

/** Answers to a short question about what was just talked of. */
export const followUp = {
  unknown: {
    hours: '이용 시간은 제가 정확히 알지 못해요.',
    duration: '정확히 얼마나 걸리는지는 제가 알지 못해요.',
    cost: '비용이 드는지는 제가 알지 못해요.',
    number: '그곳 전화번호는 제가 알지 못해요.',
    place: '정확한 위치는 제가 알지 못해요.',
    bring: '무엇이 필요한지는 제가 알지 못해요.',
    pay: '그 방법으로 바로 낼 수 있는지는 제가 알지 못해요.',
    amount: '정확한 금액은 제가 알지 못해요.',
    next: '제가 아는 순서는 여기까지예요.',
    how: '더 자세한 방법은 제가 알지 못해요.',
  },
  /** Where some of several ways are known in this respect. */
  othersUnknown: {
    hours: '다른 방법의 이용 시간은 제가 알지 못해요.',
    duration: '다른 방법은 얼마나 걸리는지 제가 알지 못해요.',
    cost: '다른 방법에 비용이 드는지는 제가 알지 못해요.',
    number: '매장 전화번호는 제가 알지 못해요.',
    place: '정확한 위치는 제가 알지 못해요.',
    bring: '다른 방법에 무엇이 필요한지는 제가 알지 못해요.',
    pay: '다른 방법으로 낼 수 있는지는 제가 알지 못해요.',
    amount: '정확한 금액은 제가 알지 못해요.',
    next: '제가 아는 순서는 여기까지예요.',
    how: '더 자세한 방법은 제가 알지 못해요.',
  },
  askThere: 'KT 홈페이지나 고객센터에서 확인해 주세요.',
  instead: '네, 그럼 어느 쪽이 궁금하세요?',
};

/** Several requests in one message. */
export const requests = {
  alsoAsked: '함께 물어보신 것도 알려 드릴게요.',
  oneMore: (label: string) => `'${label}'도 물어보셨죠? 아래를 누르면 이어서 알려 드릴게요.`,
};

export const danger = {
  title: '많이 힘드셨군요',
  lead: '요금 이야기는 나중에 해도 괜찮아요. 혼자 견디지 마시고 지금 누군가와 이야기해 보세요.',
};

/** Questions that any dialog can ask (`dialogs/prompts/`). */
export const prompts = {
  yes: '네',
  no: '아니요',
  confirmAgain: "'네'나 '아니요'로 답해 주세요.",
  askAmount: '금액을 적어 주세요. 35,000원이나 3만5천원처럼 적으면 돼요.',
  amountAgain: '금액을 알아보지 못했어요. 35,000원이나 3만5천원처럼 적어 주세요.',
  oneAmount: '금액이 여러 개예요. 하나만 적어 주세요.',
  amountAtLeast: (least: number) => `${won(least)} 이상으로 적어 주세요.`,
  amountAtMost: (most: number) => `${won(most)}까지 적을 수 있어요. 다시 적어 주세요.`,
  askDate: "날짜를 적어 주세요. '11월 25일'이나 '다음 주 금요일'처럼 적으면 돼요.",
  dateAgain: "날짜를 알아보지 못했어요. '11월 25일'이나 '다음 주 금요일'처럼 적어 주세요.",
  oneDate: '날짜가 여러 개예요. 하나만 적어 주세요.',
  /** @param ymd 'YYYY-MM-DD' */
  day: (ymd: string, withYear: boolean) => `${withYear ? `${ymd.slice(0, 4)}년 ` : ''}${dayOf(ymd)}`,
  meantDay: (day: string) => `${day} 말씀이세요?`,
  otherDay: "그럼 몇 월 며칠인지 알려 주세요. '11월 25일'처럼 적으면 돼요.",
  /** @param ym 'YYYY-MM' */
  whichDay: (ym: string) => `${Number(ym.slice(5, 7))}월 며칠인지도 알려 주세요.`,
  dateIsPast: (day: string) => `${day}은 벌써 지났어요. 오늘이나 그 뒤의 날짜로 적어 주세요.`,
  dateIsAhead: (day: string) => `${day}은 아직 오지 않았어요. 오늘이나 그 전의 날짜로 적어 주세요.`,
  askPhone: '휴대폰 번호를 적어 주세요.',
  onePhone: '번호가 여러 개예요. 하나만 적어 주세요.',
  askCode: '문자로 받은 숫자를 적어 주세요.',
  stopped: '네, 여기서 멈출게요.',
  gaveUp: '괜찮아요, 이건 나중에 해도 돼요. 다른 걸 물어보셔도 좋아요.',
};
