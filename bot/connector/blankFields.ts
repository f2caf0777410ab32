import type { TurnContext } from 'botbuilder';

/**
 * Leaves names that nobody knows out of everything this turn sends. The SDK writes them as empty texts, and clients of
 * the Agents SDK, Microsoft's own playground among them, refuse an activity with an empty name whole.
 */
export function withoutBlankFields(context: TurnContext): void {
  context.onSendActivities((_context, activities, next) => {
    for (const { conversation, from, recipient } of activities)
      for (const party of [conversation, from, recipient]) if (party !== undefined) dropBlank(party);
    return next();
  });
}

/** A party may be shared with the turn's own reference: what is dropped there is as empty. */
function dropBlank(party: object): void {
  for (const [name, value] of Object.entries(party)) if (value === '') Reflect.deleteProperty(party, name);
}
