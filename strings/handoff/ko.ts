/** What customers read and hear when a person takes over. The source of truth; `en.ts` is typed from it. */
export const handoff = {
  /** Offered beside the call centre's numbers. */
  connect: '이 채팅에서 연결',
  canConnect: '원하시면 이 채팅에서 상담원을 연결해 드릴게요.',
  callback: '여기로 답 받기',
  canCallback: (opens: string) =>
    `글을 남겨 두시면 ${opens}부터 상담원이 차례로 이 채팅에 답해 드려요. 지금 남기시겠어요?`,

  title: '상담원을 부르고 있어요',
  /** After the bot's own reasons, such as three messages that it did not understand. */
  passedOn: '지금까지 나눈 이야기를 전해 드리니 다시 설명하지 않으셔도 돼요.',
  next: '바로 다음 차례예요.',
  ahead: (people: number) => `앞에 ${people}명이 기다리고 있어요.`,
  usually: (minutes: number) => `요즘은 보통 ${minutes}분쯤 기다려요.`,
  usuallySoon: '요즘은 보통 금방 연결돼요.',
  unknown: '얼마나 걸릴지는 아직 알 수 없어요.',
  whileWaiting: '기다리는 동안 하실 말씀을 적어 두셔도 돼요.',
  stillWaiting: '아직 상담원을 기다리고 있어요.',
  noted: '네, 상담원에게 함께 전해 드릴게요.',
  already: '이미 상담원을 부르고 있어요.',
  howLong: { label: '얼마나 남았어요?', text: '얼마나 기다려야 해요?' },
  cancel: { label: '연결 취소', text: '상담원 연결 취소할게요' },
  cancelled: '네, 상담원 연결을 취소했어요. 제가 이어서 도와드릴게요. 무엇이 궁금하세요?',

  joined: (agent: string) => `상담원 ${agent} 님이 들어왔어요. 편하게 말씀해 주세요.`,
  joinedUnnamed: '상담원이 들어왔어요. 편하게 말씀해 주세요.',
  moved: (agent: string) => `이제 상담원 ${agent} 님이 이어서 도와드려요.`,
  requeued: '다른 상담원에게 넘겨 드릴게요. 잠시만 기다려 주세요.',
  withAgent: "지금은 상담원과 이야기하는 중이에요. 끝내시려면 '상담 종료'라고 적어 주세요.",
  noFiles: '사진이나 파일은 상담원에게 전해지지 않아요. 글로 적어 주세요.',
  end: { label: '상담 종료', text: '상담 종료' },

  left: '네, 상담을 마쳤어요.',
  resolved: '상담원이 상담을 마쳤어요.',
  returned: '상담원이 상담을 마쳤고, 이제 제가 이어서 도와드릴게요.',
  summary: (text: string) => `상담원이 남긴 말: ${text}`,
  timeout: '죄송해요. 지금은 상담원이 모두 바빠서 연결하지 못했어요.',
  failed: '죄송해요. 상담원을 연결하지 못했어요.',
  otherWays: '급하시면 전화로 물어보시는 게 빠를 수 있어요.',
  again: '다시 연결',

  rateTitle: '상담은 어떠셨어요?',
  rateHow: '1점부터 5점까지 골라 주세요. 안 하셔도 괜찮아요.',
  stars: ['1점 많이 아쉬웠어요', '2점 아쉬웠어요', '3점 보통이에요', '4점 좋았어요', '5점 아주 좋았어요'],
  rated: '알려 주셔서 고마워요. 더 궁금한 게 있으면 편하게 물어보세요.',
  ratedBefore: '이미 점수를 남겨 주셨어요. 고마워요.',

  callbackKept: (opens: string) => `네, 남겨 두었어요. ${opens}부터 상담원이 차례로 이 채팅에 답해 드릴게요.`,
  callbackMore: '더 하실 말씀이 있으면 여기에 적어 두세요. 저도 계속 답해 드려요.',
  callbackAlready: (opens: string) => `이미 남겨 두셨어요. ${opens}부터 상담원이 차례로 답해 드려요.`,
  callbackDrop: { label: '남긴 글 취소', text: '남긴 상담 요청 취소할게요' },
  callbackDropped: '네, 상담 요청을 취소했어요. 궁금한 게 있으면 저에게 물어보세요.',
  callbackGone: '취소할 상담 요청이 없어요. 궁금한 게 있으면 저에게 물어보세요.',
  callbackDue: '상담 시간이 되어 상담원을 부르고 있어요. 차례가 되면 여기로 답해 드릴게요.',
  callbackTimeout: '죄송해요. 남겨 주신 글에 아직 답을 드리지 못했어요.',
};
