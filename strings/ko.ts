import { handoff } from './handoff/ko';
import { spokenKorean } from './koreanNumber';
import { reminderDelivery } from './reminderDelivery/ko';
import { reminders } from './reminders/ko';
import { seoulDaysBetween, seoulTime } from './seoulTime';

const weekdays = ['일요일', '월요일', '화요일', '수요일', '목요일', '금요일', '토요일'];

function won(amount: number): string {
  return `${amount < 0 ? '-' : ''}${Math.abs(amount).toLocaleString('ko-KR')}원`;
}

function clockTime(epochMs: number): string {
  const { hour, minute } = seoulTime(epochMs);
  const half = hour < 12 ? '오전' : '오후';
  return `${half} ${hour % 12 === 0 ? 12 : hour % 12}시${minute === 0 ? '' : ` ${minute}분`}`;
}

/** '2026-10-25' → '10월 25일' */
function dayOf(ymd: string): string {
  const [, month, day] = ymd.split('-').map(Number);
  return `${month}월 ${day}일`;
}

/** '2026-10' → '10월분' */
function monthOf(ym: string): string {
  return `${Number(ym.slice(5, 7))}월분`;
}

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

  manners: {
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
  },

  unsure: {
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
  },

  /** Answers to a short question about what was just talked of. */
  followUp: {
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
  },

  /** Several requests in one message. */
  requests: {
    alsoAsked: '함께 물어보신 것도 알려 드릴게요.',
    oneMore: (label: string) => `'${label}'도 물어보셨죠? 아래를 누르면 이어서 알려 드릴게요.`,
  },

  danger: {
    title: '많이 힘드셨군요',
    lead: '요금 이야기는 나중에 해도 괜찮아요. 혼자 견디지 마시고 지금 누군가와 이야기해 보세요.',
  },

  /** Questions that any dialog can ask (`dialogs/prompts/`). */
  prompts: {
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
  },

  stepUp: {
    askPhone:
      '요금은 본인만 볼 수 있어요. 요금을 확인할 휴대폰 번호를 적어 주세요. 주민등록번호는 받지 않아요.',
    phoneLabel: '휴대폰 번호',
    phonePlaceholder: '010-0000-0000',
    phoneError: '휴대폰 번호를 적어 주세요.',
    phoneSubmit: '인증번호 받기',
    phoneAgain: '휴대폰 번호를 알아보지 못했어요. 010으로 시작하는 번호를 숫자로 적어 주세요.',
    /** S23, S31 */
    otherWays: '번호를 적기 어려우면 매장이나 고객센터에서도 확인할 수 있어요.',
    oneNumber: '번호가 여러 개예요. 요금을 확인할 번호 하나만 적어 주세요.',
    phonePlease: '네, 그럼 요금을 확인할 휴대폰 번호를 적어 주세요.',
    phoneFirst: '요금을 보여 드리려면 본인 확인이 먼저 필요해요. 휴대폰 번호를 적어 주세요.',
    /** S48 */
    declined: '네, 번호를 안 적어도 괜찮아요. 앱이나 매장, 고객센터에서도 확인할 수 있어요.',
    stillPhone: '이어서 할게요. 요금을 확인할 휴대폰 번호를 적어 주세요.',
    sent: (digits: number, minutes: number) =>
      `등록된 번호라면 문자로 인증번호 ${digits}자리를 보냈어요. ${minutes}분 안에 적어 주세요.`,
    sentAgain: (digits: number, minutes: number) =>
      `등록된 번호라면 인증번호 ${digits}자리를 새로 보냈어요. 가장 나중에 온 번호를 ${minutes}분 안에 적어 주세요.`,
    /** S23, S31 */
    notArrived:
      '문자가 오지 않으면 번호를 다시 확인해 주세요. 문자를 받을 수 없을 때는 매장이나 고객센터에서 도와드려요.',
    codeLabel: '인증번호',
    codePlaceholder: '문자로 받은 숫자',
    codeError: '문자로 받은 숫자를 적어 주세요.',
    codeSubmit: '확인',
    resend: '다시 받기',
    otherPhone: '번호 바꾸기',
    codeAgain: '적어 주신 번호로 온 문자의 숫자만 여기에 적어 주세요.',
    codePlease: '네, 문자로 받은 숫자를 적어 주세요.',
    codeNo: "문자가 안 왔으면 '다시 받기', 번호를 잘못 적었으면 '번호 바꾸기'를 골라 주세요.",
    codeFirst: '요금을 보여 드리려면 인증번호가 필요해요. 문자로 받은 숫자를 적어 주세요.',
    noNewCode: '네, 새로 보내지 않을게요. 매장이나 고객센터에서도 확인할 수 있어요.',
    stillCode: '이어서 할게요. 문자로 받은 인증번호를 적어 주세요.',
    wrong: (triesLeft: number) => `인증번호가 달라요. ${triesLeft}번 더 해 볼 수 있어요.`,
    exhausted: '세 번 달라서 이 인증번호는 쓸 수 없게 했어요. 새로 받으시겠어요?',
    expired: '인증번호를 쓸 수 있는 시간이 지났어요. 새로 받으시겠어요?',
    limited: (retryAt: string) =>
      `안전을 위해 지금은 인증번호를 더 보낼 수 없어요. ${retryAt}부터 다시 받을 수 있어요.`,
    /** The same for everybody, whatever the reason. S17, S18, S19, S23, S31, S32 */
    withoutCode:
      '문자를 받기 어려우면 다른 방법도 있어요. 신분증을 챙겨서 가까운 매장에 가시거나, 홈페이지에 로그인하시거나, 상담원에게 물어보세요.',
    /** S23, S31, S48 */
    lineSystemDown:
      '죄송해요. 지금은 번호를 확인할 수 없어요. 잠시 뒤에 다시 해 주세요. 급하시면 앱이나 매장, 고객센터에서도 확인할 수 있어요.',
    /** @param line masked, '010-****-1001' */
    knownLine: (line: string) =>
      `${line}번으로 인증번호를 보내 드릴까요? 요금은 번호를 확인한 다음에 보여 드려요.`,
    knownLineYes: '네, 보내 주세요',
    /** S23, S31 */
    underFourteen:
      '만 14세 미만이면 이 채팅에서 요금을 보여 드릴 수 없어요. 보호자와 함께 매장이나 고객센터에 물어봐 주세요.',
    /** S23, S31 */
    forAnother:
      '다른 분의 요금은 그분만 볼 수 있어요. 그분이 직접 물어보시거나, 사정이 있으면 매장이나 고객센터에서 상담해 보세요.',
    limitedButSent: '먼저 받은 인증번호가 있으면 그걸 적어 주세요.',
    privateOnly:
      '여러 사람이 있는 대화에서는 요금을 보여 드리지 않아요. 저와 둘이 있는 대화에서 물어봐 주세요.',
    signedOut: '네, 로그아웃했어요. 요금을 다시 보려면 본인 확인을 새로 해 주세요.',
    /** @param host the site that browsers may fill the code into: the last line is theirs, not a link */
    sms: (code: string, host?: string) =>
      `[요금길잡이] 미납요금 조회 인증번호 ${code}\n직원도 묻지 않아요.${host === undefined ? '' : `\n@${host} #${code}`}`,
  },

  agency: {
    ask: '자세한 내역은 번호의 명의자 본인만 볼 수 있어요. 아래 버튼을 눌러 본인 인증을 해 주세요.',
    /** @param until clock time */
    until: (until: string) =>
      `${until}까지 할 수 있어요. 마치면 여기로 돌아와 주세요. 제가 바로 이어서 도와드릴게요.`,
    forward: '이 링크는 다른 사람에게 보내지 마세요.',
    open: '본인 인증하기',
    done: '확인했어요',
    again: '링크 새로 받기',
    why: '합계는 문자 인증만으로 볼 수 있지만, 자세한 내역은 더 조심스럽게 지켜요.',
    still: '이어서 할게요. 본인 인증을 마치셨으면 알려 주세요.',
    pending: '아직 인증이 끝나지 않았어요. 인증을 마친 다음 눌러 주세요.',
    failed: '본인 인증이 끝나지 않았어요. 다시 해 보시겠어요?',
    expired: '인증할 수 있는 시간이 지났어요. 다시 해 보시겠어요?',
    unavailable:
      '지금은 인증 결과를 확인할 수 없어요. 잠시 뒤에 다시 눌러 주세요. 하신 인증은 그대로 남아 있어요.',
    /** S10, S31, S32 */
    otherPerson:
      '이 번호의 명의자로 확인되지 않아서 자세한 내역은 보여 드릴 수 없어요. 명의자가 신분증을 가지고 매장에 가거나 상담원에게 물어보시면 확인할 수 있어요.',
    underage:
      '만 14세 미만은 보호자 동의가 필요해서 여기서는 자세한 내역을 보여 드릴 수 없어요. 보호자와 함께 매장이나 상담원에게 물어봐 주세요.',
    limited: (retryAt: string) =>
      `안전을 위해 지금은 본인 인증을 더 할 수 없어요. ${retryAt}부터 다시 할 수 있어요. 급하면 매장이나 상담원에게 물어봐 주세요.`,
    declined: '네, 인증하지 않아도 괜찮아요. 자세한 내역은 앱이나 매장, 고객센터에서도 확인할 수 있어요.',
    noAgency: '여기서는 자세한 내역까지 보여 드리지는 못해요. 앱이나 매장, 고객센터에서 확인할 수 있어요.',
    page: {
      title: '본인 인증',
      lead: '요금길잡이 채팅에서 본인 인증을 요청했어요.',
      what: '이름과 생년월일은 인증 기관 화면에서만 적어요. 요금길잡이는 명의자가 맞는지만 확인하고, 이름과 생년월일을 저장하지 않아요.',
      warn: '직접 요청하지 않았거나 다른 사람이 보낸 링크라면 이 창을 닫아 주세요.',
      begin: '인증 시작하기',
      opening: '인증 화면을 여는 중이에요.',
      stopped: '인증이 중간에 멈췄어요. 다시 시작하거나 채팅으로 돌아가 주세요.',
      trouble: '지금은 인증 화면을 열 수 없어요. 잠시 뒤에 다시 눌러 주세요.',
      noScript: '이 화면은 자바스크립트로 움직여요. 브라우저 설정에서 자바스크립트를 켜 주세요.',
      goneTitle: '이 링크는 더 쓸 수 없어요',
      gone: "시간이 지났거나 이미 쓴 링크예요. 채팅으로 돌아가서 '링크 새로 받기'를 눌러 주세요.",
      returnTitle: '채팅으로 돌아가세요',
      returned: '이 창은 닫아도 돼요. 채팅에서 바로 이어져요.',
      demoTitle: '데모 인증: 실제 PASS가 아니에요',
      demoLead:
        '진짜 인증 앱을 흉내 낸 화면이에요. 어떤 사람이 인증하는지 골라 보세요. 사람은 모두 지어냈어요.',
      demoOutcomes: {
        holder: '번호의 명의자가 인증하기',
        somebodyElse: '다른 사람이 인증하기',
        child: '만 14세 미만이 인증하기',
        givenUp: '인증하지 않고 취소하기',
      },
    },
  },

  /** Read out by screen readers while a code can be used; each once, when there is a pause. */
  codeTime: {
    until: (time: string) => `${time}까지 쓸 수 있어요.`,
    minuteLeft: '인증번호를 쓸 수 있는 시간이 1분 남았어요.',
    secondsLeft: "인증번호를 쓸 수 있는 시간이 20초 남았어요. 부족하면 '다시 받기'로 새로 받을 수 있어요.",
    over: "인증번호를 쓸 수 있는 시간이 지났어요. '다시 받기'를 누르면 새로 보내 드려요.",
  },

  unpaidBalance: {
    headline: '안 낸 요금',
    noneTitle: '안 낸 요금이 없어요',
    none: (line: string) => `${line} 번호로 등록된 요금은 모두 납부됐어요.`,
    asOf: (line: string, nowMs: number) => {
      const { month, day } = seoulTime(nowMs);
      return `${line} · ${month}월 ${day}일 ${clockTime(nowMs)} 기준`;
    },
    bill: (month: string, service: string) => `${month} ${service}`,
    dueBy: (day: string) => `${day}까지`,
    dueWas: (day: string) => `${day}까지였어요`,
    partlyPaid: (paid: string, of: string) => `${of} 중 ${paid} 납부`,
    overdue: '기한 지남',
    upcoming: '기한 전',
    inProgress: '반영 중',
    /** S39, S40, S41 */
    inProgressNote: (amount: string) =>
      `납부하신 ${amount}은 반영하는 중이에요. 전산에 반영되기까지 시간이 걸려서 잠시 미납으로 보일 수 있어요.`,
    inProgressTitle: '납부한 요금을 반영하는 중이에요',
    whereToPay: '지금 확인하고 낼 수 있는 곳',
    spoken: (total: string, bills: number) => `안 낸 요금은 모두 ${total}이고, 청구서는 ${bills}건이에요.`,
    unavailable:
      '죄송해요. 지금은 요금을 불러올 수 없어요. 잠시 뒤에 다시 물어봐 주세요. 아래 방법으로도 확인할 수 있어요.',
    again: '다시 조회',
  },

  billItems: {
    /** Opens the items from the balance; also understood when it is typed. */
    show: '내역 자세히 보기',
    showOf: (month: string, service: string) => `${month} ${service} 내역`,
    title: (month: string, service: string) => `${month} ${service} 요금 내역`,
    billed: '청구 금액',
    credit: '빼 드린 금액',
    penalty: '더해진 금액',
    none: '이 청구서에는 항목이 나와 있지 않아요.',
    differs: (total: string) =>
      `항목을 모두 더하면 ${total}이에요. 청구 금액과 다른 까닭은 상담원에게 확인해 주세요.`,
    notFound: '그 청구서를 찾지 못했어요. 지금 안 낸 요금부터 다시 볼까요?',
    nothingUnpaid: '안 낸 요금이 없어서 보여 드릴 내역이 없어요.',
    /** S10 */
    notHere:
      '내역과 납부 계좌는 여기서 보여 드릴 수 없어요. 자세한 요금 내역은 마이케이티 앱에서 볼 수 있어요.',
  },

  paymentAccount: {
    show: '납부 계좌 보기',
    title: '요금이 빠져나가는 곳',
    lastFour: (institution: string, digits: string) => `${institution} 끝자리 ${digits}`.trim(),
    bank: '은행 계좌',
    card: '카드',
    none: '확인되지 않음',
    /** S11 */
    change: '납부 방법은 마이케이티 앱에서 바꿀 수 있어요.',
  },

  paymentStatus: {
    /** Offered to who asks why a paid bill still shows; understood to the letter. */
    offer: { label: '내가 낸 요금 확인', text: '내가 낸 요금이 반영됐는지 확인해 주세요' },
    offerLine: '본인 확인을 하시면 내신 요금이 어떻게 처리되고 있는지 바로 찾아볼게요.',
    when: (paidOn: string, nowMs: number) => {
      const days = seoulDaysBetween(Date.parse(`${paidOn}T00:00:00+09:00`), nowMs);
      return days === 0 ? '오늘' : days === 1 ? '어제' : dayOf(paidOn);
    },
    inProgress: (when: string, amount: string) => `${when} ${amount}을 내신 게 확인돼요. 아직 처리 중이에요.`,
    settled: (when: string, amount: string) => `${when} ${amount}을 내신 게 확인돼요.`,
    failed: (when: string, amount: string) => `${when} ${amount}은 납부되지 않은 것으로 나와요.`,
    unclear: (when: string, amount: string) => `${when} ${amount}은 처리가 끝났는지 확인되지 않아요.`,
    noneFound: '최근 두 달 동안 내신 기록을 찾지 못했어요.',
    nothingLeft: '지금 더 내실 요금은 없어요.',
    left: (amount: string) => `지금은 ${amount}이 남아 있어요.`,
    leftBesides: (amount: string) => `처리 중인 금액을 빼면 ${amount}이 남아요.`,
    /** S40, S41 */
    delay: '전산에 반영되기까지 시간이 걸려서 잠시 미납으로 보일 수 있어요.',
    /** S39, S40 */
    justPaid: '방금 내셨다면 전산에 반영되기까지 시간이 걸릴 수 있어요.',
    askPerson: '돈이 나갔는데 여기 안 보이면 상담원에게 확인해 주세요.',
    marks: { inProgress: '처리 중', settled: '납부됨', failed: '납부 안 됨', unclear: '확인 필요' },
    payment: '내신 요금',
  },

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

  /** What only KakaoTalk needs. Row names have at most 6 characters, button labels 14. */
  kakao: {
    row: {
      head: '확인한 내용',
      item: '항목',
      amount: '금액',
      state: '상태',
      detail: '안내',
      basis: '기준',
      total: '모두',
    },
    below: '아래에서 골라 주세요.',
    /** The finished answer comes by itself. */
    waiting: '확인하고 있어요. 잠시만 기다려 주세요.',
    /** The finished answer must be picked up. */
    slow: '확인하는 데 조금 더 걸리고 있어요. 잠시 뒤에 아래 버튼을 눌러 주세요.',
    result: '결과 보기',
    noResult: '새로 나온 결과가 없어요. 궁금한 걸 다시 적어 주세요.',
    nothing: '네, 알겠어요. 궁금한 게 있으면 적어 주세요.',
  },

  reminderDelivery,

  failure: {
    turn: '죄송해요. 방금 말씀을 처리하지 못했어요. 한 번 더 적어 주세요.',
  },
};
