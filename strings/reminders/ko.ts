import { seoulTime } from '../seoulTime';

const weekdays = ['일요일', '월요일', '화요일', '수요일', '목요일', '금요일', '토요일'];
const spans = ['', '하루', '이틀', '사흘', '나흘', '닷새', '엿새', '일주일'];

/** 540 → '오전 9시' */
function clock(minuteOfDay: number): string {
  const hour = Math.floor(minuteOfDay / 60);
  const minute = minuteOfDay % 60;
  return `${hour < 12 ? '오전' : '오후'} ${hour % 12 === 0 ? 12 : hour % 12}시${minute === 0 ? '' : ` ${minute}분`}`;
}

/** '2026-12-05' → '12월 5일' */
function dayOf(ymd: string): string {
  const [, month, day] = ymd.split('-').map(Number);
  return `${month}월 ${day}일`;
}

/** '12월 5일 토요일 오전 9시'; with its year when that is not this year. */
function moment(atMs: number, nowMs: number): string {
  const { year, month, day, weekday, hour, minute } = seoulTime(atMs);
  const withYear = year === seoulTime(nowMs).year ? '' : `${year}년 `;
  return `${withYear}${month}월 ${day}일 ${weekdays[weekday]} ${clock(hour * 60 + minute)}`;
}

function before(days: number): string {
  return `${spans[days] ?? `${days}일`} 전`;
}

/** '오전 9시예요', '오전 9시 30분이에요' */
function isAt(when: string): string {
  return `${when}${when.endsWith('분') ? '이에요' : '예요'}`;
}

const optOut = "그만 받으려면 '그만 알려줘'라고 적어 주세요.";

/**
 * Reminders. The messages are read on lock screens and by whoever sits beside: no amount, no name, no number, no link,
 * nothing for sale, no threat; a label in front and the way out at the end.
 */
