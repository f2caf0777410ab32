import type { FaqTopic, Language, Topic } from '../intent/intent';

/** A claim of the source text, S1…S50 (`data/claims.json` holds their wording). */
export type ClaimId = `S${number}`;

export const claimTopics = [
  'INTRO',
  'APP',
  'WEB',
  'CALL',
  'SHOP',
  'AUTH',
  'LAG',
  'LATE',
  'SUSP',
  'FAQ',
] as const;

/** What the source text says, condensed; the only thing the bot may state as fact about the carrier. */
export interface Claim {
  readonly id: ClaimId;
  readonly topics: readonly (typeof claimTopics)[number][];
  /** F fact, A advantage, D drawback, R recommendation. */
  readonly type: 'F' | 'A' | 'D' | 'R';
  readonly text: Readonly<Record<Language, string>>;
}

/**
 * One sentence the bot may say.
 * - 'fact' (also when absent): about the carrier, resting on at least one claim.
 * - 'limit': only what is not known here and where to ask; no claim, no digit.
 * - 'self': about this chat, such as what it never asks for; no claim, no digit.
 */
export interface SourcedSentence {
  readonly text: string;
  readonly kind?: 'fact' | 'limit' | 'self';
  readonly claims: readonly ClaimId[];
}

export interface FaqAnswer {
  readonly title: string;
  readonly sentences: readonly SourcedSentence[];
}

export interface FaqArticle {
  readonly topic: FaqTopic;
  /** How customers ask for it, best first: the widget offers them while somebody types. */
  readonly questions: Readonly<Record<Language, readonly string[]>>;
  readonly answers: Readonly<Record<Language, FaqAnswer>>;
  /** Channels whose rows stand below the answer, by id of `data/channels.json`. */
  readonly channels: readonly ChannelId[];
  /** Rather a person's work: after the answer, an agent is offered first. */
  readonly handoff?: boolean | undefined;
  /** Natural next questions, offered as buttons. */
  readonly next: readonly Topic[];
}

export type ChannelId = 'app' | 'web' | 'phone' | 'store';

/** Opening hours of the week, Asia/Seoul; undefined = around the clock. Minutes since midnight. */
export interface WeeklyHours {
  /** 0 = Sunday … 6 = Saturday. */
  readonly days: readonly number[];
  readonly openMinute: number;
  readonly closeMinute: number;
  readonly closedOnPublicHolidays: boolean;
}

export interface ServiceChannelText {
  readonly name: string;
  readonly summary: SourcedSentence;
  readonly pros: readonly SourcedSentence[];
  readonly cons: readonly SourcedSentence[];
  /** What to have at hand; absent when nothing. */
  readonly bring?: SourcedSentence;
  readonly cost?: SourcedSentence;
  /** Absent when no claim speaks of hours: then promise none, even for a channel that never closes. */
  readonly hours?: SourcedSentence;
  /** What customers will ask that is not known here, such as hours on a holiday. All of kind 'limit'. */
  readonly limits?: readonly SourcedSentence[];
}

export interface ServiceChannel {
  readonly id: ChannelId;
  readonly canCheck: boolean;
  /** True where a claim says that one can pay; false says only that no claim does. */
  readonly canPay: boolean;
  readonly hours?: WeeklyHours;
  /** True when the hours vary by place and are not known here: then `hours` is absent and says nothing. */
  readonly hoursVary: boolean;
  readonly actions: readonly ServiceChannelAction[];
  readonly texts: Readonly<Record<Language, ServiceChannelText>>;
}

export type ServiceChannelAction =
  | { readonly kind: 'open'; readonly url: string; readonly label: Readonly<Record<Language, string>> }
  | {
      readonly kind: 'call';
      readonly phoneNumber: string;
      readonly label: Readonly<Record<Language, string>>;
    };

export interface FaqStore {
  article(topic: FaqTopic): FaqArticle;
  channel(id: ChannelId): ServiceChannel;
  channels(): readonly ServiceChannel[];
}
