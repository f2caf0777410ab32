import { seoulTime } from '../seoulTime';

export const weekdays = ['일요일', '월요일', '화요일', '수요일', '목요일', '금요일', '토요일'];

export function won(amount: number): string {
  return `${amount < 0 ? '-' : ''}${Math.abs(amount).toLocaleString('ko-KR')}원`;
}

export function clockTime(epochMs: number): string {
  const { hour, minute } = seoulTime(epochMs);
  const half = hour < 12 ? '오전' : '오후';
  return `${half} ${hour % 12 === 0 ? 12 : hour % 12}시${minute === 0 ? '' : ` ${minute}분`}`;
}

/** '2026-10-25' → '10월 25일' */
export function dayOf(ymd: string): string {
  const [, month, day] = ymd.split('-').map(Number);
  return `${month}월 ${day}일`;
}

/** '2026-10' → '10월분' */
export function monthOf(ym: string): string {
  return `${Number(ym.slice(5, 7))}월분`;
}
