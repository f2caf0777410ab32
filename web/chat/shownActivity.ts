/**
 * An activity as it is shown: what a customer wrote is plain text, whatever it looks like. Web Chat takes a message
 * without a `textFormat` for Markdown, and the server's copy of the customer's own message has none.
 */
export function shownActivity(activity: unknown): unknown {
  if (typeof activity !== 'object' || activity === null || !isFromCustomer(activity)) return activity;
  return { ...activity, textFormat: 'plain' };
}

/** The language that an activity is written in, for `lang`; undefined when it is that of the page. */
export function languageOf(activity: unknown): string | undefined {
  if (typeof activity !== 'object' || activity === null) return undefined;
  if (isFromCustomer(activity)) {
    const text: unknown = Reflect.get(activity, 'text');
    return typeof text === 'string' && /\p{Script=Hangul}/u.test(text) ? 'ko' : undefined;
  }
  const locale: unknown = Reflect.get(activity, 'locale');
  return typeof locale === 'string' ? locale : undefined;
}

function isFromCustomer(activity: object): boolean {
  return Reflect.get(Object(Reflect.get(activity, 'from')), 'role') === 'user';
}
