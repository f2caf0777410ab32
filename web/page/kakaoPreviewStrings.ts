/** Words around the renderings; loaded with them. */
const ko = {
  title: '같은 답, 세 가지 모습',
  lead: '채널마다 보여 줄 수 있는 것이 달라서, 답 하나를 채널에 맞게 그려요. 요금은 지어낸 거예요.',
  choose: '어떤 답을 볼까요?',
  replies: {
    unpaid_balance: '미납요금',
    check_methods: '조회 방법',
    late_fee: '연체료',
    human_agent: '상담원과 이야기',
    welcome: '첫인사',
  },
  card: '웹 채팅·Teams의 카드',
  text: '문자·이메일의 글',
  kakao: '카카오톡',
  kakaoJson: '카카오톡에 보내는 JSON',
  quickReplies: '바로 물어볼 수 있는 말',
  more: '옆으로 넘겨 볼 수 있어요',
  close: '닫기',
  unavailable: '이 서버에서는 보여 드릴 수 없어요.',
};

export type PreviewStrings = typeof ko;

const en: PreviewStrings = {
  title: 'One answer, three looks',
  lead: 'Channels differ in what they can show, so one answer is drawn for each of them. The bill is made up.',
  choose: 'Which answer?',
  replies: {
    unpaid_balance: 'Unpaid bill',
    check_methods: 'Ways to check',
    late_fee: 'Late fee',
    human_agent: 'Talk to a person',
    welcome: 'Welcome',
  },
  card: 'Card in web chat and Teams',
  text: 'Words in text messages and e-mail',
  kakao: 'KakaoTalk',
  kakaoJson: 'JSON sent to KakaoTalk',
  quickReplies: 'Things to ask next',
  more: 'Scrolls sideways',
  close: 'Close',
  unavailable: 'This server cannot show them.',
};

export const previewStrings = { ko, en };
