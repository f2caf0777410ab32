import type { Entity } from '../intent';
import { findNumbers } from './amount';

const counter =
  /^\s?(?:건|개월|개|번(?!호|째|지|\s?째)|명|회선|회(?!사|원|복|의)|대(?!리|신|출|한|금|기)|통(?!신|화|장|해)|가지|군데|카드)/;

/** What is counted in the first 200 characters, counter included: "두 건" 2, "3개월" 3. "한번" only means "just". */
export function findCounts(text: string): Entity[] {
  return findNumbers(text).flatMap(({ start, end: last, resolution }): Entity[] => {
    const value = Number(resolution.value);
    const after = counter.exec(text.slice(last + 1))?.[0];
    if (after === undefined || !Number.isSafeInteger(value) || value < 0) return [];
    const end = last + 1 + after.length;
    const said = text.slice(start, end);
    return said === '한번' ? [] : [{ type: 'count', text: said, start, end, value }];
  });
}
