import { billItems, paymentAccount, paymentStatus, unpaidBalance } from './billing/ko';
import { chatwoot } from './chatwoot/ko';
import { danger, followUp, manners, prompts, requests, unsure } from './conversation/ko';
import { clockTime, dayOf, monthOf, weekdays, won } from './format/ko';
import { handoff } from './handoff/ko';
import { agency, codeTime, stepUp } from './identity/ko';
import { kakao } from './kakao/ko';
import { spokenKorean } from './koreanNumber';
import { reminderDelivery } from './reminderDelivery/ko';
import { reminders } from './reminders/ko';
import { seoulDaysBetween, seoulTime } from './seoulTime';

const topics = {
  check_methods: { label: '조회 방법', text: '미납요금은 어디서 확인해요?' },
  check_app: { label: '앱으로 보기', text: '앱에서 미납요금은 어떻게 봐요?' },
  check_web: { label: '홈페이지로 보기', text: '홈페이지에서 미납요금은 어떻게 봐요?' },
  check_phone: { label: '전화로 묻기', text: '전화로 미납요금을 물어보려면 어디로 걸어요?' },
  check_store: { label: '매장에서 보기', text: '매장에 가서 미납요금을 보려면 어떻게 해요?' },
  overdue_help: { label: '연체되면?', text: '요금이 연체되면 어떻게 돼요?' },
  late_fee: { label: '연체료', text: '연체료가 붙나요?' },
  suspension: { label: '이용 정지', text: '요금을 안 내면 정지되나요?' },
  payment_delay: { label: '냈는데 미납이래요', text: '요금을 냈는데 왜 아직 미납으로 나와요?' },
  identity_check: { label: '본인 확인', text: '본인 확인은 왜 하나요?' },
  due_alerts: { label: '요금 알림', text: '납부일 알림을 받을 수 있나요?' },
  pay_methods: { label: '내는 방법', text: '미납요금은 어떻게 내요?' },
  unpaid_balance: { label: '내 미납요금', text: '내 미납요금이 얼마예요?' },
  human_agent: { label: '상담원과 이야기', text: '상담원과 이야기하고 싶어요' },
  set_reminder: { label: '알림 부탁', text: '납부일 전에 알려 주세요' },
  greeting: { label: '인사', text: '안녕하세요' },
  thanks: { label: '고마워요', text: '고마워요' },
  goodbye: { label: '끝내기', text: '안녕히 계세요' },
  help: { label: '도움말', text: '뭘 도와줄 수 있어요?' },
  cancel: { label: '처음으로', text: '처음으로' },
  out_of_scope: { label: '다른 질문', text: '다른 걸 물어볼게요' },
};

/** Korean is the source of truth: 해요체, short, nobody blamed. Claims behind sentences are named beside their use. */
export const ko = {
  locale: 'ko-KR',
  won,
  /** As it is read aloud: 77,300원 → '칠만칠천삼백 원'. */
  spokenWon: (amount: number) => `${spokenKorean(amount)} 원`,
  clockTime,
  dayOf,
  monthOf,
  topics,
  service: { mobile: '휴대폰', internet: '인터넷', tv: 'TV', other: '통신 서비스' },

  manners,

  unsure,

  followUp,

  requests,

  danger,

  prompts,

  stepUp,

  agency,

  codeTime,

  unpaidBalance,

  billItems,

  paymentAccount,

  paymentStatus,

  /** One line on why a channel fits now; the claims stand in `cards/channelRows.ts`. */
  channelRow: {
    /** S9 */
    appAnytime: '24시간, 바로',
    /** S20 */
    webNoInstall: '설치 없이 로그인해서',
    /** S24 */
    phoneOpen: (closes: string) => `${closes}까지, KT 휴대폰은 무료`,
    /** S30 */
    phoneClosed: (opens: string) => `${opens}에 열어요`,
    /** S32 */
    storeBring: '신분증을 챙기세요',
    buttons: { app: '앱 받기', web: '홈페이지 열기', phone: '114 걸기', store: '매장 찾기' },
  },
  opensAt: (nowMs: number, opensAtMs: number) => {
    const days = seoulDaysBetween(nowMs, opensAtMs);
    const { month, day, weekday } = seoulTime(opensAtMs);
    const when =
      days === 0
        ? '오늘'
        : days === 1
          ? '내일'
          : days < 7
            ? (weekdays[weekday] ?? '')
            : `${month}월 ${day}일`;
    return `${when} ${clockTime(opensAtMs)}`;
  },

  humanAgent: {
    title: '사람과 이야기하려면',
    /** S24, S25, S30 */
    open: (closes: string) => `고객센터가 보통 평일 ${closes}까지 전화를 받아요. 지금 걸 수 있어요.`,
    closed: (opens: string) => `지금은 고객센터 상담 시간이 아니에요. 보통 ${opens}에 열어요.`,
    mobile: 'KT 휴대폰에서는 국번 없이 114, 무료예요.',
    others: '유선전화나 다른 통신사 휴대폰에서는 1588-0010, 통화료가 있어요.',
    wait: '연결까지 기다릴 수 있어요.',
    call114: '114 걸기 (무료)',
    call1588: '1588-0010 걸기',
    /** A button, where the channel has consultations of its own. */
    connect: '상담원 연결',
    notHere: '이 채팅에서 상담원을 바로 연결해 드리지는 못해요.',
  },

  handoff,

  reminders,

  setReminder: {
    title: '납부일 알림',
    notYet: '제가 알림을 보내 드리지는 못해요.',
    /** S13, S14 */
    app: '마이케이티 앱의 푸시 알림으로 요금 청구와 납부 기한을 알 수 있어요.',
  },

  plainText: {
    /** For channels without buttons. @param sayings what can be typed, to the letter */
    canSay: (sayings: readonly string[]) =>
      `이렇게 적어 주셔도 돼요: ${sayings.map((saying) => `'${saying}'`).join(', ')}`,
  },

  kakao,

  reminderDelivery,

  chatwoot,

  failure: {
    turn: '죄송해요. 방금 말씀을 처리하지 못했어요. 한 번 더 적어 주세요.',
  },
};
