import { won } from '../format/ko';
import { seoulTime } from '../seoulTime';

/** What an agent in Chatwoot reads before the customer's own words. The source of truth; `en.ts` is typed from it. */
export const chatwoot = {
  contact: '요금길잡이 고객',
  title: '[요금길잡이] 챗봇이 정리한 내용이에요.',
  reason: {
    asked: '고객이 상담원을 불렀어요.',
    notUnderstood: '챗봇이 여러 번 알아듣지 못했어요.',
    verificationFailed: '본인 확인이 되지 않았어요.',
    suspended: '이용이 정지된 회선이에요.',
    upset: '고객이 많이 언짢아하셨어요.',
    distress: '고객이 많이 힘들어하셨어요. 먼저 살펴 주세요.',
    topic: '상담원이 필요한 질문이에요.',
  },
  callback: '상담 시간에 답해 달라고 남기신 글이라, 지금 채팅을 보고 있지 않을 수 있어요.',
  verified: (line: string | undefined, atMs: number) =>
    `본인 확인: ${clock(atMs)}에 마침${line === undefined ? '' : ` (${line})`}`,
  notVerified: '본인 확인: 하지 않음',
  owes: (totalKrw: number, atMs: number) => `미납요금: ${won(totalKrw)} (${clock(atMs)} 기준)`,
  bill: (label: string, amountKrw: number, dueDate: string | undefined) =>
    `- ${label}: ${won(amountKrw)}${dueDate === undefined ? '' : `, 납부 기한 ${dueDate}`}`,
  soFar: '지금까지 나눈 이야기:',
  speaker: { customer: '고객', bot: '챗봇', agent: '상담원' },
};

function clock(atMs: number): string {
  const { month, day, hour, minute } = seoulTime(atMs);
  return `${month}월 ${day}일 ${hour}:${String(minute).padStart(2, '0')}`;
}
