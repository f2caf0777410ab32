import { clockTime, dayOf } from '../format/ko';
import { seoulDaysBetween, seoulTime } from '../seoulTime';

export const unpaidBalance = {
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
};

export const billItems = {
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
};

export const paymentAccount = {
  show: '납부 계좌 보기',
  title: '요금이 빠져나가는 곳',
  lastFour: (institution: string, digits: string) => `${institution} 끝자리 ${digits}`.trim(),
  bank: '은행 계좌',
  card: '카드',
  none: '확인되지 않음',
  /** S11 */
  change: '납부 방법은 마이케이티 앱에서 바꿀 수 있어요.',
};

export const paymentStatus = {
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
};
