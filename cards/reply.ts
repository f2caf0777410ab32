/**
 * What the bot says, before any channel decided how it looks. Dialogs emit replies; `cards/render/` turns
 * them into Adaptive Cards or plain text. Every part has words: a reply read aloud loses no fact.
 */
export interface Reply {
  readonly locale: 'ko' | 'en';
  /** First line; the heading when it is drawn as a card. */
  readonly title?: string;
  /** The one figure the customer came for, drawn large: 'label' small above 'value'. */
  readonly headline?: { readonly label: string; readonly value: string };
  /** Paragraphs under the title. */
  readonly body?: readonly string[];
  /** Label and value rows, such as a bill and its amount. */
  readonly facts?: readonly Fact[];
  /** Small print under the facts, such as the as-of time. */
  readonly note?: string;
  readonly sections?: readonly Section[];
  /** Buttons of the reply itself. */
  readonly actions?: readonly ReplyAction[];
  /** A person to talk to, where the channel itself can hand over: a button there, and no line `otherwise`. */
  readonly person?: { readonly label: string; readonly otherwise: string };
  /** Quick replies: natural next things to say. They vanish after the next message. */
  readonly suggestions?: readonly Suggestion[];
  /** One text field to fill in, such as the one-time code. */
  readonly input?: ReplyInput;
  /** Spoken form of the whole, where the written one reads badly aloud (amounts). */
  readonly speak?: string;
  /** Claim ids (S1…S50) behind what is said about the carrier. */
  readonly claims?: readonly string[];
  /** 'card' draws a frame where the channel has one; 'text' is a plain bubble. */
  readonly layout: 'text' | 'card';
}

export interface Fact {
  readonly label: string;
  readonly value: string;
  /** Second line under the label. */
  readonly detail?: string;
  /** Shown as icon, word and colour together: never colour alone. */
  readonly mark?: {
    readonly icon: IconName;
    readonly word: string;
    readonly tone: 'attention' | 'good' | 'plain';
  };
}

/** Drawn by the renderer; decorative, because a word always stands beside it. */
export type IconName = 'overdue' | 'upcoming' | 'pending' | 'app' | 'web' | 'phone' | 'store';

export interface Section {
  readonly heading: string;
  readonly rows: readonly SectionRow[];
}

export interface SectionRow {
  readonly icon: IconName;
  readonly name: string;
  readonly detail: string;
  readonly action?: ReplyAction;
}

export type ReplyAction =
  /** Sends `text` as if the customer had typed it. */
  | { readonly kind: 'say'; readonly label: string; readonly text: string }
  /**
   * Sends `value` to a dialog; `value.action` reads `feature.verb`. The label typed does the same, unless `pressOnly`:
   * then the value says more than the label, and channels without buttons do not offer it.
   */
  | {
      readonly kind: 'do';
      readonly label: string;
      readonly value: ActionValue;
      readonly pressOnly?: boolean;
    }
  | { readonly kind: 'open'; readonly label: string; readonly url: string }
  /** `phoneNumber` digits only, as dialled: '114', '15880010'. */
  | { readonly kind: 'call'; readonly label: string; readonly phoneNumber: string };

export interface ActionValue {
  readonly action: string;
  readonly [key: string]: string | number;
}

export interface Suggestion {
  readonly label: string;
  /** What is sent in the customer's name. */
  readonly text: string;
}

export interface ReplyInput {
  readonly id: string;
  readonly kind: 'oneTimeCode' | 'phoneNumber';
  readonly label: string;
  readonly placeholder: string;
  readonly errorMessage: string;
  readonly maxLength: number;
  readonly submit: { readonly label: string; readonly value: ActionValue };
  /** What is typed counts only until then; told to screen readers where the channel can (WCAG 2.2 SC 2.2.1). */
  readonly timeLimit?: TimeLimit;
}

export interface TimeLimit {
  /** Epoch ms. */
  readonly expiresAtMs: number;
  /** Sentences to be read out so long before the end, longest first; 0 = at the end. */
  readonly announcements: readonly { readonly leftMs: number; readonly text: string }[];
}
