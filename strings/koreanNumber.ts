const digits = ['', '일', '이', '삼', '사', '오', '육', '칠', '팔', '구'];
const smallUnits = ['', '십', '백', '천'];
const bigUnits = ['', '만', '억', '조'];

/** How a whole number below 10^16 is said in Sino-Korean: 77300 → '칠만칠천삼백'. A leading 일 before 만 stays unsaid. */
export function spokenKorean(amount: number): string {
  if (amount === 0) return '영';
  if (amount < 0) return `마이너스 ${spokenKorean(-amount)}`;
  let rest = amount;
  let said = '';
  for (let group = 0; rest > 0; group += 1) {
    const four = rest % 10_000;
    if (four > 0) said = `${spokenGroup(four, group)}${bigUnits[group] ?? ''}${said}`;
    rest = Math.floor(rest / 10_000);
  }
  return said;
}

function spokenGroup(four: number, group: number): string {
  if (four === 1 && group === 1) return '';
  let said = '';
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(four / 10 ** place) % 10;
    if (digit === 0) continue;
    // 'one hundred' is 백, not 일백; only the last place says 일.
    said += digit === 1 && place > 0 ? (smallUnits[place] ?? '') : `${digits[digit]}${smallUnits[place]}`;
  }
  return said;
}
