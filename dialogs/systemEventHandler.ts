import type { TurnContext } from 'botbuilder';
import type { JsonValue } from '../services/turn/turnStore';

/**
 * What a feature does when something happens to a conversation from our own side. It runs in a turn of that
 * conversation (`turnOf(context)`), and what it says goes to the customer.
 */
export interface SystemEventHandler {
  /** `feature.verb` of the events it takes. */
  readonly names: readonly string[];
  take(context: TurnContext, event: { readonly name: string; readonly value: JsonValue }): Promise<void>;
}
