/**
 * An activity as it is shown: what a customer wrote is plain text, whatever it looks like. Web Chat takes a message
 * without a `textFormat` for Markdown, and the server's copy of the customer's own message has none. What an agent
 * wrote is read out with the agent's name.
 * @param named an agent's name as customers read it
 */
export function shownActivity(activity: unknown, named: (agent: string) => string): unknown {
  if (typeof activity !== 'object' || activity === null) return activity;
  if (isFromCustomer(activity)) return { ...activity, textFormat: 'plain' };
  const agent = agentOf(activity);
  if (agent === undefined) return activity;
  const spoken = `${named(agent)}: ${Reflect.get(activity, 'text')}`;
  const channelData = { ...Reflect.get(activity, 'channelData'), 'webchat:fallback-text': spoken };
  return { ...activity, channelData };
}

/** Who wrote a message at the desk; undefined when nobody there did, whatever a customer's message claims. */
export function agentOf(activity: unknown): string | undefined {
  if (typeof activity !== 'object' || activity === null || isFromCustomer(activity)) return undefined;
  const { type, channelData } = Object(activity);
  const agent: unknown = channelData?.handoff?.agent;
  return type === 'message' && typeof agent === 'string' ? agent : undefined;
}

/** Whether what the customer writes after this message is for a person to answer. */
export function leavesToPerson(activity: unknown): boolean {
  if (agentOf(activity) !== undefined) return true;
  const state: unknown = Object(activity).channelData?.handoff?.state;
  return state === 'requested' || state === 'accepted';
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
