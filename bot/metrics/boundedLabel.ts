/** What a label says of values that it does not know. */
export const otherValue = 'other';

/** A label with these values and no other, whatever it is given: a metric grows no series by what people send. */
export function labelOf(values: readonly string[]): (value: string) => string {
  const known = new Set(values);
  return (value) => (known.has(value) ? value : otherValue);
}

/**
 * A label whose values the code names in many places (kinds of effects, parts of a back end): the first few that look
 * like such a name, and no more.
 */
export function labelOfNames(limit = 30): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= limit || !/^[A-Za-z][A-Za-z.]{0,39}$/.test(value)) return otherValue;
    known.add(value);
    return value;
  };
}
