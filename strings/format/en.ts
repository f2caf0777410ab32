import { seoulTime } from '../seoulTime';

export const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
export const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export function won(amount: number): string {
  return `${amount < 0 ? '-' : ''}${Math.abs(amount).toLocaleString('en-US')} won`;
}

export function clockTime(epochMs: number): string {
  const { hour, minute } = seoulTime(epochMs);
  const minutes = minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`;
  return `${hour % 12 === 0 ? 12 : hour % 12}${minutes} ${hour < 12 ? 'am' : 'pm'}`;
}

export function dayOf(ymd: string): string {
  const [, month, day] = ymd.split('-').map(Number);
  return `${day} ${months[(month ?? 1) - 1]}`;
}

export function monthOf(ym: string): string {
  return `${months[Number(ym.slice(5, 7)) - 1]}`;
}
