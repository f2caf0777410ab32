/** @param ms a length of time; below zero counts as none. @returns "3분 12초", at most two units */
export function durationKo(ms: number): string {
  return spoken(ms, { h: '시간', m: '분', s: '초' });
}

/** @param ms a length of time; below zero counts as none. @returns "3m 12s", at most two units */
export function durationEn(ms: number): string {
  return spoken(ms, { h: 'h', m: 'm', s: 's' });
}

function spoken(ms: number, unit: { h: string; m: string; s: string }): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (h > 0) return m > 0 ? `${h}${unit.h} ${m}${unit.m}` : `${h}${unit.h}`;
  if (m > 0) return s > 0 ? `${m}${unit.m} ${s}${unit.s}` : `${m}${unit.m}`;
  return `${s}${unit.s}`;
}
