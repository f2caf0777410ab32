/** A piece of a text, in UTF-16 units: `start` included, `end` not. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** Nothing personal is shorter, "a@b.kr" and six digits. Skipping crumbs early halves the time of a long list. */
export const shortest = 6;

/** Where a global pattern matches. */
export function matches(text: string, pattern: RegExp): TextSpan[] {
  const spans: TextSpan[] = [];
  for (const { 0: match, index } of text.matchAll(pattern))
    spans.push({ start: index, end: index + match.length });
  return spans;
}

/** Looks only at what lies between the parts that are left alone. */
export function besides(text: string, left: RegExp, find: (part: string) => Iterable<TextSpan>): TextSpan[] {
  const found: TextSpan[] = [];
  for (const { start, end } of between({ start: 0, end: text.length }, matches(text, left))) {
    // Stryker disable next-line ConditionalExpression,ArithmeticOperator: it only saves time
    if (end - start < shortest) continue;
    for (const span of find(text.slice(start, end))) {
      found.push(moved(span, start));
    }
  }
  return found;
}

/** What is left besides `taken`; parts may be empty. */
export function between(whole: TextSpan, taken: readonly TextSpan[]): TextSpan[] {
  const rest: TextSpan[] = [];
  let start = whole.start;
  for (const span of taken) {
    rest.push({ start, end: span.start });
    start = span.end;
  }
  rest.push({ start, end: whole.end });
  return rest;
}

export function moved({ start, end }: TextSpan, by: number): TextSpan {
  return { start: start + by, end: end + by };
}
