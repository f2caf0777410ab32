import type { TextSpan } from './textSpan';

/** What is left of one in every store, log and message. */
export const erasedResidentNumber = '[주민번호 삭제됨]';

interface Group {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
  /** What stands between this group and the one before. */
  readonly gapBefore: string;
}

/** Signs and spaces, also an arrow or a face. A star is a mask's, but for one alone; a currency's makes an amount. */
const looseGap = /^(?:[^\p{L}\p{N}\p{Sc}*]{1,6}|\s?\*\s?)$/u;
const spokenGap =
  /^(?:이고|이랑|하고|그리고|에|,)? ?(?:다시|대시|하이픈|빼기|그리고|(?:뒷 ?(?:자리|번호|부분)|뒤)(?:는|가|은|이|에)?)?[:,-]?$/;
/** No gap is longer; most that stands between numbers need not be looked at. */
const longestGap = 32;
const won = /^\s?(?:원|won\b|krw\b)/i;
/** Group lengths of phone numbers as people write them. */
const phoneShapes = new Set([
  '11',
  '10',
  '9',
  '3-8',
  '3-7',
  '7-4',
  '6-4',
  '2-3-4',
  '2-4-4',
  '3-3-4',
  '3-4-4',
]);

/**
 * Where resident registration numbers and foreigners' numbers stand: six digits, then one from 1 to 8 and
 * six more (identity notes, PIPA art. 24-2). Takes them with any separator in the middle, with spaces
 * anywhere, and with the century in front. An unusual grouping counts only when it starts with a date.
 * @param text folded by `digitText`; linear time
 */
export function residentNumberSpans(text: string): TextSpan[] {
  return chainsOf(text).flatMap((chain) => spansOf(text, chain));
}

/** Runs of digits that could be one number: close together, with only separators between them. */
function chainsOf(text: string): Group[][] {
  let chain: Group[] = [];
  const chains = [chain];
  let lastEnd = 0;
  for (const { 0: digits, index: start } of text.matchAll(/\d+/g)) {
    const gapBefore = text.slice(lastEnd, start);
    if (!isGap(gapBefore)) {
      chain = [];
      chains.push(chain);
    }
    lastEnd = start + digits.length;
    chain.push({ digits, start, end: lastEnd, gapBefore });
  }
  return chains;
}

function isGap(text: string): boolean {
  if (text.length > longestGap) return false;
  return looseGap.test(text) || spokenGap.test(text.trim().replace(/\s+/g, ' '));
}

function spansOf(text: string, chain: readonly Group[]): TextSpan[] {
  const spans: TextSpan[] = [];
  let takenTo = 0;
  for (const [first, head] of chain.entries()) {
    if (head.start < takenTo) continue;
    const window = windowOf(head, chain.slice(first + 1, first + 15));
    if (!isResidentNumber(text, window)) continue;
    takenTo = window.tail.end;
    spans.push({ start: head.start, end: takenTo });
  }
  return spans;
}

interface Window {
  readonly head: Group;
  readonly tail: Group;
  readonly groups: readonly Group[];
}

/** The first groups that make at least 13 digits, or all when there are fewer. */
function windowOf(head: Group, others: readonly Group[]): Window {
  const groups = [head];
  let tail = head;
  let count = head.digits.length;
  for (const group of others) {
    if (count >= 13) break;
    groups.push(group);
    tail = group;
    count += group.digits.length;
  }
  return { head, tail, groups };
}

function isResidentNumber(text: string, { head, tail, groups }: Window): boolean {
  const all = groups.map(({ digits }) => digits).join('');
  const sizes = groups.map(({ digits }) => digits.length);
  if (all.length === 15) return /^(?:19|20)/.test(all) && looksBorn(all.slice(2)) && sizes.length <= 2;
  if (!/^\d{6}[1-8]\d{6}$/.test(all)) return false;

  if (text.charAt(head.start - 1) === '+') return false;
  const amount = won.test(text.slice(tail.end, tail.end + 5));
  if (sizes.length === 1) {
    const partOfName = /[A-Za-z_]/.test(text.charAt(head.start - 1) + text.charAt(tail.end));
    // Milliseconds since 1970 have 13 digits too (2017 to 2033), and ids are full of digits.
    return partOfName || /^1[5-9]/.test(all) ? looksBorn(all) : true;
  }
  const gaps = groups.slice(1).map(({ gapBefore }) => gapBefore);
  if (sizes.join('-') === '6-7') {
    const gap = gaps.join('');
    // Words between two numbers make one of them only where it can be one.
    return /\p{L}/u.test(gap) ? looksBorn(all) && !amount : !(amount && /^\s+$/.test(gap));
  }

  if (!looksBorn(all) || amount || startsLikePhone(all, sizes)) return false;
  const splitAfterBirth = startsOf(sizes).includes(6) && !gaps.join('').includes(',');
  const oneByOne = sizes.every((size) => size === 1);
  return splitAfterBirth || oneByOne || gaps.every((gap) => /^\s+$/.test(gap));
}

/** A possible birth date, and a digit for century and sex. */
function looksBorn(digits: string): boolean {
  return /^\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[1-8]/.test(digits);
}

function startsLikePhone(digits: string, sizes: readonly number[]): boolean {
  const national = digits.startsWith('820') && sizes[0] === 2 ? sizes.slice(1) : sizes;
  if (national === sizes && !digits.startsWith('0')) return false;
  return [1, 2, 3].some((count) => phoneShapes.has(national.slice(0, count).join('-')));
}

/** How many digits stand before each group. */
function startsOf(sizes: readonly number[]): number[] {
  let sum = 0;
  return sizes.map((size) => {
    sum += size;
    return sum - size;
  });
}
