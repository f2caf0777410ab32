/** What screen readers hear from Web Chat that we say in other words than it does. */
export interface SpokenWords {
  /** Before each message and each card of the assistant. */
  readonly botSaid: string;
  /** Above each message of a person at the desk, and before it when it is read out. */
  readonly agentNamed: (name: string) => string;
  /** After a message with quick replies; `$1` is the key that leads to them. */
  readonly repliesBelow: string;
  /** After a message with a card that can be filled in or pressed. */
  readonly cardAbove: string;
}

/** For Web Chat's `overrideLocalizedStrings`. */
export function spokenOverrides({ botSaid, repliesBelow, cardAbove }: SpokenWords): Record<string, string> {
  return {
    ACTIVITY_BOT_SAID_ALT: botSaid,
    ACTIVITY_BOT_ATTACHED_ALT: botSaid,
    TRANSCRIPT_LIVE_REGION_SUGGESTED_ACTIONS_WITH_ACCESS_KEY_LABEL_ALT: repliesBelow,
    TRANSCRIPT_LIVE_REGION_INTERACTIVE_LABEL_ALT: cardAbove,
    TRANSCRIPT_LIVE_REGION_INTERACTIVE_WITH_LINKS_LABEL_ALT: cardAbove,
  };
}