export const reminders = {
  clock,
  dayOf,
  moment,

  /** Quick replies; understood to the letter. Labels have at most 14 characters (KakaoTalk). */
  offers: {
    settled: { label: '반영되면 알림', text: '결제가 반영되면 알려 주세요' },
    serviceBack: { label: '되면 알림', text: '조회가 다시 되면 알려 주세요' },
    dayBefore: { label: '납부일 하루 전', text: '납부일 하루 전에 알려 주세요' },
    dueToday: { label: '납부일 당일', text: '납부일 당일에 알려 주세요' },
    tomorrow: { label: '내일 아침', text: '내일 아침 9시에 알려 주세요' },
    list: { label: '내 알림 보기', text: '알림 목록 보여 주세요' },
    change: { label: '알림 바꾸기', text: '알림을 바꿔 주세요' },
    stopAll: { label: '알림 끄기', text: '그만 알려줘' },
  },
  stopNumber: (place: number) => ({ label: `${place}번 끄기`, text: `${place}번 알림 꺼 주세요` }),

  /** What a reminder is called in lists. */
  names: {
    dueSoon: (days: number, minute: number) => `납부일 ${before(days)} ${clock(minute)}`,
    dueToday: (minute: number) => `납부일 당일 ${clock(minute)}`,
    overdueOnce: '납부일이 지났을 때 한 번',
    settled: '낸 요금이 반영되면',
    serviceBack: '조회가 다시 되면',
    moment: '한 번',
    monthly: (day: number, minute: number) =>
      `매달 ${day === 31 ? '마지막 날' : `${day}일`} ${clock(minute)}`,
  },
  whenNewBill: '새 요금이 나오면',
  watching: '살펴보는 중',

  ask: {
    when: '네, 언제 알려 드릴까요? 날짜와 시간을 편하게 적어 주세요.',
    past: '그때는 이미 지났어요. 앞으로 올 날로 적어 주세요.',
    tooOften: '매일이나 매주는 알려 드리지 못해요. 한 번이나 매달 하루로 적어 주세요.',
    tooEarly: '납부일 알림은 14일 전부터 드릴 수 있어요. 며칠 전에 알려 드릴까요?',
    noSuchDay: '달력에 없는 날이에요. 다른 날로 적어 주세요.',
    whichDay: '매달 며칠에 알려 드릴까요? 날짜를 숫자로 적어 주세요.',
    /** Of two moments in one sentence one was set; what the other one lacks. */
    other: {
      when: '다른 하나는 언제인지 잘 모르겠어요. 날짜와 시간으로 다시 적어 주세요.',
      past: '다른 하나는 이미 지난 때예요. 앞으로 올 날로 다시 적어 주세요.',
      tooOften: '매일이나 매주는 알려 드리지 못해요. 다른 하나는 한 번이나 매달 하루로 적어 주세요.',
      tooEarly: '납부일 알림은 14일 전부터 드릴 수 있어요. 다른 하나는 며칠 전에 알려 드릴까요?',
      noSuchDay: '다른 하나는 달력에 없는 날이에요. 다른 날로 다시 적어 주세요.',
      whichDay: '다른 하나는 매달 며칠에 알려 드릴까요? 날짜를 숫자로 적어 주세요.',
    },
    changeWhen: '네, 언제로 바꿔 드릴까요?',
    changeWhich: "어느 알림을 바꿀까요? '1번'처럼 번호로 적어 주세요.",
  },

  /** The answer to a request: exactly when, what for, and how to stop. Change `consentWording` with it. */
  agreed: {
    /** Above the answers to several wishes of one sentence. */
    several: (count: number) => `네, 알림 ${count}개를 맞췄어요.`,
    moment: (when: string) => `${when}에 알려 드릴게요.`,
    monthly: (day: number, when: string) =>
      day === 31
        ? `매달 마지막 날에 알려 드릴게요. 첫 알림은 ${isAt(when)}.`
        : `매달 ${day}일에 알려 드릴게요. 첫 알림은 ${isAt(when)}.`,
    shortMonths: (day: number) => `${day}일이 없는 달에는 그 달 마지막 날에 알려 드려요.`,
    dueSoon: (when: string, dueDay: string) => `${when}에 알려 드릴게요. 납부일은 ${dueDay}이에요.`,
    dueToday: (when: string) => `${when}에 알려 드릴게요. 그날이 납부일이에요.`,
    overdueOnce: (when: string) => `그때까지 내지 않으셨으면 ${when}에 한 번 알려 드릴게요.`,
    eachBill: '다음 요금부터도 같은 때에 알려 드려요.',
    noDateYet: (name: string) =>
      `지금은 앞으로 알려 드릴 납부일이 없어요. 새 요금이 나오면 '${name}'에 알려 드릴게요.`,
    unknownYet: (name: string) =>
      `지금은 납부일을 불러올 수 없어요. 다시 확인해서 '${name}'에 알려 드릴게요.`,
    overdueLater: '새 요금이 나오고 납부일이 지나면 그때 한 번 알려 드릴게요.',
    settled: (until: string) => `반영됐는지 몇 시간마다 살펴보고 알려 드릴게요. ${until}까지 살펴봐요.`,
    serviceBack: (until: string) => `조회가 되는지 살펴보고, 되면 바로 알려 드릴게요. ${until}까지 살펴봐요.`,
    moved: '밤 9시부터 아침 8시까지는 보내지 않아서, 아침 8시로 옮겼어요.',
    onlyIfDue:
      '보내기 전에 낼 요금이 남았는지만 다시 확인하고, 이미 내셨으면 보내지 않아요. 13개월 동안 이어져요.',
    stop: "그만 받고 싶으면 언제든 '그만 알려줘'라고 적어 주세요.",
  },
  already: (when: string) => `그 알림은 이미 부탁하셨어요. ${when}`,
  full: '알림은 10개까지 받을 수 있어요. 하나를 끄고 다시 부탁해 주세요.',
  groupOnly: '여러 사람이 있는 대화에서는 알림을 보내 드리지 않아요. 저와 둘이 있는 대화에서 부탁해 주세요.',
  nothingMoving: '지금은 처리 중인 납부가 없어요. 요금을 조회하시면 지금 상태를 볼 수 있어요.',
  worksNow: '지금은 조회가 돼요. 바로 물어보셔도 돼요.',

  list: {
    title: '부탁하신 알림',
    none: '지금 부탁하신 알림이 없어요.',
    how: "'1번 알림 꺼 주세요'처럼 하나만 끌 수도 있어요.",
  },
  stopped: {
    one: '네, 이제 알려 드리지 않을게요.',
    named: (names: readonly string[]) => `네, ${names.map((name) => `'${name}'`).join(', ')} 알림을 껐어요.`,
    all: (count: number) => `네, 알림 ${count}개를 모두 껐어요.`,
    noSuch: '그 번호의 알림은 없어요.',
  },

  /** What is sent. */
  messages: {
    dueSoon: (dueDay: string) => `[납부 알림] ${dueDay}이 납부일이에요. 이미 내셨으면 그냥 두셔도 돼요.`,
    dueToday: '[납부 알림] 오늘이 납부일이에요. 이미 내셨으면 그냥 두셔도 돼요.',
    overdueOnce: '[납부 알림] 납부일이 지난 요금이 있어요. 편하실 때 확인해 주세요.',
    settled: '[반영 알림] 내신 요금이 모두 반영됐어요.',
    settledRest:
      "[반영 알림] 납부 처리는 끝났는데, 아직 낼 요금이 남아 있어요. '내 미납요금'이라고 적으시면 지금 상태를 볼 수 있어요.",
    serviceBack: '[조회 알림] 이제 요금 조회가 돼요. 편하실 때 다시 물어봐 주세요.',
    moment: '[요금 알림] 지금 알려 달라고 하셔서 말씀드려요. 휴대폰 요금을 확인해 보세요.',
    monthly: '[요금 알림] 매달 이때 알려 달라고 하셔서 말씀드려요. 휴대폰 요금을 확인해 보세요.',
    expired:
      "[납부 알림] 이 알림을 더 보낼 수 없게 되어 마칠게요. 다시 받으려면 '납부일 전에 알려 주세요'라고 적어 주세요.",
    optOut,
  },
};

export type ReminderStrings = typeof reminders;
